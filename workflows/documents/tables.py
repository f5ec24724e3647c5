"""The rows of documents."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.types import JsonText
from workflows.cases.tables import CaseRow
from workflows.documents.model import DocumentKind


class DocumentRow(Base):
    """A PDF; *data* is what it was made of, with the hash of its template."""

    __tablename__ = "document"
    __table_args__ = (Index(None, "case_number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    kind: Mapped[DocumentKind]
    title: Mapped[str]
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str]
    data: Mapped[dict[str, object]] = mapped_column(JsonText, deferred=True)
    template_hash: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
