"""Saved states: what is in them, and that old ones load for ever."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task

from engine.spiff import state
from engine.spiff.case import Case, CaseSub
from engine.spiff.course import Course
from engine.spiff.effects import Effects
from engine.spiff.expressions import Expressions
from engine.spiff.guard import LIARS, UntruthfulError
from engine.spiff.runner import SpiffRunner
from engine.spiff.task import CaseTask
from engine.spiff.variables import Variables
from engine.step import Saved, TaskOpened
from engine.testing import NEW_YEAR, Harness
from tests.unit.engine.spiff.drawing import MESSAGE, boundary, chain, start, user

STATES = sorted((Path(__file__).parent / "states").glob("*.json"))


def saved_case(path):
    """Return a harness that goes on from a saved state, and what comes then."""
    kept = json.loads(path.read_text())
    files = {name: text.encode() for name, text in kept["files"].items()}
    case = Harness(files=files)
    variables = {int(scope): texts for scope, texts in kept["variables"].items()}
    case.saved = Saved(state=json.dumps(kept["state"]), variables=variables)
    return case, kept


@pytest.mark.parametrize("path", STATES, ids=lambda path: path.stem)
def test_a_state_of_an_earlier_release_loads_and_goes_on_to_its_end(path):
    case, kept = saved_case(path)
    for element_id, data in kept["then"]:
        live = case.runner.live(case.saved)
        token = next(t for t, found in live.items() if found == element_id)
        case.complete(token, **data)

    assert case.ended == "completed"
    assert case.outcome == kept["outcome"]
    assert {k: str(v) for k, v in case.variables.items()} == kept["result"]


def test_there_are_states_of_the_present_format():
    formats = {json.loads(path.read_text())["state"]["format"] for path in STATES}

    assert state.FORMAT in formats


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format": 0}', '{"format": "1"}']
)
def test_what_is_no_state_is_refused(text):
    with pytest.raises(state.UnknownFormatError):
        state.read(text)


def test_the_state_of_a_newer_release_is_refused_with_a_sentence():
    newer = json.dumps({"format": state.FORMAT + 1})

    with pytest.raises(state.UnknownFormatError, match="nieuwere versie"):
        state.read(newer)


def test_an_old_state_is_lifted_format_by_format(monkeypatch):
    monkeypatch.setattr(state, "FORMAT", 3)
    monkeypatch.setitem(state.UPGRADES, 1, lambda old: old | {"second": True})
    monkeypatch.setitem(state.UPGRADES, 2, lambda old: old | {"third": old["second"]})

    assert state.read('{"format": 1}')["third"] is True
    assert "third" in state.read('{"format": 2, "second": 1}')


def test_each_format_but_the_present_one_has_its_upgrade():
    assert set(state.UPGRADES) == set(range(1, state.FORMAT))


def test_a_state_holds_live_tokens_only(play):
    case = play(start(), user("a"), user("b"), user("c"), chain("s", "a", "b", "c"))
    case.start()
    case.complete("a")
    case.complete("b")

    assert list(case.runner.live(case.saved).values()) == ["c"]


def test_a_listening_boundary_event_is_no_live_token(play):
    case = play(start(), user(), boundary("b", "u", MESSAGE), chain("s", "u"))

    case.start(case_number="1")
    assert list(case.runner.live(case.saved).values()) == ["u"]


def case_of(play):
    bundle = play(start(), user(), chain("s", "u")).bundle
    world = None
    course = Course(
        world=world,
        variables=Variables(),
        effects=Effects(),
        expressions=Expressions(NEW_YEAR, "Europe/Brussels"),
    )
    course.variables.open(None)
    return Case(bundle.specs["p"], course, None)


@pytest.mark.parametrize("name", LIARS)
def test_an_inherited_method_that_would_lie_raises(play, name):
    case = case_of(play)
    kept = {("CaseTask", "cancel")}
    guarded = [
        one
        for one in (case, CaseTask(case, case.spec.start))
        if hasattr(one, name) and (type(one).__name__, name) not in kept
    ]

    assert guarded
    for one in guarded:
        with pytest.raises(UntruthfulError):
            getattr(one, name)()


@pytest.mark.parametrize("name", LIARS)
def test_each_guarded_method_exists_upstream(name):
    assert any(hasattr(cls, name) for cls in (BpmnWorkflow, BpmnSubWorkflow, Task))


def test_each_public_method_upstream_is_guarded_or_kept_true():
    kept = {
        "collect_log_extras",
        "create_subprocess",
        "get_task_from_id",
        "data_objects",
        "depth",
        "parent_task_id",
        "parent_workflow",
        "script_engine",
        "top_workflow",
    }
    for ours, theirs in ((Case, BpmnWorkflow), (CaseSub, BpmnSubWorkflow)):
        public = {name for name in dir(theirs) if not name.startswith("_")}

        assert public - set(LIARS) - kept == set(), ours


def test_two_cases_share_one_bundle_and_nothing_else():
    runner = SpiffRunner()
    content = Path(__file__).parent / "states"
    kept = json.loads(min(content.glob("*.json")).read_text())
    files = {name: text.encode() for name, text in kept["files"].items()}
    one, other = (
        Harness(files=files, runner=runner),
        Harness(files=files, runner=runner),
    )
    other.bundle = one.bundle
    one.start(n=1, items=[1], case_number="1")
    other.start(n=2, items=[2, 3], case_number="2")

    assert one.variables["n"] == 1
    assert other.variables["n"] == 2
    assert all(isinstance(task, TaskOpened) for task in [*one.tasks, *other.tasks])


def test_threads_may_share_a_runner_and_a_bundle():
    kept = json.loads(
        (Path(__file__).parent / "states" / "format1_loop_with_timer.json").read_text()
    )
    files = {name: text.encode() for name, text in kept["files"].items()}
    runner = SpiffRunner()
    bundle = Harness(files=files, runner=runner).bundle

    def story(number):
        case = Harness(files=files, runner=runner)
        case.bundle = bundle
        case.start(n=number % 4)
        while case.open:
            case.complete(case.open[0])
        return case.outcome, case.variables["n"]

    with ThreadPoolExecutor(max_workers=4) as pool:
        stories = list(pool.map(story, range(40)))

    assert set(stories) == {("done", 4)}
