"""Queries on reports."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.errors import UnknownError
from workflows.reports.model import Report
from workflows.reports.tables import ReportRow


def report(session: Session, report_id: UUID) -> Report:
    """Return a report; raise ``UnknownError`` without."""
    return _to_report(report_row(session, report_id))


def report_row(session: Session, report_id: UUID) -> ReportRow:
    """Return the row of a report, to be changed."""
    row = session.get(ReportRow, report_id)
    if row is None:
        raise UnknownError(report_id, "Het technisch verslag")
    return row


def reports_of(session: Session, case_number: str) -> list[Report]:
    """Return the reports of a case, the newest first."""
    query = (
        select(ReportRow)
        .where(ReportRow.case_number == case_number)
        .order_by(ReportRow.created_at.desc(), ReportRow.version.desc())
    )
    return [_to_report(row) for row in session.scalars(query)]


def last_version(session: Session, inspection_id: UUID) -> int:
    """Return the highest version of the report of an inspection, 0 without."""
    query = select(func.max(ReportRow.version)).where(
        ReportRow.inspection_id == inspection_id
    )
    return session.scalar(query) or 0


def _to_report(row: ReportRow) -> Report:
    return Report(
        id=row.id,
        case_number=row.case_number,
        inspection_id=row.inspection_id,
        version=row.version,
        summary=row.summary,
        conform=row.conform,
        result=row.result,
        signed_by=row.signed_by,
        signed_at=row.signed_at,
        sent_at=row.sent_at,
        vlok_reference=row.vlok_reference,
        document_id=row.document_id,
        sha256=row.sha256,
    )
