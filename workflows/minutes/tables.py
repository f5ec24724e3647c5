"""The rows of minutes."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.cases.tables import CaseRow
from workflows.meetings.tables import AgendaPointRow, MeetingRow


class MinutesRow(Base):
    """How far the minutes of a meeting are; their text stands with its points."""

    __tablename__ = "minutes"

    meeting_number: Mapped[str] = mapped_column(
        ForeignKey(MeetingRow.number), primary_key=True
    )
    comments_opened_at: Mapped[datetime | None]
    comments_until: Mapped[datetime | None]
    comments_told: Mapped[str] = mapped_column(default="")
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    noted_on: Mapped[date | None]
    decision_reference: Mapped[str] = mapped_column(default="")
    noted_by: Mapped[str | None]


class MinutesCommentRow(Base):
    """What a member says of draft minutes."""

    __tablename__ = "minutes_comment"
    __table_args__ = (Index(None, "meeting_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    point_id: Mapped[UUID | None] = mapped_column(ForeignKey(AgendaPointRow.id))
    text: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    answer: Mapped[str]
    handled_at: Mapped[datetime | None]
    handled_by: Mapped[str | None]


class DraftActionRow(Base):
    """An action point in draft minutes."""

    __tablename__ = "draft_action"
    __table_args__ = (Index(None, "meeting_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    point_id: Mapped[UUID] = mapped_column(ForeignKey(AgendaPointRow.id))
    text: Mapped[str]
    owner: Mapped[str | None]
    owner_name: Mapped[str]
    due_on: Mapped[date]
    case_number: Mapped[str | None] = mapped_column(ForeignKey(CaseRow.number))
