"""Queries on notices."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.notices.model import Channel, Notice
from workflows.notices.tables import NoticeRow


def notices_of(session: Session, case_number: str) -> list[Notice]:
    """Return the notices of a case, the newest first."""
    query = (
        select(NoticeRow)
        .where(NoticeRow.case_number == case_number)
        .order_by(NoticeRow.written_at.desc(), NoticeRow.id.desc())
    )
    return [_to_notice(row) for row in session.scalars(query)]


def letters(session: Session, *, limit: int = 100) -> list[Notice]:
    """Return the notices that must be posted by hand, the newest first."""
    query = (
        select(NoticeRow)
        .where(NoticeRow.channel == Channel.LETTER)
        .order_by(NoticeRow.written_at.desc(), NoticeRow.id.desc())
        .limit(limit)
    )
    return [_to_notice(row) for row in session.scalars(query)]


def _to_notice(row: NoticeRow) -> Notice:
    return Notice(
        id=row.id,
        case_number=row.case_number,
        template=row.template,
        addressee=row.addressee,
        name=row.name,
        email=row.email,
        channel=row.channel,
        subject=row.subject,
        text=row.text,
        written_at=row.written_at,
        mail_id=row.mail_id,
    )
