"""The year of the consultation bodies and what they owe in it."""

from datetime import UTC, datetime

import pytest

from engine.recurrence import Kind, due, following
from engine.step import Start
from engine.timers import _as_iso

ZONE = "Europe/Brussels"
DECEMBER = datetime(2026, 12, 1, 7, tzinfo=UTC)


@pytest.fixture
def opened(case):
    case.now = DECEMBER
    case.do(Start(process_id="consultation_year", start_event="december"))
    return case


def at(case, *day):
    case.advance(datetime(*day, tzinfo=UTC) - case.now)


def start_rule(case, now):
    (event,) = [e for e in case.bundle.start_events if e.element_id == "december"]
    return _as_iso(event.name, now, ZONE)


@pytest.mark.parametrize(
    ("deployed", "first"),
    [
        (datetime(2026, 11, 25, 9, tzinfo=UTC), datetime(2026, 12, 1, 7, tzinfo=UTC)),
        (datetime(2026, 12, 1, 6, tzinfo=UTC), datetime(2026, 12, 1, 7, tzinfo=UTC)),
        (datetime(2026, 12, 1, 8, tzinfo=UTC), datetime(2027, 12, 1, 7, tzinfo=UTC)),
        (datetime(2027, 1, 4, 9, tzinfo=UTC), datetime(2027, 12, 1, 7, tzinfo=UTC)),
    ],
)
def test_the_next_first_of_december_at_eight_opens_a_year(case, deployed, first):
    rule = start_rule(case, deployed)

    assert due(rule, kind=Kind.CYCLE, anchor=deployed, zone=ZONE) == first


def test_and_so_each_year(case):
    rule = start_rule(case, DECEMBER.replace(day=2))
    first = datetime(2027, 12, 1, 7, tzinfo=UTC)
    second = following(rule, anchor=DECEMBER, zone=ZONE, iteration=1, now=first)

    assert second.due_at == datetime(2028, 12, 1, 7, tzinfo=UTC)


def test_december_opens_the_year_that_follows(opened, city):
    assert city.asked("year.open") == [{"year": 2027}]
    assert opened.open == ["plan_year"]


def test_by_hand_any_year_can_be_opened(case, city):
    case.start("consultation_year", year=2026)

    assert city.asked("year.open") == [{"year": 2026}]
    assert case.variables["year"] == 2026


def test_a_planned_year_runs_until_its_end(opened, case, city):
    case.complete("plan_year")

    assert case.open == []

    at(case, 2027, 12, 31, 23)

    assert case.outcome == "year_closed"
    assert city.kinds[-1] == "year.close"


def test_a_refused_plan_goes_no_further(opened, case, city):
    city.refusals["year.check_plan"] = ValueError("Plan minstens 2 vergaderingen.")
    case.complete("plan_year")

    assert case.incidents[0].element_id == "check_plan"


def test_the_sounding_board_is_looked_after_in_october(opened, case, city):
    case.complete("plan_year")
    at(case, 2027, 9, 30, 23)

    assert "check_sounding_board" not in case.trace

    at(case, 2027, 10, 1, 7)

    assert "check_sounding_board" in case.trace


def test_the_duties_are_checked_each_week_at_eight(opened, case, city):
    case.advance(days=6.9)

    assert city.asked("year.check_duties") == []

    case.advance(days=0.1)

    assert city.asked("year.check_duties") == [{"year": 2027}]

    case.advance(days=70)

    assert len(city.asked("year.check_duties")) == 11


def test_the_hour_of_the_check_does_not_shift_with_summer_time(opened, case):
    at(case, 2027, 6, 1, 0)
    (check,) = [t for t in case.timers if t.element_id == "week_passed"]

    assert check.due_at.hour == 6


def test_an_unplanned_year_is_closed_as_well(opened, case, city):
    at(case, 2027, 12, 31, 23)

    assert case.outcome == "year_closed"
    assert "year.check_plan" not in city.kinds
    assert len(city.asked("year.check_duties")) > 50


def test_a_closed_year_checks_nothing_any_more(opened, case):
    case.complete("plan_year")
    at(case, 2027, 12, 31, 23)

    assert (case.timers, case.subscriptions) == ([], [])
