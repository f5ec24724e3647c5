"""Services, scripts and jobs: results, business errors, incidents and retries."""

import pytest

from engine.errors import BpmnError, NotFoundError
from engine.feel.errors import FeelError
from engine.spiff.case import STEP_BUDGET
from engine.step import Complete, Deliver, FireTimer, Retry
from tests.unit.engine.spiff.drawing import (
    ERROR,
    MESSAGE,
    boundary,
    chain,
    end,
    extended,
    flow,
    node,
    script,
    start,
    timer,
    user,
    zeebe,
)

CATCH_ALL = "<bpmn:errorEventDefinition/>"


def service(key="a", kind="work", inputs=(), outputs=(), **headers):
    lines = [zeebe("input", source=s, target=t) for s, t in inputs]
    lines += [zeebe("output", source=s, target=t) for s, t in outputs]
    written = "".join(zeebe("header", key=k, value=v) for k, v in headers.items())
    return node(
        "serviceTask",
        key,
        extended(
            zeebe("taskDefinition", type=kind, retries="5")
            + zeebe("taskHeaders", written)
            + zeebe("ioMapping", "".join(lines))
        ),
    )


def failing(code):
    def fail(_inputs):
        raise BpmnError(code, "went wrong")

    return fail


def broken(_inputs):
    message = "no connection"
    raise OSError(message)


def test_a_service_sees_its_mapped_inputs_and_its_outputs_are_mapped(play):
    seen = []

    def work(inputs):
        seen.append(dict(inputs))
        return {"result": inputs["n"] + 1, "noise": 1}

    case = play(
        start(),
        service(inputs=[("=x", "n")], outputs=[("=result", "y")]),
        user(),
        chain("s", "a", "u"),
        services={"work": work},
    ).start(x=1, secret="s")

    assert seen == [{"n": 1}]
    assert set(case.variables) == {"x", "secret", "y"}
    assert case.variables["y"] == 2


def test_without_output_mapping_all_outputs_are_set(play):
    case = play(
        start(),
        service(),
        user(),
        chain("s", "a", "u"),
        services={"work": lambda _: {"y": 2}},
    ).start()

    assert case.variables == {"y": 2}


def test_a_service_can_not_reach_into_the_case_by_its_inputs(play):
    def work(inputs):
        inputs["n"].append("changed")
        return {}

    case = play(
        start(),
        service(inputs=[("=x", "n")]),
        user(),
        chain("s", "a", "u"),
        services={"work": work},
    ).start(x=[1])

    assert case.variables == {"x": [1]}


@pytest.mark.parametrize(("code", "expected"), [("E1", "specific"), ("E9", "general")])
def test_a_business_error_goes_to_its_code_first_and_else_to_the_catch_all(
    play, code, expected
):
    case = play(
        start(),
        service(),
        boundary("b0", "a", CATCH_ALL),
        boundary("b1", "a", ERROR),
        user("general"),
        user("specific"),
        user("ok"),
        chain("s", "a", "ok"),
        flow("b0", "general"),
        flow("b1", "specific"),
        services={"work": failing(code)},
    ).start()

    assert case.open == [expected]


def test_an_error_that_nobody_catches_is_an_incident_and_never_the_way_on(play):
    answers = [failing("E7"), lambda _: {"y": 1}]
    case = play(
        start(),
        service(),
        boundary("b", "a", ERROR),
        user("ok"),
        chain("s", "a", "ok"),
        services={"work": lambda inputs: answers.pop(0)(inputs)},  # noqa: PLW0108
    ).start()
    assert case.open == []
    assert [(i.element_id, i.kind) for i in case.incidents] == [("a", "uncaught_error")]

    case.retry("a")
    assert case.open == ["ok"]
    assert case.incidents == []
    assert case.variables == {"y": 1}


def test_an_error_end_event_that_nobody_catches_is_an_incident(play):
    body = start("is") + end("t", ERROR) + flow("is", "t")
    case = play(
        start(), node("subProcess", "w", body), user("ok"), chain("s", "w", "ok")
    ).start()

    assert case.open == []
    assert case.ended is None
    assert [i.element_id for i in case.incidents] == ["t"]
    case.retry("t")
    assert [i.element_id for i in case.incidents] == ["t"]


def test_any_other_exception_is_an_incident_and_what_was_done_stays(play):
    case = play(
        start(),
        script("first", "1", "x"),
        service(),
        chain("s", "first", "a"),
        services={"work": broken},
    ).start()

    assert case.variables == {"x": 1}
    assert [(i.element_id, i.kind) for i in case.incidents] == [("a", "service")]
    assert "no connection" in case.incidents[0].message


def test_work_that_was_done_is_not_done_again_when_its_mapping_fails(play):
    calls = []
    case = play(
        start(),
        user("o"),
        service(outputs=[("=if ok then 1 else now(1)", "y")]),
        user("n"),
        flow("s", "o"),
        chain("s", "a", "n"),
        services={"work": lambda _: calls.append(1) or {"done": 1}},
    )
    case.start(ok=True)

    assert calls == [1]
    assert case.open == ["n", "o"]


def test_a_value_that_is_no_value_is_an_incident_and_the_service_does_not_spoil_data(
    play,
):
    case = play(
        start(),
        service(),
        chain("s", "a"),
        services={"work": lambda _: {"x": object()}},
    ).start()

    assert [i.kind for i in case.incidents] == ["variable"]
    assert case.variables == {}


def test_a_job_waits_and_is_completed_with_its_outputs(play):
    case = play(
        start(),
        service(inputs=[("=x", "n")], outputs=[("=result", "y")], colour="red"),
        user("ok"),
        chain("s", "a", "ok"),
        jobs={"work"},
    ).start(x=1)
    (job,) = case.open_jobs
    assert (job.type, dict(job.headers), dict(job.inputs), job.retries) == (
        "work",
        {"colour": "red"},
        {"n": "1"},
        5,
    )

    case.complete("a", result=2)
    assert case.open == ["ok"]
    assert case.variables == {"x": 1, "y": 2}


def test_a_job_ends_in_its_business_error(play):
    case = play(
        start(),
        service(),
        boundary("b", "a", ERROR),
        user("caught"),
        chain("s", "a"),
        flow("b", "caught"),
        jobs={"work"},
    ).start()
    case.throw_error("a", "E1")

    assert case.open == ["caught"]


def test_a_job_with_an_uncaught_error_is_made_again_by_a_retry(play):
    case = play(start(), service(), chain("s", "a"), jobs={"work"}).start()
    token = case.open_jobs[0].token
    step = case.throw_error("a", "E1", "broken")
    assert case.open_jobs == []
    assert token in step.closed
    assert "broken" in case.incidents[0].message

    case.retry("a")
    assert [job.token for job in case.open_jobs] == [token]


def test_a_job_is_taken_away_by_its_boundary_event(play):
    case = play(
        start(),
        service(),
        boundary("b", "a", timer(text="PT1H")),
        user("late"),
        chain("s", "a"),
        flow("b", "late"),
        jobs={"work"},
    ).start()
    token = case.open_jobs[0].token
    case.advance(hours=1)

    assert case.open == ["late"]
    step = case.steps[-1]
    assert token in step.closed - step.completed


def test_a_process_that_never_rests_ends_in_an_incident(play):
    case = play(
        start(),
        node("exclusiveGateway", "g"),
        script("a", "n + 1", "n"),
        chain("s", "g", "a", "g"),
    ).start(n=0)

    assert [i.kind for i in case.incidents] == ["budget"]
    assert case.variables["n"] <= STEP_BUDGET


def test_an_expression_that_is_too_heavy_is_an_incident(play):
    case = play(
        start(),
        script("a", "=count(for i in 1..100000000 return i * i)", "x"),
        chain("s", "a"),
    ).start()

    assert [(i.element_id, i.kind) for i in case.incidents] == [("a", "expression")]


def test_hostile_keys_and_values_are_only_data(play):
    hostile = {
        "@": "date",
        "typename": "timedelta",
        "__class__": {"__init__": 1},
        "constructor": [{"@": "context"}],
    }
    case = play(start(), user(), user("n"), chain("s", "u", "n")).start()
    case.complete("u", value=hostile, __class__="x", **{"@": 1})

    assert case.open == ["n"]
    assert case.variables["value"] == hostile
    case.complete("n")
    assert case.ended == "completed"


def test_a_name_of_something_hidden_is_refused(play):
    case = play(start(), user(), chain("s", "u"))

    with pytest.raises(FeelError):
        case.start(**{"(event)": 5})
    with pytest.raises(FeelError):
        case.start().complete("u", **{"(items)": 5})


def test_a_value_that_can_not_be_kept_is_refused_and_the_task_stays_open(play):
    case = play(start(), user(), chain("s", "u")).start()

    with pytest.raises(FeelError):
        case.complete("u", fine=1, bad=object())
    case.complete("u", fine=1)
    assert case.ended == "completed"


@pytest.mark.parametrize("command", [Complete, Deliver, Retry])
def test_a_command_for_a_token_that_does_not_wait_for_it_is_refused(play, command):
    case = play(
        start(),
        node("intermediateCatchEvent", "c", timer(text="PT1H")),
        chain("s", "c"),
    ).start()
    token = case.timers[0].token

    with pytest.raises(NotFoundError):
        case.do(command(token=token))
    with pytest.raises(NotFoundError):
        case.do(command(token=999))


def test_a_timer_takes_effect_once(play):
    case = play(
        start(),
        user(),
        boundary("b", "u", timer("timeCycle", "R/PT1H"), interrupts=False),
        chain("s", "u"),
    ).start()
    first = case.timers[0]
    case.advance(hours=1)

    with pytest.raises(NotFoundError):
        case.do(FireTimer(token=first.token, iteration=first.iteration))


def test_cancel_ends_all_that_waits(play):
    case = play(
        start(),
        user(),
        boundary("b", "u", timer(), interrupts=False),
        boundary("b2", "u", MESSAGE),
        chain("s", "u"),
    ).start(case_number="1")
    step = case.cancel()

    assert step.ended == "cancelled"
    assert len(step.closed) == 3
    assert not step.completed
    assert case.open == case.timers == case.subscriptions == []
