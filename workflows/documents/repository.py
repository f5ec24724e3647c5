"""Queries on documents."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.documents.model import Document
from workflows.documents.tables import DocumentRow
from workflows.errors import UnknownError


def document(session: Session, document_id: UUID) -> Document:
    """Return a document without its bytes; raise ``UnknownError`` without."""
    return _to_document(_row(session, document_id))


def content(session: Session, document_id: UUID) -> bytes:
    """Return the bytes of a document."""
    return _row(session, document_id).content


def documents_of(session: Session, case_number: str) -> list[Document]:
    """Return the documents of a case, the newest first."""
    query = (
        select(DocumentRow)
        .where(DocumentRow.case_number == case_number)
        .order_by(DocumentRow.created_at.desc(), DocumentRow.id)
    )
    return [_to_document(row) for row in session.scalars(query)]


def _row(session: Session, document_id: UUID) -> DocumentRow:
    row = session.get(DocumentRow, document_id)
    if row is None:
        raise UnknownError(document_id, "Het document")
    return row


def _to_document(row: DocumentRow) -> Document:
    return Document(
        id=row.id,
        case_number=row.case_number,
        kind=row.kind,
        title=row.title,
        file_name=row.file_name,
        size=row.size,
        sha256=row.sha256,
        created_at=row.created_at,
        created_by=row.created_by,
    )
