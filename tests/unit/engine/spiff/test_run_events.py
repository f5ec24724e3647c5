"""Events: boundary events, event sub-processes, gateways, throws and catches."""

import pytest

from tests.unit.engine.spiff.drawing import (
    ERROR,
    ESCALATION,
    MESSAGE,
    SIGNAL,
    TERMINATE,
    boundary,
    chain,
    conditional,
    end,
    extended,
    flow,
    handler,
    node,
    script,
    start,
    timer,
    user,
    zeebe,
)

KINDS = {
    "message": (MESSAGE, lambda case: case.deliver("msg", "1")),
    "signal": (SIGNAL, lambda case: case.signal("sig")),
    "timer": (timer(text="PT10S"), lambda case: case.advance(seconds=10)),
    "conditional": (conditional("=x > 5"), lambda case: case.complete("o", x=6)),
}
kinds = pytest.mark.parametrize("kind", sorted(KINDS))


def sub(key, *body, **attributes):
    return node("subProcess", key, "".join(body), **attributes)


def beside(play, *body):
    """Play *body* with the task ``o`` open beside it."""
    return play(start("s0"), user("o"), flow("s0", "o"), flow("s0", "u"), *body)


@kinds
def test_an_interrupting_boundary_event_takes_the_task_away(play, kind):
    inner, happen = KINDS[kind]
    case = beside(play, user(), boundary("b", "u", inner), user("n"), flow("b", "n"))
    case.start(case_number="1", x=0)
    happen(case)

    assert "n" in case.open
    assert "u" not in case.open
    assert case.timers == case.subscriptions == []


@kinds
def test_a_task_that_completes_takes_its_boundary_event_away(play, kind):
    inner, _ = KINDS[kind]
    case = beside(play, user(), boundary("b", "u", inner), user("n"), flow("b", "n"))
    case.start(case_number="1", x=0).complete("u")

    assert case.open == ["o"]
    assert case.timers == case.subscriptions == []
    case.complete("o", x=6)
    assert case.ended == "completed"


def test_a_message_boundary_event_that_does_not_interrupt_fires_each_time(play):
    case = play(
        start(),
        user(),
        boundary("b", "u", MESSAGE, interrupts=False),
        user("n"),
        chain("s", "u"),
        flow("b", "n"),
    ).start(case_number="1")
    for number in range(1, 6):
        assert case.deliver("msg", "1", got=number) == 1
        assert case.open == ["n"] * number + ["u"]

    case.complete("u")
    assert case.deliver("msg", "1") == 0
    assert case.variables["got"] == 5


def test_a_message_for_another_case_finds_no_subscription(play):
    case = play(
        start(),
        node("intermediateCatchEvent", "c", MESSAGE),
        chain("s", "c"),
    ).start(case_number="1")

    assert case.deliver("msg", "2") == 0
    assert case.deliver("msg", "1") == 1
    assert case.ended == "completed"


def test_a_correlation_key_without_value_is_an_incident(play):
    case = play(
        start(),
        user("o"),
        node("intermediateCatchEvent", "c", MESSAGE),
        chain("s", "c"),
        flow("s", "o"),
    ).start()
    assert [(i.element_id, i.kind) for i in case.incidents] == [("c", "correlation")]

    case.complete("o", case_number="7")
    case.retry("c")
    assert [one.correlation_key for one in case.subscriptions] == ["7"]


@kinds
def test_an_interrupting_event_subprocess_takes_its_scope_over(play, kind):
    inner, happen = KINDS[kind]
    case = beside(
        play,
        sub("u", start("is"), user("i"), flow("is", "i"), handler("h", inner)),
        user("n"),
        flow("u", "n"),
    ).start(case_number="1", x=0)
    happen(case)

    assert "h_u" in case.open
    assert "i" not in case.open
    case.complete("h_u")
    assert "n" in case.open


@kinds
def test_an_event_subprocess_beside_its_scope_makes_it_wait(play, kind):
    inner, happen = KINDS[kind]
    quiet = handler("h", inner, interrupts=False)
    case = beside(
        play,
        sub("u", start("is"), user("i"), flow("is", "i"), quiet),
        user("n"),
        flow("u", "n"),
    ).start(case_number="1", x=0)
    happen(case)
    assert {"h_u", "i"} <= set(case.open)

    case.complete("i")
    assert "n" not in case.open
    case.complete("h_u")
    assert "n" in case.open


@kinds
def test_an_event_subprocess_of_the_process_itself_tells_the_outcome(play, kind):
    inner, happen = KINDS[kind]
    body = start("hs", inner) + end("withdrawn") + flow("hs", "withdrawn")
    case = play(
        start(),
        user("o"),
        user("u"),
        flow("s", "o"),
        flow("s", "u"),
        node("subProcess", "h", body, triggeredByEvent="true"),
    ).start(case_number="1", x=0)
    happen(case)

    assert case.ended == "completed"
    assert case.outcome == "withdrawn"


def test_an_event_subprocess_that_does_not_interrupt_never_runs_by_itself(play):
    case = play(
        start(),
        user(),
        end(),
        chain("s", "u", "e"),
        handler("h", MESSAGE, interrupts=False),
        handler("k", ERROR),
    ).start(case_number="1")
    assert case.open == ["u"]

    case.complete("u")
    assert case.ended == "completed"


def test_the_handler_of_an_error_runs_for_each_depth_of_its_throw(play):
    thrower = node("endEvent", "t", ERROR)
    inside = start("is") + user("i") + thrower + chain("is", "i", "t")
    for body in (inside, sub("d1", inside), sub("d2", sub("d1", inside))):
        first = "d2" if "d2" in body else "d1" if "d1" in body else None
        lead = start("xs") + flow("xs", first) if first else ""
        case = play(
            start(),
            sub("w", lead, body, handler("h", ERROR))
            if first
            else sub("w", body, handler("h", ERROR)),
            user("n"),
            chain("s", "w", "n"),
        )
        case.start().complete("i")

        assert case.open == ["h_u"]
        case.complete("h_u")
        assert case.open == ["n"]


def test_an_error_out_of_a_handler_goes_outwards(play):
    body = start("hs", ERROR) + end("he", ERROR) + flow("hs", "he")
    case = play(
        start(),
        sub(
            "w",
            start("is"),
            end("t", ERROR),
            flow("is", "t"),
            node("subProcess", "h", body, triggeredByEvent="true"),
        ),
        boundary("b", "w", ERROR),
        user("caught"),
        user("n"),
        chain("s", "w", "n"),
        flow("b", "caught"),
    ).start()

    assert case.open == ["caught"]


@pytest.mark.parametrize("interrupts", [True, False])
def test_an_escalation_reaches_the_boundary_of_its_subprocess(play, interrupts):
    case = play(
        start(),
        sub(
            "w",
            start("is"),
            node("intermediateThrowEvent", "t", ESCALATION),
            user("i"),
            chain("is", "t", "i"),
        ),
        boundary("b", "w", ESCALATION, interrupts=interrupts),
        user("n"),
        chain("s", "w"),
        flow("b", "n"),
    ).start()

    assert case.open == (["n"] if interrupts else ["i", "n"])


def test_an_escalation_that_nobody_catches_has_no_effect(play):
    case = play(
        start(),
        node("intermediateThrowEvent", "t", ESCALATION),
        user(),
        chain("s", "t", "u"),
    ).start()

    assert case.open == ["u"]
    assert case.incidents == []


def test_the_first_event_behind_an_event_gateway_wins(play):
    def case():
        return play(
            start(),
            node("eventBasedGateway", "g"),
            node("intermediateCatchEvent", "slow", timer(text="PT9H")),
            node("intermediateCatchEvent", "fast", timer(text="PT1H")),
            node("intermediateCatchEvent", "c", MESSAGE),
            user("a"),
            user("b"),
            user("d"),
            chain("s", "g", "slow", "a"),
            chain("g", "fast", "b"),
            chain("g", "c", "d"),
        ).start(case_number="1")

    timed = case()
    timed.advance(hours=10)
    assert timed.open == ["b"]
    assert timed.timers == timed.subscriptions == []

    told = case()
    told.advance(minutes=30)
    told.deliver("msg", "1")
    assert told.open == ["d"]
    assert told.timers == told.subscriptions == []


def test_a_terminate_end_event_ends_its_own_scope_only(play):
    case = play(
        start(),
        sub(
            "w",
            start("is"),
            user("a"),
            user("b"),
            end("t", TERMINATE),
            chain("is", "a", "t"),
            flow("is", "b"),
        ),
        user("o"),
        user("n"),
        chain("s", "w", "n"),
        flow("s", "o"),
    ).start()
    case.complete("a")
    assert case.open == ["n", "o"]


def test_a_message_and_a_signal_leave_with_their_mapped_inputs_only(play):
    payload = extended(zeebe("ioMapping", zeebe("input", source="=x", target="y")))
    case = play(
        start(),
        node("intermediateThrowEvent", "t", payload + MESSAGE),
        end("e", SIGNAL),
        chain("s", "t", "e"),
    ).start(x=1, secret="s", case_number="7")

    message, signal = case.thrown
    assert (message.kind, message.name, message.correlation_key) == (
        "message",
        "msg",
        "7",
    )
    assert message.variables == {"y": "1"}
    assert (signal.kind, signal.name, signal.variables) == ("signal", "sig", {})


def test_a_link_leads_on_and_a_task_without_way_out_ends(play):
    link = '<bpmn:linkEventDefinition name="L"/>'
    case = play(
        start(),
        node("intermediateThrowEvent", "t", link),
        node("intermediateCatchEvent", "c", link),
        user(),
        chain("s", "t"),
        flow("c", "u"),
    ).start()
    assert case.open == ["u"]

    case.complete("u")
    assert case.ended == "completed"


def test_a_conditional_catch_event_waits_until_its_condition_holds(play):
    case = play(
        start(),
        user("o"),
        node("intermediateCatchEvent", "c", conditional("=x > 5")),
        user("n"),
        flow("s", "o"),
        chain("s", "c", "n"),
    ).start(x=0)
    assert case.open == ["o"]

    case.complete("o", x=9)
    assert case.open == ["n"]


def test_a_conditional_event_that_does_not_interrupt_fires_per_change_to_true(play):
    case = play(
        start(),
        script("a", "x", "x"),
        user("o"),
        user("o2"),
        user("o3"),
        chain("s", "a", "o", "o2", "o3"),
        handler("h", conditional("=x > 5"), interrupts=False),
    ).start(x=0)
    case.complete("o", x=9)
    case.complete("o2", x=1)
    case.complete("o3", x=7)

    assert case.open == ["h_u", "h_u"]


def test_several_events_on_one_element_mean_any_of_them(play):
    case = play(
        start(),
        user(),
        boundary("b", "u", MESSAGE + timer(text="PT1H"), interrupts=False),
        user("n"),
        chain("s", "u"),
        flow("b", "n"),
    ).start(case_number="1")
    case.deliver("msg", "1", got=1)
    case.deliver("msg", "1", got=2)

    assert case.open == ["n", "n", "u"]
    assert case.variables["got"] == 2


def test_a_timer_among_several_events_comes_once_and_the_message_each_time(play):
    case = play(
        start(),
        user(),
        boundary("b", "u", MESSAGE + timer(text="PT1H"), interrupts=False),
        user("n"),
        chain("s", "u"),
        flow("b", "n"),
    ).start(case_number="1")
    case.advance(hours=10)
    assert case.open == ["n", "u"]
    assert case.timers == []

    case.deliver("msg", "1")
    assert case.open == ["n", "n", "u"]


def test_several_events_that_interrupt_go_together(play):
    case = play(
        start(),
        user(),
        boundary("b", "u", MESSAGE + timer(text="PT1H")),
        user("n"),
        chain("s", "u"),
        flow("b", "n"),
    ).start(case_number="1")
    case.advance(hours=1)

    assert case.open == ["n"]
    assert case.timers == case.subscriptions == []


def test_a_parallel_multiple_event_waits_for_all_its_events(play):
    case = play(
        start(),
        node("intermediateCatchEvent", "c", MESSAGE + SIGNAL, parallelMultiple="true"),
        user("n"),
        chain("s", "c", "n"),
    ).start(case_number="1")
    case.deliver("msg", "1", got=1)
    assert case.open == []

    case.signal("sig", also=2)
    assert case.open == ["n"]
    assert {"got", "also"} <= set(case.variables)


def test_the_output_mapping_of_an_event_takes_its_payload(play):
    mapped = extended(
        zeebe("ioMapping", zeebe("output", source="=got + 1", target="n"))
    )
    case = play(
        start(),
        user(),
        boundary("b", "u", mapped + MESSAGE),
        chain("s", "u"),
    ).start(case_number="1")
    case.deliver("msg", "1", got=1, secret=2)

    assert set(case.variables) == {"case_number", "n"}
    assert case.variables["n"] == 2
