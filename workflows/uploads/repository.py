"""Queries on uploads."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownError
from workflows.uploads.model import Upload
from workflows.uploads.tables import UploadRow


def upload(session: Session, upload_id: UUID) -> Upload:
    """Return an upload without its bytes; raise ``UnknownError`` without."""
    return _to_upload(_row(session, upload_id))


def content(session: Session, upload_id: UUID) -> bytes:
    """Return the bytes of an upload."""
    return _row(session, upload_id).content


def uploads_of(session: Session, case_number: str) -> list[Upload]:
    """Return the photos of a case in the order in which they came."""
    query = (
        select(UploadRow)
        .where(UploadRow.case_number == case_number)
        .order_by(UploadRow.created_at, UploadRow.id)
    )
    return [_to_upload(row) for row in session.scalars(query)]


def contents(session: Session, upload_ids: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the bytes of several uploads; unknown ones are left out."""
    query = select(UploadRow.id, UploadRow.content).where(
        UploadRow.id.in_(list(upload_ids))
    )
    return {row.id: row.content for row in session.execute(query)}


def _row(session: Session, upload_id: UUID) -> UploadRow:
    row = session.get(UploadRow, upload_id)
    if row is None:
        raise UnknownError(upload_id, "De foto")
    return row


def _to_upload(row: UploadRow) -> Upload:
    return Upload(
        id=row.id,
        case_number=row.case_number,
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        width=row.width,
        height=row.height,
        sha256=row.sha256,
        created_at=row.created_at,
        created_by=row.created_by,
    )
