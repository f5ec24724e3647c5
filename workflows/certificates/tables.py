"""The rows of certificates."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.cases.tables import CaseRow
from workflows.certificates.model import CertificateStatus
from workflows.documents.tables import DocumentRow
from workflows.dwellings.tables import UnitRow
from workflows.inspections.tables import InspectionRow


class CertificateRow(Base):
    """A certificate or refusal; amounts are stored in cents."""

    __tablename__ = "certificate"
    __table_args__ = (
        UniqueConstraint("number"),
        Index(None, "case_number"),
        Index(None, "unit_id", "status"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str | None]
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey(UnitRow.id))
    inspection_id: Mapped[UUID | None] = mapped_column(ForeignKey(InspectionRow.id))
    status: Mapped[CertificateStatus]
    fee_cents: Mapped[int]
    fee_ground: Mapped[str]
    validity_years: Mapped[int]
    max_occupants: Mapped[int | None]
    prepared_at: Mapped[datetime]
    mayor: Mapped[str | None]
    mayor_signed_at: Mapped[datetime | None]
    general_director: Mapped[str | None]
    general_director_signed_at: Mapped[datetime | None]
    issued_on: Mapped[date | None]
    notified_at: Mapped[datetime | None]
    valid_until: Mapped[date | None]
    vlok_reference: Mapped[str | None]
    ground: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey(DocumentRow.id))
