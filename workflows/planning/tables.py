"""The rows of the year, its school holidays, its escalations, its calendars."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.bodies.duty import DutyState
from workflows.bodies.tables import BodyRow


class SchoolHolidayRow(Base):
    """A school holiday, as the city entered it."""

    __tablename__ = "school_holiday"
    __table_args__ = (Index(None, "ends_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class ConsultationYearRow(Base):
    """A year that was opened; each year once."""

    __tablename__ = "consultation_year"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    instance_id: Mapped[UUID]
    checked_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class DutyEscalationRow(Base):
    """The ledger of duties that were late: each once."""

    __tablename__ = "duty_escalation"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    duty_key: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    words: Mapped[str]
    told: Mapped[str]
    at: Mapped[datetime]


class DutyOutcomeRow(Base):
    """How a duty stood when its year was closed."""

    __tablename__ = "duty_outcome"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    duty_key: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    state: Mapped[DutyState]
    words: Mapped[str]
    due_on: Mapped[date]


class CalendarFeedRow(Base):
    """A calendar to subscribe to; its secret is kept as a hash."""

    __tablename__ = "calendar_feed"
    __table_args__ = (UniqueConstraint("token_hash"), Index(None, "user_name"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    user_name: Mapped[str]
    body_key: Mapped[str | None] = mapped_column(ForeignKey(BodyRow.key))
    token_hash: Mapped[str]
    created_at: Mapped[datetime]
    last_read_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
