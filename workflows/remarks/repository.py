"""Queries on remarks, giving model values."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownError
from workflows.meetings.model import PointKind
from workflows.remarks.model import Remark, RemarkStatus, Step, StepLoad
from workflows.remarks.tables import RemarkRow
from workflows.work_groups.repository import on_an_agenda


def remark(session: Session, number: str) -> Remark:
    """Return a remark by its number; raise ``UnknownError`` without."""
    return _to_remark(remark_row(session, number))


def remark_or_none(session: Session, number: str) -> Remark | None:
    """Return a remark by its number, or nothing."""
    row = session.get(RemarkRow, number)
    return None if row is None else _to_remark(row)


def remark_row(session: Session, number: str, *, locked: bool = False) -> RemarkRow:
    """Return the row of a remark, to be changed; *locked* keeps others off it."""
    row = session.get(
        RemarkRow, number, with_for_update=locked, populate_existing=locked
    )
    if row is None:
        raise UnknownError(number, "De opmerking")
    return row


def remarks(
    session: Session,
    *,
    author: str | None = None,
    statuses: Collection[RemarkStatus] = (),
    bundle_key: str | None = None,
) -> list[Remark]:
    """Return the remarks, the newest first."""
    query = select(RemarkRow).order_by(
        RemarkRow.pinned_at.desc(), RemarkRow.number.desc()
    )
    if author is not None:
        query = query.where(RemarkRow.author == author)
    if statuses:
        query = query.where(RemarkRow.status.in_(statuses))
    if bundle_key is not None:
        query = query.where(RemarkRow.bundle_key == bundle_key)
    return [_to_remark(row) for row in session.scalars(query)]


def waiting(session: Session, body_key: str) -> list[Remark]:
    """Return the remarks that a body must decide and that stand on no agenda."""
    query = (
        select(RemarkRow)
        .where(RemarkRow.body_key == body_key, RemarkRow.status == RemarkStatus.PINNED)
        .where(~on_an_agenda(RemarkRow.number, PointKind.REMARK))
        .order_by(RemarkRow.pinned_at, RemarkRow.number)
    )
    return [_to_remark(row) for row in session.scalars(query)]


def on_step(session: Session, step: Step) -> list[Remark]:
    """Return the remarks on the same step, in whichever version, the newest first."""
    query = (
        select(RemarkRow)
        .where(
            RemarkRow.bundle_key == step.bundle_key,
            RemarkRow.process_id == step.process_id,
            RemarkRow.element_id == step.element_id,
        )
        .order_by(RemarkRow.pinned_at.desc(), RemarkRow.number.desc())
    )
    return [_to_remark(row) for row in session.scalars(query)]


def _to_remark(row: RemarkRow) -> Remark:
    return Remark(
        step=Step(**_named(row, Step)),
        load=StepLoad(**_named(row, StepLoad)),
        **_named(row, Remark, without={"step", "load"}),
    )


def _named(
    row: RemarkRow,
    kind: type[Step | StepLoad | Remark],
    without: Collection[str] = (),
) -> dict[str, Any]:
    """Read the columns of a row that bear the names of the fields of a value."""
    names = [each.name for each in fields(kind) if each.name not in without]
    return {name: getattr(row, name) for name in names}
