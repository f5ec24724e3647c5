"""Timers: due moments, cycles, months, zones."""

from datetime import UTC, datetime

import pytest

from tests.unit.engine.spiff.drawing import (
    boundary,
    chain,
    end,
    flow,
    handler,
    node,
    start,
    timer,
    user,
)

WINTER = datetime(2027, 1, 31, 9, tzinfo=UTC)


def catching(play, tag, text, now=WINTER, **data):
    return play(
        start(),
        node("intermediateCatchEvent", "c", timer(tag, text)),
        end(),
        chain("s", "c", "e"),
        now=now,
    ).start(**data)


@pytest.mark.parametrize(
    ("tag", "text", "due"),
    [
        ("timeDuration", "P1M", datetime(2027, 2, 28, 9, tzinfo=UTC)),
        ("timeDuration", "P60D", datetime(2027, 4, 1, 8, tzinfo=UTC)),
        ("timeDuration", "PT1440H", datetime(2027, 4, 1, 9, tzinfo=UTC)),
        ("timeDate", "2027-07-01T09:00", datetime(2027, 7, 1, 7, tzinfo=UTC)),
        ("timeDate", "2027-07-01T09:00:00Z", datetime(2027, 7, 1, 9, tzinfo=UTC)),
        ("timeDate", '=date("2027-07-01")', datetime(2027, 6, 30, 22, tzinfo=UTC)),
        ("timeDate", "=on", datetime(2027, 2, 1, 12, tzinfo=UTC)),
        ("timeDuration", '=duration("P2D")', datetime(2027, 2, 2, 9, tzinfo=UTC)),
        ("timeDuration", "=term", datetime(2027, 2, 14, 9, tzinfo=UTC)),
        ("timeDuration", '="P" + string(n) + "D"', datetime(2027, 2, 3, 9, tzinfo=UTC)),
    ],
)
def test_a_timer_is_due_on_the_wall_clock_of_its_zone(play, tag, text, due):
    on = datetime(2027, 2, 1, 12, tzinfo=UTC)
    case = catching(play, tag, text, on=on, term="P14D", n=3)

    assert [one.due_at for one in case.timers] == [due]


@pytest.mark.parametrize("text", ["=null", "=1", "=missing", "P10"])
def test_a_timer_that_is_no_moment_is_an_incident_at_its_element(play, text):
    if text == "P10":
        case = catching(play, "timeDuration", "=term", term=text)
    else:
        case = catching(play, "timeDuration", text)

    assert [(i.element_id, i.kind) for i in case.incidents] == [("c", "timer")]
    assert case.timers == []


def test_the_timer_of_a_boundary_event_stops_its_activity_when_it_is_wrong(play):
    case = play(
        start(),
        user("o"),
        user("u"),
        boundary("b", "u", timer(text="=term")),
        flow("s", "o"),
        flow("s", "u"),
    ).start()
    assert [i.element_id for i in case.incidents] == ["u"]
    assert case.open == ["o"]

    case.complete("o", term="P1D")
    case.retry("u")
    assert case.open == ["u"]
    assert len(case.timers) == 1


@pytest.mark.parametrize("inside", ["boundary", "handler"])
def test_a_cycle_fires_as_often_as_it_says_counted_from_its_anchor(play, inside):
    cycle = timer("timeCycle", "R3/P1M")
    listener = (
        boundary("b", "u", cycle, interrupts=False) + user("b_u") + flow("b", "b_u")
        if inside == "boundary"
        else handler("b", cycle, interrupts=False)
    )
    case = play(start(), user("u"), chain("s", "u"), listener, now=WINTER).start()
    due = []
    while case.timers:
        due.append(case.timers[0].due_at)
        case.advance(case.timers[0].due_at - case.now)

    assert [str(one.date()) for one in due] == [
        "2027-02-28",
        "2027-03-31",
        "2027-04-30",
    ]
    assert case.open == ["b_u", "b_u", "b_u", "u"]


def test_a_cycle_without_end_goes_on_until_its_activity_ends(play):
    case = play(
        start(),
        user("u"),
        boundary("b", "u", timer("timeCycle", "R/P1D"), interrupts=False),
        end("x"),
        chain("s", "u"),
        flow("b", "x"),
    ).start()
    assert case.advance(days=10) == 10

    case.complete("u")
    assert case.timers == []
    assert case.ended == "completed"


def test_missed_periods_of_a_cycle_fire_once(play):
    case = play(
        start(),
        user("u"),
        boundary("b", "u", timer("timeCycle", "R/PT1H"), interrupts=False),
        user("n"),
        chain("s", "u"),
        flow("b", "n"),
    ).start()
    late = case.timers[0]
    case.now = late.due_at.replace(hour=late.due_at.hour + 6)
    case.fire(late)

    assert case.open == ["n", "u"]
    assert case.timers[0].iteration == 8


def test_reminders_come_before_the_term_ends(play):
    case = play(
        start(),
        user("u"),
        boundary("first", "u", timer(text="P7D"), interrupts=False),
        boundary("second", "u", timer(text="P10D"), interrupts=False),
        boundary("breach", "u", timer(text="P14D")),
        end("e1"),
        end("e2"),
        user("late"),
        chain("s", "u"),
        flow("first", "e1"),
        flow("second", "e2"),
        flow("breach", "late"),
    ).start()
    case.advance(days=20)

    fired = [h.element_id for h in case.happenings("fired")]
    assert fired == ["first", "second", "breach"]
    assert case.open == ["late"]
