"""Undoing: handlers run last first, with the data of then."""

from tests.unit.engine.spiff.drawing import (
    CANCEL,
    COMPENSATION,
    MESSAGE,
    boundary,
    chain,
    end,
    extended,
    flow,
    node,
    script,
    start,
    user,
    zeebe,
)


def undoable(key, undo=None):
    """Draw a user task with a compensation handler that notes its data."""
    handler = undo or node(
        "scriptTask",
        f"undo_{key}",
        extended(
            zeebe(
                "script",
                expression="=k",
                resultVariable=f"undone_{key}",
            )
        ),
        isForCompensation="true",
    )
    return (
        user(key)
        + boundary(f"b_{key}", key, COMPENSATION)
        + handler
        + node(
            "association", f"as_{key}", sourceRef=f"b_{key}", targetRef=f"undo_{key}"
        )
    )


def throw(key="t", activity=None):
    about = f' activityRef="{activity}"' if activity else ""
    inner = f"<bpmn:compensateEventDefinition{about}/>"
    return node("intermediateThrowEvent", key, inner)


def test_handlers_run_last_first_with_the_data_of_then(play):
    case = play(
        start(),
        undoable("a"),
        undoable("b"),
        throw(),
        user("n"),
        chain("s", "a", "b", "t", "n"),
    ).start()
    case.complete("a", k=1)
    case.complete("b", k=2)

    undone = [h.element_id for h in case.happenings("compensating")]
    assert undone == ["undo_b", "undo_a"]
    assert (case.variables["undone_a"], case.variables["undone_b"]) == (1, 2)
    assert case.open == ["n"]


def test_a_snapshot_is_of_the_moment_that_its_activity_was_finished(play):
    noting = node(
        "userTask",
        "undo_a",
        extended(zeebe("ioMapping", zeebe("input", source="=k", target="earlier"))),
        isForCompensation="true",
    )
    case = play(
        start(),
        undoable("a", noting),
        user("b"),
        throw(),
        user("n"),
        chain("s", "a", "b", "t", "n"),
    ).start()
    case.complete("a", k=1)
    case.complete("b", k=2)
    assert case.open == ["undo_a"]
    assert case.visible("undo_a")["earlier"] == 1

    case.complete("undo_a", k=7)
    assert case.open == ["n"]
    assert case.variables["k"] == 7


def test_only_the_named_activity_is_undone_and_only_once(play):
    case = play(
        start(),
        undoable("a"),
        undoable("b"),
        throw("t1", "a"),
        throw("t2", "a"),
        user("n"),
        chain("s", "a", "b", "t1", "t2", "n"),
    ).start(k=0)
    case.complete("a")
    case.complete("b")

    assert case.open == ["n"]
    assert [h.element_id for h in case.happenings("compensating")] == ["undo_a"]


def test_what_is_not_finished_is_not_undone(play):
    case = play(
        start(),
        undoable("a"),
        user("o"),
        throw(),
        user("n"),
        flow("s", "a"),
        chain("s", "o", "t", "n"),
    ).start(k=0)
    case.complete("o")

    assert case.open == ["a", "n"]
    assert case.happenings("compensating") == []


def test_the_activities_of_a_finished_subprocess_are_undone(play):
    body = start("is") + undoable("a") + undoable("b") + chain("is", "a", "b")
    case = play(
        start(),
        node("subProcess", "w", body),
        throw(),
        user("n"),
        chain("s", "w", "t", "n"),
    ).start(k=0)
    case.complete("a")
    case.complete("b")

    undone = [h.element_id for h in case.happenings("compensating")]
    assert undone == ["w", "undo_b", "undo_a"]
    assert case.open == ["n"]
    assert set(case.saved.variables) == {1}


def test_an_event_subprocess_undoes_its_finished_subprocess(play):
    undo = start("hs", COMPENSATION) + user("h_u") + flow("hs", "h_u")
    body = start("is") + undoable("a") + flow("is", "a")
    body += node("subProcess", "h", undo, triggeredByEvent="true")
    case = play(
        start(),
        node("subProcess", "w", body),
        throw(),
        user("n"),
        chain("s", "w", "t", "n"),
    ).start(k=0)
    case.complete("a")
    assert case.open == ["h_u"]

    case.complete("h_u")
    assert case.open == ["n"]
    assert "undo_a" not in case.trace


def test_a_cancelled_transaction_is_undone_and_left_by_its_cancel_event(play):
    body = start("is") + undoable("a") + undoable("b") + user("o") + end("ce", CANCEL)
    body += chain("is", "a", "b", "ce") + flow("is", "o")
    case = play(
        start(),
        node("transaction", "tx", body),
        boundary("cb", "tx", CANCEL),
        user("cancelled"),
        user("ok"),
        chain("s", "tx", "ok"),
        flow("cb", "cancelled"),
    ).start(k=0)
    case.complete("a")
    case.complete("b")

    undone = [h.element_id for h in case.happenings("compensating")]
    assert undone == ["undo_b", "undo_a"]
    assert case.open == ["cancelled"]
    assert case.variables["undone_a"] == 0


def test_a_transaction_that_ends_well_goes_on(play):
    body = start("is") + user("a") + flow("is", "a")
    case = play(
        start(),
        node("transaction", "tx", body),
        boundary("cb", "tx", CANCEL),
        user("cancelled"),
        user("ok"),
        chain("s", "tx", "ok"),
        flow("cb", "cancelled"),
    ).start()
    case.complete("a")

    assert case.open == ["ok"]


def test_a_thrower_in_an_event_subprocess_undoes_what_is_around_it(play):
    undo = start("hs", MESSAGE) + throw() + chain("hs", "t")
    case = play(
        start(),
        undoable("a"),
        user("o"),
        chain("s", "a", "o"),
        node("subProcess", "h", undo, triggeredByEvent="true"),
    ).start(k=0, case_number="1")
    case.complete("a")
    case.deliver("msg", "1")

    assert [h.element_id for h in case.happenings("compensating")] == ["undo_a"]
    assert case.ended == "completed"


def test_a_handler_that_fails_is_an_incident_and_goes_on_after_a_retry(play):
    answers = [None, {"ok": 1}]

    def undo(_inputs):
        answer = answers.pop(0)
        if answer is None:
            raise OSError
        return answer

    handler = node(
        "serviceTask",
        "undo_a",
        extended(zeebe("taskDefinition", type="undo")),
        isForCompensation="true",
    )
    case = play(
        start(),
        undoable("a", handler),
        throw(),
        user("n"),
        chain("s", "a", "t", "n"),
        services={"undo": undo},
    ).start()
    case.complete("a")
    assert [i.element_id for i in case.incidents] == ["undo_a"]

    case.retry("undo_a")
    assert case.open == ["n"]


def test_the_end_event_undoes_before_it_ends(play):
    case = play(
        start(),
        undoable("a"),
        script("k0", "0", "k"),
        end("e", COMPENSATION),
        chain("s", "k0", "a", "e"),
    ).start()
    case.complete("a")

    assert case.ended == "completed"
    assert case.outcome == "e"
    assert case.variables["undone_a"] == 0
