"""The rows of required works."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.cases.tables import CaseRow
from workflows.documents.tables import DocumentRow
from workflows.inspections.model import Category
from workflows.inspections.tables import InspectionRow


class WorksListRow(Base):
    """The works that followed from an inspection, as they were told."""

    __tablename__ = "works_list"
    __table_args__ = (Index(None, "case_number"), Index(None, "inspection_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    inspection_id: Mapped[UUID] = mapped_column(ForeignKey(InspectionRow.id))
    recorded_at: Mapped[datetime]
    done_on: Mapped[date | None]
    remarks: Mapped[str | None]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey(DocumentRow.id))


class WorkRow(Base):
    """One line of a list of works."""

    __tablename__ = "required_work"

    list_id: Mapped[UUID] = mapped_column(ForeignKey(WorksListRow.id), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rubric: Mapped[str]
    category: Mapped[Category]
    room: Mapped[str]
    goal: Mapped[str]
    proof: Mapped[str]
    must: Mapped[bool]


class ProofRow(Base):
    """A file that shows that works were done, with its bytes."""

    __tablename__ = "works_proof"
    __table_args__ = (Index(None, "case_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    works_list_id: Mapped[UUID | None] = mapped_column(ForeignKey(WorksListRow.id))
    file_name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
    created_by: Mapped[str]
