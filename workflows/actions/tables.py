"""The rows of action points and decisions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.actions.model import ActionState
from workflows.bodies.tables import BodyRow
from workflows.cases.tables import CaseRow
from workflows.meetings.tables import AgendaPointRow, MeetingRow


class ActionRow(Base):
    """An action point; *search* holds what the register looks in."""

    __tablename__ = "action_point"
    __table_args__ = (
        UniqueConstraint("number"),
        Index(None, "body_key", "state"),
        Index(None, "case_number"),
        Index(None, "owner", "state"),
        Index(None, "meeting_number"),
        Index(None, "state", "due_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    body_key: Mapped[str] = mapped_column(ForeignKey(BodyRow.key))
    meeting_number: Mapped[str | None] = mapped_column(ForeignKey(MeetingRow.number))
    point_id: Mapped[UUID | None] = mapped_column(ForeignKey(AgendaPointRow.id))
    case_number: Mapped[str | None] = mapped_column(ForeignKey(CaseRow.number))
    text: Mapped[str]
    owner: Mapped[str | None]
    owner_name: Mapped[str]
    due_on: Mapped[date]
    state: Mapped[ActionState]
    result: Mapped[str]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    instance_id: Mapped[UUID | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    search: Mapped[str]


class DecisionRow(Base):
    """What a body decided; *search* holds what the register looks in."""

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("number"),
        Index(None, "body_key", "decided_on"),
        Index(None, "case_number"),
        Index(None, "meeting_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str]
    body_key: Mapped[str] = mapped_column(ForeignKey(BodyRow.key))
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    point_id: Mapped[UUID | None] = mapped_column(ForeignKey(AgendaPointRow.id))
    case_number: Mapped[str | None] = mapped_column(ForeignKey(CaseRow.number))
    title: Mapped[str]
    text: Mapped[str]
    decided_on: Mapped[date]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
    search: Mapped[str]
