"""The rows of deadlines."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.cases.tables import CaseRow


class DeadlineRow(Base):
    """A term of a case, counted once and never moved."""

    __tablename__ = "deadline"
    __table_args__ = (Index(None, "case_number", "kind"), Index(None, "due_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    kind: Mapped[str]
    starts_on: Mapped[date]
    period: Mapped[str]
    due_at: Mapped[datetime]
    reminder_at: Mapped[datetime | None]
    warning_at: Mapped[datetime | None]
    agenda_at: Mapped[datetime | None]
    derivation: Mapped[str]
    started_at: Mapped[datetime]
    met_at: Mapped[datetime | None]
    breached_at: Mapped[datetime | None]
    breach_reason: Mapped[str | None]
