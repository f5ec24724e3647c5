"""Queries on deadlines."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from workflows.deadlines.model import Deadline, DeadlineStatus
from workflows.deadlines.tables import DeadlineRow


def deadlines_of(session: Session, case_number: str) -> list[Deadline]:
    """Return the deadlines of a case, the latest start first."""
    query = (
        select(DeadlineRow)
        .where(DeadlineRow.case_number == case_number)
        .order_by(DeadlineRow.started_at.desc(), DeadlineRow.due_at.desc())
    )
    return [to_deadline(row) for row in session.scalars(query)]


def running(session: Session, case_numbers: Sequence[str]) -> dict[str, Deadline]:
    """Return per case the open deadline that ends first, for lists."""
    query = (
        select(DeadlineRow)
        .where(DeadlineRow.case_number.in_(case_numbers), DeadlineRow.met_at.is_(None))
        .order_by(DeadlineRow.due_at.desc())
    )
    return {row.case_number: to_deadline(row) for row in session.scalars(query)}


def open_row(session: Session, case_number: str, kind: str) -> DeadlineRow | None:
    """Return the row of the open deadline of this kind that started last."""
    query = _newest(case_number, kind).where(DeadlineRow.met_at.is_(None))
    return session.scalar(query)


def newest_row(session: Session, case_number: str, kind: str) -> DeadlineRow | None:
    """Return the row of the deadline of this kind that started last."""
    return session.scalar(_newest(case_number, kind))


def _newest(case_number: str, kind: str) -> Select[DeadlineRow]:
    return (
        select(DeadlineRow)
        .where(DeadlineRow.case_number == case_number, DeadlineRow.kind == kind)
        .order_by(DeadlineRow.started_at.desc())
        .limit(1)
    )


def _status(row: DeadlineRow) -> DeadlineStatus:
    if row.breached_at is not None:
        return DeadlineStatus.BREACHED
    return DeadlineStatus.RUNNING if row.met_at is None else DeadlineStatus.MET


def to_deadline(row: DeadlineRow) -> Deadline:
    """Make a value of a row, for queries that join it."""
    return Deadline(
        id=row.id,
        case_number=row.case_number,
        kind=row.kind,
        starts_on=row.starts_on,
        period=row.period,
        due_at=row.due_at,
        reminder_at=row.reminder_at,
        warning_at=row.warning_at,
        agenda_at=row.agenda_at,
        derivation=row.derivation,
        status=_status(row),
        started_at=row.started_at,
        met_at=row.met_at,
        breached_at=row.breached_at,
        breach_reason=row.breach_reason,
    )
