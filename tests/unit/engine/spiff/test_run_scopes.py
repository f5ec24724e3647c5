"""Variables belong to scopes; sub-processes, calls and repetitions have their own."""

import pytest

from engine.errors import NotFoundError
from engine.feel.values import DaysTime
from engine.model import Bundle
from engine.spiff.runner import SpiffRunner
from engine.step import Start
from engine.testing import Anything
from tests.unit.engine.spiff.drawing import (
    ERROR,
    boundary,
    chain,
    diagram,
    end,
    extended,
    flow,
    node,
    process,
    script,
    start,
    timer,
    user,
    zeebe,
)


def mapping(*lines):
    return extended(io(*lines))


def io(*lines):
    return zeebe(
        "ioMapping",
        "".join(zeebe(kind, source=source, target=to) for kind, source, to in lines),
    )


def call(key="c", process_id="q", inner="", **attributes):
    called = zeebe("calledElement", processId=process_id, **attributes)
    return node("callActivity", key, extended(called + inner))


def repeated(inner="", loop="", sequential="false", **attributes):
    return node(
        "multiInstanceLoopCharacteristics",
        f"loop{len(loop)}",
        extended(zeebe("loopCharacteristics", **attributes)) + loop,
        isSequential=sequential,
    )


both = pytest.mark.parametrize("sequential", ["true", "false"])


def test_inputs_are_local_and_without_outputs_results_go_outwards(play):
    case = play(
        start(),
        user("u", mapping(("input", "=x", "local"))),
        user("n"),
        chain("s", "u", "n"),
    ).start(x=1)
    assert case.visible("u") == {"x": 1, "local": 1}

    case.complete("u", local=5, y=2)
    assert case.variables == {"x": 1, "y": 2}


def test_with_outputs_only_those_go_outwards(play):
    case = play(
        start(),
        user("u", mapping(("output", "=a + 1", "b"), ("output", "=a", "c"))),
        user("n"),
        chain("s", "u", "n"),
    ).start()
    case.complete("u", a=1, secret=2)

    assert case.variables == {"b": 2, "c": 1}


def test_a_result_goes_to_the_nearest_scope_that_has_the_variable(play):
    body = start("is") + script("a", "x + 1", "x") + script("b", "7", "fresh")
    body += user("i") + chain("is", "a", "b", "i")
    case = play(
        start(),
        node("subProcess", "w", mapping(("input", "=x", "x")) + body),
        user("n"),
        chain("s", "w", "n"),
    ).start(x=1)
    assert case.visible("i") == {"x": 2, "fresh": 7}

    case.complete("i")
    assert case.variables == {"x": 1, "fresh": 7}


def test_the_outputs_of_a_subprocess_read_its_own_scope(play):
    body = start("is") + script("a", "x + 1", "x") + flow("is", "a")
    lines = mapping(("input", "=x", "x"), ("output", "=x", "result"))
    case = play(
        start(), node("subProcess", "w", lines + body), user("n"), chain("s", "w", "n")
    ).start(x=1)

    assert case.variables == {"x": 1, "result": 2}


def test_a_called_process_sees_what_is_handed_over_and_hands_back(play):
    called = process(
        start("qs"),
        script("qa", "x + 1", "x"),
        user("qu"),
        end("qe"),
        chain("qs", "qa", "qu", "qe"),
        key="q",
    )
    case = play(start(), call(), user("n"), chain("s", "c", "n"), also=[called])
    case.start(x=1, other=2)
    assert case.visible("qu") == {"x": 2, "other": 2}
    assert case.variables == {"x": 1, "other": 2}
    assert case.tasks[0].process_id == "q"

    case.complete("qu", y=3)
    assert case.variables == {"x": 2, "other": 2, "y": 3}
    assert case.outcome is None


def test_a_called_process_sees_its_inputs_only_and_gives_its_outputs_only(play):
    called = process(
        start("qs"), user("qu"), end("qe"), chain("qs", "qu", "qe"), key="q"
    )
    lines = io(("input", "=x", "given"), ("output", "=given + 1", "result"))
    case = play(
        start(),
        call(
            inner=lines,
            propagateAllParentVariables="false",
            propagateAllChildVariables="false",
        ),
        user("n"),
        chain("s", "c", "n"),
        also=[called],
    ).start(x=1)
    assert case.visible("qu") == {"given": 1}

    case.complete("qu", noise=1)
    assert case.variables == {"x": 1, "result": 2}


def test_an_error_out_of_a_called_process_reaches_the_call_activity(play):
    called = process(start("qs"), end("qe", ERROR), flow("qs", "qe"), key="q")
    case = play(
        start(),
        call(),
        boundary("b", "c", ERROR),
        user("caught"),
        user("n"),
        chain("s", "c", "n"),
        flow("b", "caught"),
        also=[called],
    ).start()

    assert case.open == ["caught"]


def test_a_called_process_comes_from_the_bundle_that_was_bound_at_the_start(play):
    def bundle(task):
        body = process(start("qs"), user(task), chain("qs", task), key="q")
        return SpiffRunner().compile(
            Bundle(key="other", files={"q.bpmn": diagram(body)}), Anything()
        )

    old, new = bundle("old"), bundle("new")
    others = {one.content_hash: one for one in (old, new)}
    case = play(start(), call(), user("n"), chain("s", "c", "n"), others=others)
    case.do(Start(process_id="p", bindings={"q": old.content_hash}))
    assert case.open == ["old"]

    case.complete("old")
    assert case.open == ["n"]


def test_a_called_process_that_is_not_there_is_an_incident(play):
    case = play(start(), call(), chain("s", "c")).start()

    assert [i.kind for i in case.incidents] == ["called_process"]


@both
def test_each_item_has_its_instance_and_results_are_collected_in_order(
    play, sequential
):
    case = play(
        start(),
        user(
            "u",
            repeated(
                inputCollection="=items",
                inputElement="item",
                outputCollection="results",
                outputElement="=answer",
                sequential=sequential,
            )
            + mapping(("output", "=given * 2", "answer")),
        ),
        user("n"),
        chain("s", "u", "n"),
    ).start(items=[10, 20, 30])
    seen = []
    while case.open != ["n"]:
        token = case.tasks[-1].token
        item = case.runner.visible(case.saved, token)["item"]
        seen.append(item)
        case.complete(token, given=item)

    order = [10, 20, 30] if sequential == "true" else [30, 20, 10]
    assert seen == order
    assert case.variables["results"] == [20, 40, 60]
    assert set(case.variables) == {"items", "results"}


@both
def test_a_completion_condition_makes_the_rest_superfluous(play, sequential):
    done = "<bpmn:completionCondition>=numberOfCompletedInstances &gt;= 2</bpmn:completionCondition>"
    case = play(
        start(),
        user(
            "u",
            repeated(
                inputCollection="=items",
                inputElement="i",
                sequential=sequential,
                loop=done,
            ),
        ),
        user("n"),
        chain("s", "u", "n"),
    ).start(items=[1, 2, 3, 4])
    case.complete("u")
    assert set(case.open) == {"u"}

    case.complete("u")
    assert case.open == ["n"]


@both
@pytest.mark.parametrize("items", [[], None])
def test_no_items_pass_at_once_and_no_list_is_an_incident(play, sequential, items):
    case = play(
        start(),
        user("u", repeated(inputCollection="=items", sequential=sequential)),
        user("n"),
        chain("s", "u", "n"),
    ).start(items=items)

    assert case.open == (["n"] if items == [] else [])
    assert [i.kind for i in case.incidents] == (
        [] if items == [] else ["multi_instance"]
    )


@both
def test_a_boundary_event_takes_all_instances_away(play, sequential):
    case = play(
        start(),
        user("u", repeated(inputCollection="=[1,2,3]", sequential=sequential)),
        boundary("b", "u", timer(text="PT1H")),
        user("late"),
        user("n"),
        chain("s", "u", "n"),
        flow("b", "late"),
    ).start()
    case.advance(hours=1)

    assert case.open == ["late"]


@both
def test_an_error_in_an_instance_reaches_the_boundary_of_the_whole(play, sequential):
    body = start("is") + user("i") + end("t", ERROR) + chain("is", "i", "t")
    case = play(
        start(),
        node(
            "subProcess",
            "w",
            repeated(inputCollection="=[1,2]", sequential=sequential) + body,
        ),
        boundary("b", "w", ERROR),
        user("caught"),
        chain("s", "w"),
        flow("b", "caught"),
    ).start()
    case.complete("i")

    assert case.open == ["caught"]
    assert set(case.saved.variables) <= {1}


@both
def test_instances_of_a_subprocess_do_not_see_each_other(play, sequential):
    body = start("is") + user("i") + user("k") + chain("is", "i", "k")
    lines = mapping(("input", "=item", "mine"))
    case = play(
        start(),
        node(
            "subProcess",
            "w",
            repeated(
                inputCollection="=[1,2]", inputElement="item", sequential=sequential
            )
            + lines
            + body,
        ),
        user("n"),
        chain("s", "w", "n"),
    ).start()
    while "i" in case.open:
        case.complete("i", mine="changed")
        assert case.visible("k")["mine"] == "changed"
        case.complete("k")

    assert case.open == ["n"]
    assert case.variables == {}


def test_a_cardinality_repeats_by_number(play):
    loop = (
        '<bpmn:multiInstanceLoopCharacteristics isSequential="true">'
        "<bpmn:loopCardinality>=n</bpmn:loopCardinality>"
        "</bpmn:multiInstanceLoopCharacteristics>"
    )
    case = play(
        start(),
        node(
            "scriptTask",
            "a",
            loop
            + extended(
                zeebe(
                    "script", expression="=count + loopCounter", resultVariable="count"
                )
            ),
        ),
        user("n"),
        chain("s", "a", "n"),
    ).start(n=4, count=0)

    assert case.variables["count"] == 10


@pytest.mark.parametrize(("before", "rounds"), [("true", 0), ("false", 1)])
def test_a_standard_loop_tests_before_or_after_its_round(play, before, rounds):
    loop = (
        f'<bpmn:standardLoopCharacteristics testBefore="{before}" loopMaximum="5">'
        "<bpmn:loopCondition>=again</bpmn:loopCondition>"
        "</bpmn:standardLoopCharacteristics>"
    )
    inner = extended(zeebe("script", expression="=k + 1", resultVariable="k"))
    case = play(
        start(), node("scriptTask", "a", inner + loop), user("n"), chain("s", "a", "n")
    ).start(k=0, again=False)

    assert case.variables["k"] == rounds


def test_a_standard_loop_stops_at_its_maximum(play):
    loop = (
        '<bpmn:standardLoopCharacteristics loopMaximum="5">'
        "<bpmn:loopCondition>=true</bpmn:loopCondition>"
        "</bpmn:standardLoopCharacteristics>"
    )
    case = play(start(), user("u", loop), user("n"), chain("s", "u", "n")).start()
    for _ in range(5):
        case.complete("u")

    assert case.open == ["n"]


def test_a_variable_is_changed_once_and_only_what_changed_is_told(play):
    case = play(start(), user(), user("n"), chain("s", "u", "n")).start(x=1, y=2)
    step = case.complete("u", x=1, y=3)

    assert dict(step.changed) == {(1, "y"): "3"}


def test_a_closed_scope_is_told_once(play):
    body = start("is") + user("i") + flow("is", "i")
    case = play(
        start(),
        node("subProcess", "w", mapping(("input", "=1", "x")) + body),
        user("n"),
        chain("s", "w", "n"),
    ).start()
    (inner,) = set(case.saved.variables) - {1}
    step = case.complete("i")

    assert step.closed_scopes == (inner,)
    assert not step.changed


def test_what_no_live_token_sees_can_not_be_asked(play):
    case = play(start(), user(), chain("s", "u")).start()

    with pytest.raises(NotFoundError):
        case.runner.visible(case.saved, 99)


def test_durations_and_dates_survive_as_they_are(play):
    case = play(
        start(),
        script("a", 'duration("P2D")', "d"),
        script("b", 'date("2026-01-31")', "on"),
        user(),
        script("c", "on + d", "later"),
        user("n"),
        chain("s", "a", "b", "u", "c", "n"),
    ).start()
    case.complete("u")

    assert case.variables["d"] == DaysTime(172800)
    assert str(case.variables["later"]) == "2026-02-02"
