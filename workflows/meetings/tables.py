"""The rows of meetings."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.bodies.tables import BodyMemberRow, BodyRow
from workflows.cases.tables import CaseRow
from workflows.meetings.model import MeetingStatus, PointKind, Presence


class MeetingRow(Base):
    """A meeting of a body."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index(None, "body_key", "starts_at"),
        Index(None, "status", "starts_at"),
        Index(None, "instance_id"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    body_key: Mapped[str] = mapped_column(ForeignKey(BodyRow.key))
    sequence: Mapped[int]
    starts_at: Mapped[datetime]
    minutes_long: Mapped[int]
    place: Mapped[str]
    reason: Mapped[str]
    status: Mapped[MeetingStatus]
    instance_id: Mapped[UUID | None]
    planned_at: Mapped[datetime]
    planned_by: Mapped[str]
    agenda_approved_at: Mapped[datetime | None]
    agenda_approved_by: Mapped[str | None]
    called_at: Mapped[datetime | None]
    invited_at: Mapped[datetime | None]
    invited_for: Mapped[datetime | None]
    held_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    cancelled_reason: Mapped[str | None]
    version: Mapped[int]
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None]


class AgendaPointRow(Base):
    """A point of an agenda, and later its minutes."""

    __tablename__ = "agenda_point"
    __table_args__ = (
        Index(None, "meeting_number", "position"),
        Index(None, "reference"),
        Index(None, "case_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    position: Mapped[int]
    kind: Mapped[PointKind]
    code: Mapped[str | None]
    title: Mapped[str]
    explanation: Mapped[str]
    warning: Mapped[str | None]
    case_number: Mapped[str | None] = mapped_column(ForeignKey(CaseRow.number))
    reference: Mapped[str | None]
    added_by: Mapped[str]
    added_at: Mapped[datetime]
    discussion: Mapped[str]
    conclusion: Mapped[str]
    decision: Mapped[str]
    version: Mapped[int]
    changed_at: Mapped[datetime | None]
    changed_by: Mapped[str | None]


class AttendanceRow(Base):
    """Whether a member was at a meeting."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("meeting_number", "member_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    member_id: Mapped[UUID] = mapped_column(ForeignKey(BodyMemberRow.id))
    presence: Mapped[Presence]
    replaced_by: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]


class MeetingLineRow(Base):
    """What happened around a meeting: a reminder, an approval, a move."""

    __tablename__ = "meeting_line"
    __table_args__ = (Index(None, "meeting_number", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    at: Mapped[datetime]
    by: Mapped[str]
    text: Mapped[str]
