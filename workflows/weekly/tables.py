"""The rows of the weekly meeting: its list, what was said, what was planned."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.types import JsonText
from workflows.cases.tables import CaseRow
from workflows.meetings.tables import MeetingRow
from workflows.weekly.model import EntryKind, PlanKind, Section


class WeeklyCaseRow(Base):
    """The place of a case on the list of a meeting; it stays while they talk."""

    __tablename__ = "weekly_case"

    meeting_number: Mapped[str] = mapped_column(
        ForeignKey(MeetingRow.number), primary_key=True
    )
    case_number: Mapped[str] = mapped_column(
        ForeignKey(CaseRow.number), primary_key=True
    )
    position: Mapped[int]
    section: Mapped[Section]


class WeeklyEntryRow(Base):
    """What a meeting said of a case; without *kind* it was not discussed yet."""

    __tablename__ = "weekly_entry"
    __table_args__ = (
        UniqueConstraint("meeting_number", "case_number"),
        Index(None, "case_number", "kind"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    kind: Mapped[EntryKind | None]
    note: Mapped[str]
    decision: Mapped[str]
    reason: Mapped[str]
    concludes: Mapped[list[str]] = mapped_column(JsonText)
    version: Mapped[int]
    written_at: Mapped[datetime]
    written_by: Mapped[str]


class WeeklyPlanRow(Base):
    """A change of the planning of a case, carried out when the meeting closes."""

    __tablename__ = "weekly_plan"
    __table_args__ = (Index(None, "entry_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    entry_id: Mapped[UUID] = mapped_column(ForeignKey(WeeklyEntryRow.id))
    kind: Mapped[PlanKind]
    task_id: Mapped[UUID | None]
    text: Mapped[str]
    owner: Mapped[str | None]
    owner_name: Mapped[str]
    due_on: Mapped[date | None]
    outcome: Mapped[str]
    planned_at: Mapped[datetime]
    planned_by: Mapped[str]
