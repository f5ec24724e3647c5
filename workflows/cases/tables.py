"""The rows of cases."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.tables.instances import InstanceRow
from workflows.cases.model import CaseKind


class CaseRow(Base):
    """A case; where it stands is told by its process instance.

    *search* holds number, address, owner and organisation in lower case.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("year", "sequence"),
        UniqueConstraint("instance_id"),
        Index(None, "organisation_id", "opened_at"),
        Index(None, "opened_at"),
        Index(None, "unit_id"),
        Index(None, "inspector"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int]
    sequence: Mapped[int]
    kind: Mapped[CaseKind]
    organisation_id: Mapped[UUID | None] = mapped_column(ForeignKey("organisation.id"))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    address: Mapped[str]
    owner_name: Mapped[str]
    owner_email: Mapped[str | None]
    occupant_name: Mapped[str | None]
    inspector: Mapped[str | None]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey(InstanceRow.id))
    search: Mapped[str]
    received_on: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str]
    vlok_case: Mapped[str | None]
    vlok_inspection: Mapped[str | None]
    vlok_entity: Mapped[str | None]


class CaseNoteRow(Base):
    """A line on a case."""

    __tablename__ = "case_note"
    __table_args__ = (Index(None, "case_number", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey("case_file.number"))
    at: Mapped[datetime]
    by: Mapped[str]
    text: Mapped[str]
