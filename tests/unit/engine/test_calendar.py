from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import (
    MOST_WORKING_DAYS,
    WorkingCalendar,
    end_of_day,
    holiday_name,
)
from engine.feel.compile import compile_expression
from engine.feel.functions.table import STANDARD_FUNCTIONS
from engine.working_days import working_days

BELGIUM = WorkingCalendar()
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 21),
        date(2025, 8, 15),
        date(2027, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    ],
)
def test_the_ten_belgian_holidays_are_no_working_days(day):
    assert day.weekday() < 5
    assert not BELGIUM.is_working_day(day)


def test_a_holiday_has_its_dutch_name():
    assert holiday_name(date(2026, 7, 21)) == "Nationale feestdag"
    assert holiday_name(date(2026, 7, 22)) is None


def test_a_weekend_has_no_working_days():
    assert not BELGIUM.is_working_day(date(2026, 11, 28))
    assert not BELGIUM.is_working_day(date(2026, 11, 29))


def test_a_closing_day_of_the_city_is_no_working_day():
    city = WorkingCalendar(closing_days=frozenset({date(2026, 11, 2)}))

    assert not city.is_working_day(date(2026, 11, 2))
    assert BELGIUM.is_working_day(date(2026, 11, 2))


def test_a_working_day_after_a_weekend_start_is_monday():
    for start in (date(2026, 11, 27), date(2026, 11, 28), date(2026, 11, 29)):
        assert BELGIUM.add_working_days(start, 1) == date(2026, 11, 30)


def test_holidays_between_are_stepped_over():
    assert BELGIUM.add_working_days(date(2026, 12, 24), 1) == date(2026, 12, 28)
    assert BELGIUM.add_working_days(date(2027, 1, 4), -1) == date(2026, 12, 31)


def test_a_reminder_moves_to_the_working_day_before():
    assert BELGIUM.on_or_before(date(2026, 12, 26)) == date(2026, 12, 24)
    assert BELGIUM.on_or_before(date(2026, 12, 24)) == date(2026, 12, 24)
    assert BELGIUM.on_or_after(date(2026, 12, 25)) == date(2026, 12, 28)


def test_a_sum_of_absurd_length_is_refused():
    with pytest.raises(ValueError, match="te veel"):
        BELGIUM.add_working_days(date(2026, 1, 1), MOST_WORKING_DAYS + 1)


def test_a_term_ends_with_the_last_second_of_its_day():
    assert end_of_day(date(2027, 7, 1), "Europe/Brussels") == datetime(
        2027, 7, 1, 21, 59, 59, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('is working day(date("2026-12-25"))', False),
        ('is working day(date("2026-11-02"))', False),
        ('next working day(date("2026-11-27"))', date(2026, 11, 30)),
        ('previous working day(date("2026-11-30"))', date(2026, 11, 27)),
        ('add working days(date("2026-11-27"), 1)', date(2026, 11, 30)),
        ('add working days(date("2026-11-30"), -1)', date(2026, 11, 27)),
        ('add working days(date("2026-11-27"), 1.5)', None),
        ('add working days(date("2026-11-27"), 1000000)', None),
        ('add working days("gisteren", 1)', None),
    ],
)
def test_feel_reaches_the_calendar_of_the_city(text, expected):
    city = WorkingCalendar(closing_days=frozenset({date(2026, 11, 2)}))
    table = STANDARD_FUNCTIONS.extended(working_days(city, "Europe/Brussels"))

    assert compile_expression(text, functions=table).evaluate({}) == expected


def test_feel_knows_the_end_of_a_day():
    table = STANDARD_FUNCTIONS.extended(working_days(BELGIUM, "Europe/Brussels"))
    expression = compile_expression('end of day(date("2027-07-01"))', functions=table)

    assert expression.evaluate({}) == datetime(2027, 7, 1, 21, 59, 59, tzinfo=UTC)


@given(days, st.integers(-200, 200))
def test_adding_working_days_and_counting_them_agree(start, count):
    end = BELGIUM.add_working_days(start, count)

    assert BELGIUM.working_days_between(start, end) == count


@given(days, st.integers(0, 60), st.integers(0, 60))
def test_working_days_add_up(start, first, second):
    at_once = BELGIUM.add_working_days(start, first + second)
    in_two = BELGIUM.add_working_days(BELGIUM.add_working_days(start, first), second)

    assert at_once == in_two


@given(days)
def test_the_neighbouring_working_days_enclose_no_other(day):
    before, after = BELGIUM.previous_working_day(day), BELGIUM.next_working_day(day)

    assert before < day < after
    between = [before + timedelta(days=n) for n in range(1, (after - before).days)]
    assert [d for d in between if BELGIUM.is_working_day(d)] in ([], [day])
