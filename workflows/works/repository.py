"""Queries on required works."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownError
from workflows.works.model import Work, WorksList
from workflows.works.tables import ProofRow, WorkRow, WorksListRow


def works_of(session: Session, case_number: str) -> list[WorksList]:
    """Return the lists of works of a case, the newest first."""
    query = (
        select(WorksListRow)
        .where(WorksListRow.case_number == case_number)
        .order_by(WorksListRow.recorded_at.desc(), WorksListRow.id)
    )
    rows = session.scalars(query).all()
    lines = _lines(session, [row.id for row in rows])
    return [_to_list(row, tuple(lines[row.id])) for row in rows]


def newest_row(session: Session, case_number: str) -> WorksListRow | None:
    """Return the row of the newest list of a case."""
    query = (
        select(WorksListRow)
        .where(WorksListRow.case_number == case_number)
        .order_by(WorksListRow.recorded_at.desc())
        .limit(1)
    )
    return session.scalar(query)


def proof_rows(session: Session, case_number: str) -> Sequence[ProofRow]:
    """Return the proofs of a case, the oldest first; their bytes are not read."""
    query = (
        select(ProofRow)
        .where(ProofRow.case_number == case_number)
        .order_by(ProofRow.created_at, ProofRow.id)
    )
    return session.scalars(query).all()


def proof_row(session: Session, proof_id: UUID) -> ProofRow:
    """Return a proof; raise ``UnknownError`` without."""
    row = session.get(ProofRow, proof_id)
    if row is None:
        raise UnknownError(proof_id, "Het bewijsstuk")
    return row


def _lines(session: Session, list_ids: list[UUID]) -> dict[UUID, list[Work]]:
    query = (
        select(WorkRow)
        .where(WorkRow.list_id.in_(list_ids))
        .order_by(WorkRow.list_id, WorkRow.position)
    )
    lines: dict[UUID, list[Work]] = defaultdict(list)
    for row in session.scalars(query):
        lines[row.list_id].append(_to_work(row))
    return lines


def _to_work(row: WorkRow) -> Work:
    return Work(
        rubric=row.rubric,
        category=row.category,
        room=row.room,
        goal=row.goal,
        proof=row.proof,
        must=row.must,
    )


def _to_list(row: WorksListRow, works: tuple[Work, ...]) -> WorksList:
    return WorksList(
        id=row.id,
        case_number=row.case_number,
        inspection_id=row.inspection_id,
        recorded_at=row.recorded_at,
        done_on=row.done_on,
        remarks=row.remarks,
        document_id=row.document_id,
        works=works,
    )
