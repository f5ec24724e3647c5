"""Where a case stands in its drawings: the steps done, under way, stuck, late."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model import HumanTask, Incident, JournalEntry, TaskState
from engine.persistence.unit_of_work import UnitOfWork
from web.diagram import CALL, DrawnStep, element_names, steps_of
from web.dutch import short_day
from web.services import services
from workflows.cases.model import Case

DONE_KINDS = frozenset(
    {
        "task_completed",
        "completed",
        "reached",
        "fired",
        "called",
        "decision",
        "timer_fired",
        "message_received",
        "service_called",
        "decision_evaluated",
    }
)
WORDS = {"done": "klaar", "busy": "bezig", "late": "te laat", "error": "vastgelopen"}
BADGES = {"done": "✓", "busy": "● bezig", "late": "! te laat", "error": "! vast"}
DRAWING_NAMES = {
    "svk_intake.bpmn": "Inhuurneming",
    "technical_report.bpmn": "Technisch verslag",
    "required_works.bpmn": "Uit te voeren werken",
    "conformity_certificate.bpmn": "Conformiteitsattest",
    "certificate_validity.bpmn": "Geldigheid van het attest",
}
"""How the tabs call the files, in the order in which a case passes them."""
_ORDER = {name: place for place, name in enumerate(DRAWING_NAMES)}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedStep:
    """A drawn step with its state; *state* is empty for what is still to come."""

    step: DrawnStep
    state: str
    note: str

    @property
    def badge(self) -> str:
        """What the picture shows at the shape."""
        return BADGES.get(self.state, "")

    @property
    def words(self) -> str:
        """The state in words."""
        return WORDS.get(self.state, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDiagram:
    """The drawing that is shown, the others that there are, and the list beside it."""

    chosen: str
    names: list[str]
    steps: list[PlacedStep]
    element_names: Mapping[str, str]


def diagram_of(
    work: UnitOfWork, case: Case, entries: Iterable[JournalEntry], *, asked: str
) -> CaseDiagram | None:
    """Return the drawing that was asked for, or the one where the case waits."""
    engine = services().engine
    instance = engine.instances.get(work, case.instance_id)
    files = engine.definitions.get(work, instance.bundle_hash).files
    drawings = {
        name: steps_of(content)
        for name, content in sorted(files.items())
        if name.endswith(".bpmn")
    }
    if not drawings:
        return None
    states = _states(work, case, entries)
    chosen = asked if asked in drawings else _where(drawings, states)
    shown = [_place(step, states) for step in drawings[chosen]]
    named = [element_names(files[name]) for name in drawings]
    return CaseDiagram(
        chosen=chosen,
        names=in_order(drawings),
        steps=shown,
        element_names=dict(ChainMap(*named)),
    )


def in_order(names: Iterable[str]) -> list[str]:
    """Sort names of drawings as a case passes them, unknown ones last."""
    return sorted(names, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))


def _states(
    work: UnitOfWork, case: Case, entries: Iterable[JournalEntry]
) -> Mapping[str, tuple[str, str]]:
    """Return state and note per element; what is worse overrides."""
    engine = services().engine
    today = work.now.date()
    states = {
        entry.element_id: ("done", short_day(entry.at, today=today))
        for entry in entries
        if entry.element_id and entry.kind in DONE_KINDS
    }
    waiting = engine.instances.waiting_at(work, case.instance_id)
    states |= dict.fromkeys(waiting, ("busy", ""))
    tasks = engine.tasks.of_instance(work, case.instance_id)
    states |= {task.element_id: _of_task(task, work.now) for task in _open(tasks)}
    incidents = engine.incidents.of_instance(work, case.instance_id)
    states |= {each.element_id: ("error", "") for each in _unresolved(incidents)}
    return states


def _open(tasks: Iterable[HumanTask]) -> list[HumanTask]:
    return [task for task in tasks if task.state is TaskState.OPEN]


def _unresolved(incidents: Iterable[Incident]) -> list[Incident]:
    return [each for each in incidents if each.resolved_at is None]


def _of_task(task: HumanTask, now: datetime) -> tuple[str, str]:
    if task.due_at is None:
        return "busy", ""
    day = short_day(task.due_at, today=now.date())
    return ("late", f"sinds {day}") if task.due_at <= now else ("busy", f"voor {day}")


def _where(
    drawings: Mapping[str, list[DrawnStep]], states: Mapping[str, tuple[str, str]]
) -> str:
    """Return the drawing with most that is under way, then with most that is done."""

    def weight(name: str) -> tuple[int, int]:
        # A call activity waits as long as what it calls: it doesn't count.
        own = [step for step in drawings[name] if step.kind != CALL]
        found = [states.get(step.id, ("", ""))[0] for step in own]
        under_way = sum(state in {"busy", "late", "error"} for state in found)
        return under_way, sum(state == "done" for state in found)

    return max(drawings, key=weight)


def _place(step: DrawnStep, states: Mapping[str, tuple[str, str]]) -> PlacedStep:
    state, note = states.get(step.id, ("", ""))
    return PlacedStep(step=step, state=state, note=note)
