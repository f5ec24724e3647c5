from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.calendar import WorkingCalendar
from workflows.calendar import ZONE, local_day
from workflows.deadlines.model import (
    STEP_NAMES,
    Deadline,
    DeadlineStatus,
    StepKind,
    add_period,
    plan,
)

LADDER = {StepKind.REMINDER: "P7D", StepKind.WARNING: "P10D", StepKind.AGENDA: "P12D"}


def guarantee(starts_on, *, steps=LADDER, closing_days=()):
    return plan(
        "report_guarantee",
        starts_on=starts_on,
        period="P14D",
        steps=steps,
        calendar=WorkingCalendar(closing_days=frozenset(closing_days)),
    )


def test_two_weeks_after_a_monday_end_on_the_monday_at_the_last_second():
    counted = guarantee(date(2026, 3, 2))

    assert counted.due_at.astimezone(ZONE) == datetime(
        2026, 3, 16, 23, 59, 59, tzinfo=ZONE
    )


def test_a_term_over_the_change_to_summer_time_still_ends_at_the_last_second():
    counted = guarantee(date(2026, 3, 20))

    assert counted.due_at == datetime(2026, 4, 3, 21, 59, 59, tzinfo=UTC)


def test_the_guarantee_does_not_move_off_a_holiday():
    easter_monday = date(2026, 4, 6)
    counted = guarantee(easter_monday - timedelta(days=14))

    assert local_day(counted.due_at) == easter_monday


def test_a_reminder_on_a_weekend_moves_to_the_working_day_before():
    counted = guarantee(date(2026, 3, 5))
    warning = counted.step_at(StepKind.WARNING)

    assert local_day(warning) == date(2026, 3, 13)
    assert warning.astimezone(ZONE).hour == 8


def test_a_reminder_on_a_closing_day_of_the_city_moves_too():
    counted = guarantee(date(2026, 3, 2), closing_days=[date(2026, 3, 9)])

    assert local_day(counted.step_at(StepKind.REMINDER)) == date(2026, 3, 6)


def test_a_term_without_ladder_has_no_steps():
    assert guarantee(date(2026, 3, 2), steps={}).step_at(StepKind.REMINDER) is None


@settings(deadline=None)  # the holidays of a year are counted on first use
@given(st.dates(date(2021, 1, 1), date(2060, 12, 31)))
def test_no_step_falls_on_a_day_off_or_after_its_day(start):
    counted = guarantee(start)
    calendar = WorkingCalendar()

    for step in counted.steps:
        assert calendar.is_working_day(local_day(step.at))
        assert local_day(step.at) <= step.counted_on
        assert step.at < counted.due_at


def test_the_derivation_tells_how_it_was_counted():
    assert guarantee(date(2026, 3, 5)).derivation == (
        "Verslaggarantie: 14 dagen vanaf het plaatsbezoek op donderdag 5 maart 2026;"
        " loopt tot en met donderdag 19 maart 2026."
        " Herinnering na 7 dagen: donderdag 12 maart 2026."
        " Waarschuwing na 10 dagen: vrijdag 13 maart 2026"
        " (de werkdag voor zondag 15 maart 2026)."
        " Op de agenda van het woonkwaliteitsoverleg na 12 dagen: dinsdag 17 maart 2026."
    )


@pytest.mark.parametrize(
    ("start", "period", "end"),
    [
        (date(2026, 1, 31), "P1M", date(2026, 2, 28)),
        (date(2028, 1, 31), "P1M", date(2028, 2, 29)),
        (date(2026, 1, 1), "P60D", date(2026, 3, 2)),
        (date(2026, 3, 28), "P1D", date(2026, 3, 29)),
        (date(2026, 10, 25), "P2W", date(2026, 11, 8)),
    ],
)
def test_periods_are_counted_on_the_calendar(start, period, end):
    assert add_period(start, period) == end


def deadline(**changes):
    facts = {
        "id": UUID(int=1),
        "case_number": "2026-0001",
        "kind": "report_guarantee",
        "starts_on": date(2026, 3, 2),
        "period": "P14D",
        "due_at": datetime(2026, 3, 16, 22, 59, 59, tzinfo=UTC),
        "reminder_at": None,
        "warning_at": None,
        "agenda_at": None,
        "derivation": "",
        "status": DeadlineStatus.RUNNING,
        "started_at": datetime(2026, 3, 2, tzinfo=UTC),
        "met_at": None,
        "breached_at": None,
        "breach_reason": None,
    }
    return Deadline(**facts | changes)


def test_a_deadline_is_open_until_it_is_met():
    assert deadline().is_open
    assert not deadline(met_at=datetime(2026, 3, 10, tzinfo=UTC)).is_open


def test_kinds_and_steps_have_dutch_names():
    assert deadline().name == "Verslaggarantie"
    assert deadline(kind="x").name == "x"
    assert set(STEP_NAMES) == set(StepKind)
