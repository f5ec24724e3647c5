"""The rows of the agenda."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.cases.tables import CaseRow


class AgendaItemRow(Base):
    """A case on the list of the next meeting, and later its conclusion."""

    __tablename__ = "agenda_item"
    __table_args__ = (Index(None, "case_number"), Index(None, "concluded_on"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    reason: Mapped[str]
    added_at: Mapped[datetime]
    concluded_on: Mapped[date | None]
    conclusion: Mapped[str | None]
    concluded_by: Mapped[str | None]
