"""Queries on inspections."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownError
from workflows.inspections.model import (
    Finding,
    Inspection,
    InspectionKind,
    InspectionStatus,
    is_recent,
    parse_evaluation,
)
from workflows.inspections.tables import FindingRow, InspectionRow


def inspection(session: Session, inspection_id: UUID) -> Inspection:
    """Return an inspection with its findings; raise ``UnknownError`` without."""
    return _with_findings(session, [inspection_row(session, inspection_id)])[0]


def inspection_row(session: Session, inspection_id: UUID) -> InspectionRow:
    """Return the row of an inspection, to be changed."""
    row = session.get(InspectionRow, inspection_id)
    if row is None:
        raise UnknownError(inspection_id, "Het onderzoek")
    return row


def finding_rows(session: Session, inspection_id: UUID) -> Sequence[FindingRow]:
    """Return the rows of the findings of an inspection, in order."""
    query = (
        select(FindingRow)
        .where(FindingRow.inspection_id == inspection_id)
        .order_by(FindingRow.position)
    )
    return session.scalars(query).all()


def inspections_of(session: Session, case_number: str) -> list[Inspection]:
    """Return the inspections of a case, the oldest first."""
    query = (
        select(InspectionRow)
        .where(InspectionRow.case_number == case_number)
        .order_by(InspectionRow.planned_at, InspectionRow.id)
    )
    return _with_findings(session, session.scalars(query).all())


def planned_row(
    session: Session, case_number: str, kind: InspectionKind
) -> InspectionRow | None:
    """Return the row of the visit of this kind that is planned."""
    query = (
        select(InspectionRow)
        .where(
            InspectionRow.case_number == case_number,
            InspectionRow.kind == kind,
            InspectionRow.status == InspectionStatus.PLANNED,
        )
        .order_by(InspectionRow.planned_at.desc())
        .limit(1)
    )
    return session.scalar(query)


def reusable(session: Session, unit_id: UUID, *, on: date) -> UUID | None:
    """Return the conform inspection of a unit that may be reused on a day."""
    query = (
        select(InspectionRow.id, InspectionRow.inspected_on)
        .where(InspectionRow.unit_id == unit_id, InspectionRow.conform.is_(True))
        .order_by(InspectionRow.inspected_on.desc())
    )
    for found, inspected_on in session.execute(query):
        if inspected_on is not None and is_recent(inspected_on, on=on):
            return found
    return None


def _with_findings(session: Session, rows: Sequence[InspectionRow]) -> list[Inspection]:
    query = (
        select(FindingRow)
        .where(FindingRow.inspection_id.in_([row.id for row in rows]))
        .order_by(FindingRow.inspection_id, FindingRow.position)
    )
    findings: dict[UUID, list[Finding]] = defaultdict(list)
    for each in session.scalars(query):
        findings[each.inspection_id].append(_to_finding(each))
    return [_to_inspection(row, tuple(findings[row.id])) for row in rows]


def _to_finding(row: FindingRow) -> Finding:
    return Finding(
        rubric=row.rubric,
        item=row.item,
        category=row.category,
        room=row.room,
        note=row.note,
        photos=tuple(row.photos),
        outcome=row.outcome,
    )


def _to_inspection(row: InspectionRow, findings: tuple[Finding, ...]) -> Inspection:
    return Inspection(
        id=row.id,
        case_number=row.case_number,
        unit_id=row.unit_id,
        kind=row.kind,
        status=row.status,
        inspector=row.inspector,
        planned_at=row.planned_at,
        inspected_on=row.inspected_on,
        form_version=row.form_version,
        occupants=row.occupants,
        occupancy_norm=row.occupancy_norm,
        note=row.note,
        regime=row.regime,
        evaluation=parse_evaluation(row.evaluation) if row.evaluation else None,
        rule_set=row.rule_set,
        findings=findings,
    )
