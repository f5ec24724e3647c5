"""Proposed dates: in the rhythm, and never on a day on which nobody meets."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import WorkingCalendar
from workflows.planning.model import SchoolHoliday
from workflows.planning.series import (
    MOST,
    DaysOff,
    Series,
    first_day,
    propose,
    rhythm_of,
)

CLOSED = date(2026, 5, 15)


def a_holiday(name, starts_on, ends_on):
    return SchoolHoliday(
        id=UUID(int=1), name=name, starts_on=starts_on, ends_on=ends_on
    )


EASTER = a_holiday("paasvakantie", date(2026, 4, 6), date(2026, 4, 19))
SUMMER = a_holiday("zomervakantie", date(2026, 7, 1), date(2026, 8, 31))
DAYS_OFF = DaysOff(
    calendar=WorkingCalendar(closing_days=frozenset({CLOSED})),
    school_holidays=(EASTER, SUMMER),
)


def proposed(first, rhythm, **changes):
    asked = Series(first=first, last=date(2026, 12, 31), rhythm=rhythm, **changes)
    return propose(asked, DAYS_OFF)


def days(found):
    return [each.day for each in found]


def test_days_in_a_free_time_follow_the_rhythm():
    found = proposed(date(2026, 1, 13), "P1M")[:3]

    assert days(found) == [date(2026, 1, 13), date(2026, 2, 13), date(2026, 3, 13)]
    assert {each.moved for each in found} == {None}


def test_a_school_holiday_makes_way_for_the_same_weekday_after_it():
    (first, *_) = proposed(date(2026, 4, 7), "P4M")

    assert first.day == date(2026, 4, 21)
    assert first.moved == "dinsdag 7 april 2026: paasvakantie"


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (date(2026, 11, 11), "Wapenstilstand"),
        (date(2026, 1, 17), "weekend"),
        (CLOSED, "sluitingsdag van de stad"),
        (date(2026, 7, 14), "zomervakantie"),
    ],
)
def test_each_day_off_has_its_reason(wanted, reason):
    assert DAYS_OFF.reason(wanted) == reason


def test_summer_is_jumped_over_on_the_same_weekday():
    found = proposed(date(2026, 7, 14), "P1Y")

    assert days(found) == [date(2026, 9, 1)]


def test_a_meeting_that_was_moved_does_not_move_the_next():
    found = proposed(date(2026, 4, 7), "P1M")

    assert days(found)[:2] == [date(2026, 4, 21), date(2026, 5, 7)]


def test_a_chosen_weekday_is_kept():
    found = proposed(date(2026, 1, 13), "P1M", weekday=3)

    assert {each.day.weekday() for each in found} == {3}


def test_months_clamp():
    found = proposed(date(2026, 1, 30), "P1M")

    assert date(2026, 2, 27) not in days(found)
    assert date(2026, 3, 30) in days(found)


def test_a_city_that_is_closed_on_every_monday_meets_on_another_day():
    mondays = frozenset(date(2026, 1, 5) + timedelta(weeks=n) for n in range(60))
    off = DaysOff(calendar=WorkingCalendar(closing_days=mondays))
    asked = Series(
        first=date(2026, 1, 5), last=date(2026, 1, 31), rhythm="P1M", weekday=0
    )

    assert days(propose(asked, off)) == [date(2026, 1, 6)]


class TestFirstDay:
    def test_it_follows_the_last_meeting_into_the_year(self):
        last = date(2025, 11, 4)

        assert first_day("P4M", year=2026, last_met=last) == date(2026, 3, 4)

    @pytest.mark.parametrize("last", [None, date(2024, 1, 9)])
    def test_otherwise_it_lies_in_the_middle_of_the_first_period(self, last):
        assert first_day("P4M", year=2026, last_met=last) == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("rhythm", "wanted", "expected"),
    [("P3M", 7, "P3M"), (None, 3, "P4M"), (None, 12, "P1M"), (None, None, "P3M")],
)
def test_a_body_without_rhythm_gets_one_from_its_number(rhythm, wanted, expected):
    assert rhythm_of(rhythm, wanted) == expected


HOLIDAYS = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(0, 40)).map(
        lambda given: a_holiday(
            "vakantie", given[0], given[0] + timedelta(days=given[1])
        )
    ),
    max_size=5,
)
SERIES = st.builds(
    Series,
    first=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    last=st.just(date(2026, 12, 31)),
    rhythm=st.sampled_from(["P1W", "P2W", "P10D", "P1M", "P3M", "P4M", "P1Y"]),
    weekday=st.none() | st.integers(0, 4),
)


class TestAlways:
    @given(SERIES, HOLIDAYS)
    def test_nobody_is_asked_to_meet_on_a_day_off(self, series, holidays):
        off = DaysOff(calendar=WorkingCalendar(), school_holidays=holidays)

        assert all(off.is_free(day) for day in days(propose(series, off)))

    @given(SERIES, HOLIDAYS)
    def test_days_go_forward_and_stay_in_the_year(self, series, holidays):
        off = DaysOff(calendar=WorkingCalendar(), school_holidays=holidays)
        found = days(propose(series, off))

        assert all(one < other for one, other in pairwise(found))
        assert all(day <= series.last for day in found)
        assert len(found) <= MOST

    @given(SERIES)
    def test_a_moved_day_says_why_and_another_does_not(self, series):
        off = DaysOff(calendar=WorkingCalendar(), school_holidays=[EASTER, SUMMER])

        for each in propose(series, off):
            assert (each.moved is None) or ":" in each.moved
