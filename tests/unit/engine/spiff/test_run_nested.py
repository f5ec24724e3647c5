"""Things within things: handlers, calls, repetitions and incidents combined."""

from engine.feel.codec import dumps
from engine.model import Bundle
from engine.spiff.runner import SpiffRunner
from engine.step import Complete, Deliver, Start
from engine.testing import Anything
from tests.unit.engine.spiff.drawing import (
    COMPENSATION,
    ERROR,
    ESCALATION,
    MESSAGE,
    SIGNAL,
    TERMINATE,
    boundary,
    chain,
    conditional,
    diagram,
    end,
    extended,
    flow,
    handler,
    node,
    process,
    script,
    start,
    timer,
    user,
    zeebe,
)
from tests.unit.engine.spiff.playing import Play
from tests.unit.engine.spiff.test_run_scopes import call, mapping, repeated
from tests.unit.engine.spiff.test_run_services import service


def sub(key, *body):
    return node("subProcess", key, "".join(body))


CALLED = process(start("qs"), user("qu"), end("qe"), chain("qs", "qu", "qe"), key="q")


def test_a_handler_that_can_not_be_armed_is_an_incident_of_its_scope():
    play = Play(SpiffRunner)
    case = play(start(), user(), chain("s", "u"), handler("h", MESSAGE)).start()
    assert [(i.element_id, i.kind) for i in case.incidents] == [("p", "correlation")]
    assert case.open == []

    token = case.incidents[0].token
    assert case.runner.live(case.saved) == {token: "p"}
    case.saved.variables.setdefault(1, {})["case_number"] = dumps("1")
    case.retry("p")
    assert case.open == ["u"]
    assert len(case.subscriptions) == 1


def test_a_boundary_event_on_a_call_takes_the_called_process_away(play):
    case = play(
        start(),
        call(inner=zeebe("ioMapping", zeebe("input", source="=1", target="x"))),
        boundary("b", "c", timer(text="PT1H")),
        user("late"),
        chain("s", "c"),
        flow("b", "late"),
        also=[CALLED],
    ).start()
    assert case.open == ["qu"]
    case.advance(hours=1)

    assert case.open == ["late"]
    assert set(case.saved.variables) <= {1}
    told = {h.element_id: h.facts for h in case.happenings("cancelled")}
    assert told == {"c": {}, "qu": {"process": "q"}}


def test_a_handler_within_a_handler_goes_before_the_one_outside(play):
    inner = (
        start("hs", SIGNAL) + end("t", ERROR) + flow("hs", "t") + handler("k", ERROR)
    )
    case = play(
        start(),
        sub(
            "w",
            start("is"),
            user("i"),
            flow("is", "i"),
            node("subProcess", "h", inner, triggeredByEvent="true"),
            handler("o", ERROR),
        ),
        user("n"),
        chain("s", "w", "n"),
    ).start()
    case.signal("sig")

    assert case.open == ["k_u"]
    case.complete("k_u")
    assert case.open == ["n"]


def test_a_handler_beside_its_scope_runs_once_per_event(play):
    case = play(
        start(),
        user(),
        chain("s", "u"),
        handler("h", MESSAGE, interrupts=False),
    ).start(case_number="1")
    case.deliver("msg", "1", got=1)
    case.deliver("msg", "1", got=2)
    assert case.open == ["h_u", "h_u", "u"]

    case.complete("h_u")
    case.complete("u")
    assert case.ended is None
    case.complete("h_u")
    assert case.ended == "completed"


def test_an_escalation_starts_the_handler_of_the_process_and_goes_on(play):
    case = play(
        start(),
        sub(
            "w",
            start("is"),
            node("intermediateThrowEvent", "t", ESCALATION),
            user("i"),
            chain("is", "t", "i"),
        ),
        chain("s", "w"),
        handler("h", ESCALATION, interrupts=False),
    ).start()

    assert case.open == ["h_u", "i"]


def test_an_incident_goes_with_the_activity_that_is_interrupted(play):
    case = play(
        start(),
        sub("w", start("is"), service(), flow("is", "a")),
        boundary("b", "w", timer(text="PT1H")),
        user("late"),
        chain("s", "w"),
        flow("b", "late"),
        services={"work": lambda _: 1 / 0},
    ).start()
    token = case.incidents[0].token
    case.advance(hours=1)

    assert case.incidents == []
    assert case.open == ["late"]
    assert token in case.steps[-1].closed - case.steps[-1].completed


def test_an_incident_in_one_instance_does_not_hold_the_others(play):
    def work(inputs):
        if inputs["n"] == 2:
            raise OSError
        return {}

    answers = {"work": work}
    case = play(
        start(),
        node(
            "serviceTask",
            "a",
            repeated(inputCollection="=[1,2,3]", inputElement="i")
            + extended(
                zeebe("taskDefinition", type="work")
                + zeebe("ioMapping", zeebe("input", source="=i", target="n"))
            ),
        ),
        user("n"),
        chain("s", "a", "n"),
        services=answers,
    ).start()
    assert [i.element_id for i in case.incidents] == ["a"]

    answers["work"] = lambda _: {}
    case.retry("a")
    assert case.open == ["n"]


def test_jobs_of_instances_may_end_in_any_order(play):
    body = repeated(
        inputCollection="=[1,2,3]",
        inputElement="i",
        outputCollection="all",
        outputElement="=r",
    )
    job = extended(zeebe("taskDefinition", type="work"))
    case = play(
        start(),
        node("serviceTask", "a", body + job),
        user("n"),
        chain("s", "a", "n"),
        jobs={"work"},
    ).start()
    for one in reversed(case.open_jobs):
        case.complete(one.token, r=one.token)

    results = case.variables["all"]
    assert results == sorted(results)
    assert case.open == ["n"]


def test_terminating_one_instance_leaves_the_others(play):
    body = start("is") + user("i") + user("k") + end("t", TERMINATE)
    body += chain("is", "i", "t") + flow("is", "k")
    case = play(
        start(),
        node("subProcess", "w", repeated(inputCollection="=[1,2]") + body),
        user("n"),
        chain("s", "w", "n"),
    ).start()
    case.complete("i")
    assert case.open == ["i", "k"]

    case.complete("i")
    assert case.open == ["n"]


def test_a_condition_that_holds_on_entry_fires_at_once(play):
    case = play(
        start(),
        user(),
        boundary("b", "u", conditional("=x > 5")),
        user("n"),
        chain("s", "u"),
        flow("b", "n"),
    ).start(x=9)

    assert case.open == ["n"]
    assert len(case.steps) == 1
    assert case.steps[0].closed == frozenset()


def test_a_task_may_lead_back_to_itself(play):
    case = play(
        start(), user(), user("n"), flow("s", "u"), flow("u", "u"), flow("u", "n")
    )
    case.start()
    case.complete("u")

    assert case.open == ["n", "u"]


def test_a_receive_task_behind_an_event_gateway_races(play):
    case = play(
        start(),
        node("eventBasedGateway", "g"),
        node("receiveTask", "r", messageRef="m"),
        node("intermediateCatchEvent", "t", timer(text="PT1H")),
        user("a"),
        user("b"),
        chain("s", "g", "r", "a"),
        chain("g", "t", "b"),
    ).start(case_number="1")
    case.deliver("msg", "1")

    assert case.open == ["a"]
    assert case.timers == []


def test_a_repeated_activity_is_undone_as_a_whole(play):
    undo = node("userTask", "undo", isForCompensation="true")
    case = play(
        start(),
        user("u", repeated(inputCollection="=[1,2]")),
        boundary("b", "u", COMPENSATION),
        undo,
        node("association", "as", sourceRef="b", targetRef="undo"),
        node("intermediateThrowEvent", "t", COMPENSATION),
        user("n"),
        chain("s", "u", "t", "n"),
    ).start()
    case.complete("u")
    case.complete("u")
    assert case.open == ["undo"]

    case.complete("undo")
    assert case.open == ["n"]


def test_a_payload_reaches_the_scope_around_and_not_the_cut_one(play):
    case = play(
        start(),
        sub(
            "w",
            mapping(("input", "=1", "got")),
            start("is"),
            user("i"),
            flow("is", "i"),
        ),
        boundary("b", "w", MESSAGE),
        user("n"),
        chain("s", "w"),
        flow("b", "n"),
    ).start(case_number="1")
    case.deliver("msg", "1", got=5)

    assert case.variables == {"case_number": "1", "got": 5}


def test_the_payload_of_a_handler_can_be_mapped_into_it(play):
    lines = mapping(("output", "=got + 1", "more"))
    body = start("hs", lines + MESSAGE) + user("i") + flow("hs", "i")
    case = play(
        start(),
        user(),
        chain("s", "u"),
        node("subProcess", "h", body, triggeredByEvent="true"),
    ).start(case_number="1")
    case.deliver("msg", "1", got=1, secret=2)

    assert case.visible("i") == {"case_number": "1", "more": 2}


def test_a_step_is_a_function_of_state_and_command(play):
    case = play(
        start(),
        sub(
            "w",
            repeated(inputCollection="=[1,2]"),
            start("is"),
            user("i"),
            flow("is", "i"),
        ),
        boundary("b", "w", MESSAGE, interrupts=False),
        user("n"),
        chain("s", "w"),
        flow("b", "n"),
    ).start(case_number="1")
    commands = [
        Complete(token=case.tasks[0].token, variables={"x": [1]}),
        Deliver(token=case.subscriptions[0].token),
    ]
    before = {scope: dict(texts) for scope, texts in case.saved.variables.items()}
    fresh = type(case.runner)
    for command in commands:
        first, second = (
            fresh().advance(case.bundle, case.saved, command, case._world(), None)
            for _ in range(2)
        )
        assert first == second

    assert case.saved.variables == before


def test_what_opens_and_closes_in_one_step_is_not_told(play):
    case = play(
        start(),
        user(),
        script("a", "1", "x"),
        end("t", TERMINATE),
        flow("s", "u"),
        chain("s", "a", "t"),
    ).start()

    assert case.ended == "completed"
    assert case.steps[0].opened == ()
    assert case.steps[0].closed == frozenset()


def test_processes_that_call_each_other_across_bundles_are_stopped(play):
    def compiled(body):
        bundle = Bundle(key="k", files={"f.bpmn": diagram(body)})
        return SpiffRunner().compile(bundle, Anything())

    there = compiled(process(start("qs"), call("qc", "p"), chain("qs", "qc"), key="q"))
    here = compiled(process(start(), call(), chain("s", "c")))
    others = {one.content_hash: one for one in (here, there)}
    case = play(start(), call(), chain("s", "c"), others=others)
    bindings = {"q": there.content_hash, "p": here.content_hash}
    case.do(Start(process_id="p", bindings=bindings))

    assert [i.kind for i in case.incidents] == ["call_depth"]
    case.cancel()
    assert case.ended == "cancelled"


def test_a_business_key_of_the_caller_can_be_handed_over_and_back(play):
    case = play(
        start(),
        call("c1"),
        call("c2"),
        user("n"),
        flow("s", "c1"),
        flow("s", "c2"),
        flow("c1", "n"),
        also=[CALLED],
    ).start(case_number="1")
    first, second = (task.token for task in case.tasks)
    case.complete(second, mine="second")
    case.complete(first, mine="first")

    assert case.variables["mine"] == "first"
    assert case.open == ["n"]
