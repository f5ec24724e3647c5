"""Use cases of inspections."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.cases.repository import case_row
from workflows.dwellings import repository as dwellings
from workflows.errors import InvalidDataError
from workflows.inspections import model, repository
from workflows.inspections.checklist import checklist_of
from workflows.inspections.completeness import without_photo
from workflows.inspections.model import (
    Evaluation,
    Finding,
    Inspection,
    InspectionKind,
    InspectionStatus,
)
from workflows.inspections.tables import FindingRow, InspectionRow
from workflows.uploads import repository as uploads


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A visit to a unit for a case."""

    case_number: str
    unit_id: UUID
    inspector: str
    at: datetime
    kind: InspectionKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What an inspector saw."""

    findings: tuple[Finding, ...]
    occupants: int | None
    occupancy_norm: int | None


def plan(work: UnitOfWork, visit: Visit) -> UUID:
    """Plan a visit, or move the one that is planned; the case gets its inspector."""
    row = repository.planned_row(work.session, visit.case_number, visit.kind)
    if row is None:
        row = InspectionRow(
            id=new_id(work.now),
            case_number=visit.case_number,
            kind=visit.kind,
            status=InspectionStatus.PLANNED,
        )
        work.session.add(row)
    row.unit_id = visit.unit_id
    row.inspector = visit.inspector
    row.planned_at = visit.at
    case_row(work.session, visit.case_number).inspector = visit.inspector
    work.session.flush()
    return row.id


def record(work: UnitOfWork, visit: Visit, seen: Seen) -> Inspection:
    """Record what was seen at a visit; it becomes an inspection.

    Raise ``InvalidDataError`` when the visit lies in the future.
    """
    inspected_on = local_day(visit.at)
    if inspected_on > local_day(work.now):
        sentence = "Een plaatsbezoek in de toekomst kan nog niet worden vastgelegd."
        raise InvalidDataError({"visit_at": sentence})
    row = repository.inspection_row(work.session, plan(work, visit))
    row.status = InspectionStatus.RECORDED
    row.inspected_on = inspected_on
    row.recorded_at = work.now
    row.form_version = model.form_version(inspected_on)
    row.occupants = seen.occupants
    row.occupancy_norm = seen.occupancy_norm
    for position, finding in enumerate(seen.findings, start=1):
        work.session.add(_to_row(row.id, position, finding))
    work.session.flush()
    return repository.inspection(work.session, row.id)


def no_access(work: UnitOfWork, visit: Visit, note: str) -> None:
    """Note that nobody opened the door."""
    row = repository.inspection_row(work.session, plan(work, visit))
    row.status = InspectionStatus.NO_ACCESS
    row.note = note or None
    work.session.flush()


def evaluate(
    work: UnitOfWork,
    inspection_id: UUID,
    *,
    regime: str,
    evaluation: Evaluation,
    rule_set: str,
) -> None:
    """Store how the decision tables judged an inspection, and by which version."""
    row = repository.inspection_row(work.session, inspection_id)
    row.regime = regime
    row.evaluation = asdict(evaluation)
    row.conform = evaluation.is_conform
    row.rule_set = rule_set
    work.session.flush()


def defects_to_check(work: UnitOfWork, case_number: str) -> list[Finding]:
    """Return the defects that the last inspection of a case left behind."""
    recorded = [
        inspection
        for inspection in repository.inspections_of(work.session, case_number)
        if inspection.status is InspectionStatus.RECORDED
    ]
    left = recorded[-1].findings if recorded else ()
    return [replace(each, outcome=None) for each in left if each.is_there]


def missing_photos(work: UnitOfWork, inspection_id: UUID) -> list[str]:
    """Name the serious defects of an inspection that no photo shows."""
    inspection = repository.inspection(work.session, inspection_id)
    kept = uploads.uploads_of(work.session, inspection.case_number)
    return without_photo(
        inspection.findings,
        known=frozenset(str(upload.id) for upload in kept),
        checklist=checklist_of(dwellings.unit(work.session, inspection.unit_id).type),
    )


def replace_photos(
    work: UnitOfWork, inspection_id: UUID, findings: Sequence[Finding]
) -> None:
    """Give the findings of an inspection the photos of *findings*, one by one.

    The rest of a finding stays as it was recorded. Raise ``InvalidDataError``
    when these are not the findings of the inspection.
    """
    rows = repository.finding_rows(work.session, inspection_id)
    if [row.item for row in rows] != [finding.item for finding in findings]:
        sentence = "Dit zijn niet de vaststellingen van dit onderzoek."
        raise InvalidDataError({"findings": sentence})
    for row, finding in zip(rows, findings, strict=True):
        row.photos = list(finding.photos)
    work.session.flush()


def _to_row(inspection_id: UUID, position: int, finding: Finding) -> FindingRow:
    return FindingRow(
        inspection_id=inspection_id,
        position=position,
        rubric=finding.rubric,
        item=finding.item,
        category=finding.category,
        room=finding.room,
        note=finding.note,
        photos=list(finding.photos),
        outcome=finding.outcome,
    )
