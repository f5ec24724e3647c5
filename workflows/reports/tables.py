"""The rows of reports."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.cases.tables import CaseRow
from workflows.documents.tables import DocumentRow
from workflows.inspections.tables import InspectionRow


class ReportRow(Base):
    """A version of a report."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("inspection_id", "version"),
        Index(None, "case_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey(InspectionRow.id))
    version: Mapped[int]
    summary: Mapped[str]
    conform: Mapped[bool]
    result: Mapped[str]
    created_at: Mapped[datetime]
    signed_by: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    vlok_reference: Mapped[str | None]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey(DocumentRow.id))
    sha256: Mapped[str | None]
