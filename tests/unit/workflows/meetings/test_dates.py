"""The terms of a meeting."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendar import WorkingCalendar
from workflows.bodies.model import PROCESSES, BodyKind
from workflows.calendar import ZONE, local_day, local_moment
from workflows.city.catalogue import SETTINGS
from workflows.meetings.dates import NAMES, as_variable, comments_end, terms_of

DEFAULTS = {name: each.default for name, each in SETTINGS.items()}
OPEN = WorkingCalendar()
# A Thursday, at two in the afternoon in Mechelen.
THURSDAY = datetime(2026, 6, 11, 12, tzinfo=UTC)

days_to_meet = st.dates(min_value=date(2024, 2, 1), max_value=date(2040, 1, 1))
hours = st.times(min_value=time(7), max_value=time(22))
moments = st.builds(local_moment, days_to_meet, hours)
closed = st.frozensets(
    st.dates(min_value=date(2024, 1, 1), max_value=date(2040, 2, 1)), max_size=20
)


def counted(kind, at=THURSDAY, *, calendar=OPEN, **changes):
    found = terms_of(kind, at, settings=DEFAULTS | changes, calendar=calendar)
    return {term.name: term for term in found}


def days(terms):
    return {name: local_day(term.at) for name, term in terms.items()}


def test_a_core_group_has_the_terms_of_the_agreement():
    found = days(counted(BodyKind.CORE_GROUP))

    assert found == {
        "agenda_opens_at": date(2026, 5, 13),  # 14 May is Ascension Day
        "call_at": date(2026, 5, 21),
        "items_until": date(2026, 5, 28),
        "approve_until": date(2026, 6, 1),
        "invite_at": date(2026, 6, 4),
        "meeting_at": date(2026, 6, 11),
        "minutes_until": date(2026, 6, 25),
        "note_until": date(2026, 7, 11),
    }


def test_a_periodic_consultation_is_called_two_weeks_before():
    found = days(counted(BodyKind.PERIODIC))

    assert found["call_at"] == found["agenda_opens_at"] == date(2026, 5, 28)
    assert found["items_until"] == date(2026, 6, 1)
    assert found["approve_until"] == date(2026, 6, 3)
    assert found["invite_at"] == date(2026, 6, 4)
    assert found["minutes_until"] == date(2026, 6, 21)
    assert "note_until" not in found


def test_the_weekly_list_is_made_on_the_working_day_before():
    monday = datetime(2026, 6, 15, 8, tzinfo=UTC)
    found = days(counted(BodyKind.WEEKLY, monday))

    assert found["list_at"] == date(2026, 6, 12)
    assert found["close_until"] == date(2026, 6, 17)


def test_what_ends_a_term_runs_to_the_end_of_the_day_and_the_rest_starts_at_eight():
    found = counted(BodyKind.CORE_GROUP)
    hours = {
        name: f"{term.at.astimezone(ZONE):%H:%M:%S}" for name, term in found.items()
    }

    assert hours["call_at"] == hours["invite_at"] == "08:00:00"
    assert hours["items_until"] == hours["minutes_until"] == "23:59:59"


def test_a_term_tells_how_it_was_counted_and_why_it_moved():
    found = counted(BodyKind.CORE_GROUP)

    assert found["call_at"].derivation == "21 dagen voor de vergadering."
    assert found["agenda_opens_at"].derivation == (
        "28 dagen voor de vergadering; dat is donderdag 14 mei 2026, geen werkdag,"
        " dus de werkdag ervoor."
    )
    assert found["note_until"].derivation == (
        "30 dagen na de vergadering, tot het einde van de dag."
    )


def test_a_setting_of_the_city_counts():
    found = days(counted(BodyKind.CORE_GROUP, meeting_invite="P3D"))

    assert found["invite_at"] == date(2026, 6, 8)


def test_members_comment_for_ten_days_after_the_draft_left():
    until, told = comments_end(THURSDAY, settings=DEFAULTS)

    assert until.astimezone(ZONE) == datetime(2026, 6, 21, 23, 59, 59, tzinfo=ZONE)
    assert told.startswith("10 dagen na donderdag 11 juni 2026")


@pytest.mark.parametrize("kind", PROCESSES)
def test_the_variable_names_every_term_and_the_missing_ones_are_null(kind):
    terms = terms_of(kind, THURSDAY, settings=DEFAULTS, calendar=OPEN)
    variable = as_variable(terms)

    assert tuple(variable) == NAMES
    assert {name for name, at in variable.items() if at} == {t.name for t in terms}


@given(at=moments, closing_days=closed, kind=st.sampled_from(sorted(PROCESSES)))
def test_what_goes_before_a_meeting_falls_on_a_working_day_and_never_gives_less_time(
    at, closing_days, kind
):
    calendar = WorkingCalendar(closing_days=closing_days)
    found = counted(kind, at, calendar=calendar)
    before = [term for term in found.values() if term.name != "meeting_at"]

    for term in before:
        day = local_day(term.at)
        if day < local_day(at):
            assert calendar.is_working_day(day)
    if "invite_at" in found:
        assert local_day(at) - local_day(found["invite_at"].at) >= timedelta(days=7)


@given(at=moments, closing_days=closed, kind=st.sampled_from(sorted(PROCESSES)))
def test_the_days_of_the_terms_come_in_the_order_of_the_process(at, closing_days, kind):
    found = days(counted(kind, at, calendar=WorkingCalendar(closing_days=closing_days)))
    in_order = [found[name] for name in NAMES if name in found]

    assert in_order == sorted(in_order)


def test_a_holiday_before_the_meeting_leaves_a_working_day_to_choose_the_cases():
    after_whit_monday = datetime(2030, 6, 17, 5, tzinfo=UTC)
    found = days(counted(BodyKind.PARTNERSHIP, after_whit_monday))

    assert found["invite_at"] == date(2030, 6, 7)
    assert found["approve_until"] == date(2030, 6, 6)
    assert found["items_until"] == date(2030, 6, 5)
