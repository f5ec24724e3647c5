"""Queries on the agenda."""

from uuid import UUID

from sqlalchemy import Row, Select, select
from sqlalchemy.orm import Session

from workflows.agenda.model import AgendaItem
from workflows.agenda.tables import AgendaItemRow
from workflows.cases.tables import CaseRow
from workflows.errors import UnknownError


def open_items(session: Session) -> list[AgendaItem]:
    """Return what the next meeting must discuss, the oldest first."""
    query = (
        _items()
        .where(AgendaItemRow.concluded_on.is_(None))
        .order_by(AgendaItemRow.added_at, AgendaItemRow.id)
    )
    return [_to_item(found) for found in session.execute(query)]


def items_of(session: Session, case_number: str) -> list[AgendaItem]:
    """Return the agenda items of a case, the newest first."""
    query = (
        _items()
        .where(AgendaItemRow.case_number == case_number)
        .order_by(AgendaItemRow.added_at.desc(), AgendaItemRow.id.desc())
    )
    return [_to_item(found) for found in session.execute(query)]


def item_row(session: Session, item_id: UUID) -> AgendaItemRow:
    """Return the row of an item, to be changed."""
    row = session.get(AgendaItemRow, item_id)
    if row is None:
        raise UnknownError(item_id, "Het agendapunt")
    return row


def open_row(session: Session, case_number: str, reason: str) -> AgendaItemRow | None:
    """Return the open item of a case with this reason."""
    query = select(AgendaItemRow).where(
        AgendaItemRow.case_number == case_number,
        AgendaItemRow.reason == reason,
        AgendaItemRow.concluded_on.is_(None),
    )
    return session.scalar(query)


def _items() -> Select[AgendaItemRow, str]:
    return select(AgendaItemRow, CaseRow.address).join(
        CaseRow, CaseRow.number == AgendaItemRow.case_number
    )


def _to_item(found: Row[AgendaItemRow, str]) -> AgendaItem:
    row, address = found
    return AgendaItem(
        id=row.id,
        case_number=row.case_number,
        address=address,
        reason=row.reason,
        added_at=row.added_at,
        concluded_on=row.concluded_on,
        conclusion=row.conclusion,
        concluded_by=row.concluded_by,
    )
