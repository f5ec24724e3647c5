"""Queries on minutes, giving model values."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownError
from workflows.minutes.model import Comment, DraftAction, Minutes
from workflows.minutes.tables import DraftActionRow, MinutesCommentRow, MinutesRow


def minutes_of(session: Session, number: str) -> Minutes:
    """Return how far the minutes of a meeting are; there need not be any yet."""
    row = session.get(MinutesRow, number)
    return Minutes(meeting_number=number) if row is None else _to_minutes(row)


def minutes_of_all(session: Session, numbers: Iterable[str]) -> dict[str, Minutes]:
    """Return how far the minutes of these meetings are, of those that have any."""
    query = select(MinutesRow).where(MinutesRow.meeting_number.in_(list(numbers)))
    return {row.meeting_number: _to_minutes(row) for row in session.scalars(query)}


def minutes_row(session: Session, number: str) -> MinutesRow:
    """Return the row of the minutes of a meeting, locked; a new one when needed."""
    query = (
        select(MinutesRow)
        .where(MinutesRow.meeting_number == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalar(query)
    if row is None:
        row = MinutesRow(
            meeting_number=number,
            comments_told="",
            decision_reference="",
        )
        session.add(row)
        session.flush()
    return row


def approval_of(session: Session, number: str) -> tuple[datetime, str | None] | None:
    """Return when and by whom minutes were locked, None when they are not."""
    query = select(MinutesRow.approved_at, MinutesRow.approved_by).where(
        MinutesRow.meeting_number == number, MinutesRow.approved_at.is_not(None)
    )
    found = session.execute(query).first()
    if found is None or found[0] is None:
        return None
    return found[0], found[1]


def comments_of(session: Session, number: str) -> list[Comment]:
    """Return the comments on the minutes of a meeting, the oldest first."""
    query = (
        select(MinutesCommentRow)
        .where(MinutesCommentRow.meeting_number == number)
        .order_by(MinutesCommentRow.at, MinutesCommentRow.id)
    )
    return [_to_comment(row) for row in session.scalars(query)]


def comment_row(session: Session, comment_id: UUID) -> MinutesCommentRow:
    """Return the row of a comment, to be changed."""
    row = session.get(MinutesCommentRow, comment_id)
    if row is None:
        raise UnknownError(comment_id, "De opmerking")
    return row


def draft_actions_of(session: Session, number: str) -> list[DraftAction]:
    """Return the action points in the draft minutes of a meeting, in their order."""
    query = (
        select(DraftActionRow)
        .where(DraftActionRow.meeting_number == number)
        .order_by(DraftActionRow.id)
    )
    return [to_draft(row) for row in session.scalars(query)]


def draft_action_row(session: Session, action_id: UUID) -> DraftActionRow:
    """Return the row of an action point in draft minutes, to be dropped."""
    row = session.get(DraftActionRow, action_id)
    if row is None:
        raise UnknownError(action_id, "Het actiepunt")
    return row


def to_draft(row: DraftActionRow) -> DraftAction:
    """Return an action point of draft minutes as a value."""
    return DraftAction(
        id=row.id,
        meeting_number=row.meeting_number,
        point_id=row.point_id,
        text=row.text,
        owner=row.owner,
        owner_name=row.owner_name,
        due_on=row.due_on,
        case_number=row.case_number,
    )


def _to_minutes(row: MinutesRow) -> Minutes:
    return Minutes(
        meeting_number=row.meeting_number,
        comments_opened_at=row.comments_opened_at,
        comments_until=row.comments_until,
        comments_told=row.comments_told,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
        sent_at=row.sent_at,
        noted_on=row.noted_on,
        decision_reference=row.decision_reference,
        noted_by=row.noted_by,
    )


def _to_comment(row: MinutesCommentRow) -> Comment:
    return Comment(
        id=row.id,
        meeting_number=row.meeting_number,
        point_id=row.point_id,
        text=row.text,
        by=row.by,
        at=row.at,
        answer=row.answer,
        handled_at=row.handled_at,
        handled_by=row.handled_by,
    )
