"""Queries on papers."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.errors import UnknownError
from workflows.papers.model import Paper
from workflows.papers.tables import PaperRow


def paper(session: Session, paper_id: UUID) -> Paper:
    """Return a paper without its bytes; raise ``UnknownError`` without."""
    return _to_paper(_row(session, paper_id))


def content(session: Session, paper_id: UUID) -> bytes:
    """Return the bytes of a paper."""
    return _row(session, paper_id).content


def papers_of(session: Session, meeting_number: str) -> list[Paper]:
    """Return the papers of a meeting, the newest first."""
    query = (
        select(PaperRow)
        .where(PaperRow.meeting_number == meeting_number)
        .order_by(PaperRow.created_at.desc(), PaperRow.id.desc())
    )
    return [_to_paper(row) for row in session.scalars(query)]


def _row(session: Session, paper_id: UUID) -> PaperRow:
    row = session.get(PaperRow, paper_id)
    if row is None:
        raise UnknownError(paper_id, "Het stuk")
    return row


def _to_paper(row: PaperRow) -> Paper:
    return Paper(
        id=row.id,
        meeting_number=row.meeting_number,
        kind=row.kind,
        audience=row.audience,
        title=row.title,
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        created_at=row.created_at,
        created_by=row.created_by,
    )
