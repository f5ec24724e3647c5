"""The phases that can still follow, as the drawing of a case has them."""

from collections.abc import Iterable

from engine.model import JournalEntry
from engine.persistence.unit_of_work import UnitOfWork
from web.course import CourseStep, StepState
from web.diagram import milestones_of
from web.services import services
from workflows.cases.model import PROCESSES, Case, CaseStatus

_KNOWN: dict[tuple[str, str], tuple[str, ...]] = {}
"""Phases per bundle and process: read once, since a bundle never changes."""


def still_to_come(
    work: UnitOfWork, case: Case, entries: Iterable[JournalEntry]
) -> list[CourseStep]:
    """Return the phases of the main drawing that lie after where the case is."""
    if case.status is CaseStatus.CLOSED:
        return []
    phases = _phases(work, case)
    reached = [
        str(entry.facts.get("milestone"))
        for entry in entries
        if entry.kind == "milestone_reached"
    ]
    known = [phases.index(name) for name in reached if name in phases]
    ahead = phases[known[-1] + 1 :] if known else phases
    return [
        CourseStep(
            element_id="", name=name, state=StepState.AHEAD, note="Kan nog volgen"
        )
        for name in ahead
    ]


def _phases(work: UnitOfWork, case: Case) -> tuple[str, ...]:
    instance = services().engine.instances.get(work, case.instance_id)
    process_id = PROCESSES[case.kind]
    key = (instance.bundle_hash, process_id)
    if key not in _KNOWN:
        files = services().engine.definitions.get(work, instance.bundle_hash).files
        drawn = (milestones_of(content, process_id) for content in files.values())
        _KNOWN[key] = next((found for found in drawn if found), ())
    return _KNOWN[key]
