"""Use cases of technical reports."""

from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases.repository import case_file, case_row
from workflows.documents import service as documents
from workflows.documents.model import Document, DocumentKind
from workflows.dwellings import repository as dwellings
from workflows.errors import NotAllowedNowError
from workflows.inspections import repository as inspections
from workflows.inspections.checklist import checklist_of
from workflows.inspections.model import Evaluation, Inspection
from workflows.people import repository as people
from workflows.reports import repository
from workflows.reports.contents import Sources, contents
from workflows.reports.tables import ReportRow
from workflows.uploads import repository as uploads


def prepare(
    work: UnitOfWork, inspection_id: UUID, evaluation: Evaluation, *, summary: str
) -> UUID:
    """Make a new version of the report of an inspection."""
    inspection = inspections.inspection(work.session, inspection_id)
    row = ReportRow(
        id=new_id(work.now),
        case_number=inspection.case_number,
        inspection_id=inspection_id,
        version=repository.last_version(work.session, inspection_id) + 1,
        summary=summary,
        conform=evaluation.is_conform,
        result=evaluation.in_words,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return row.id


def sign(
    work: UnitOfWork, report_id: UUID, *, by: str, vlok_reference: str = ""
) -> Document:
    """Lock a report: make its PDF and keep the hash; it is never changed again."""
    row = repository.report_row(work.session, report_id)
    if row.signed_at is not None:
        sentence = "Dit verslag is al ondertekend en kan niet meer wijzigen."
        raise NotAllowedNowError(str(report_id), "signed", sentence)
    row.signed_by = by
    row.signed_at = work.now
    row.vlok_reference = vlok_reference or None
    if vlok_reference:
        case_row(work.session, row.case_number).vlok_inspection = vlok_reference
    document = _make(work, row)
    row.document_id = document.id
    row.sha256 = document.sha256
    work.session.flush()
    return document


def mark_sent(work: UnitOfWork, report_id: UUID) -> None:
    """Note that a signed report went out; the guarantee clock stops here."""
    row = repository.report_row(work.session, report_id)
    if row.signed_at is None:
        sentence = "Dit verslag is nog niet ondertekend."
        raise NotAllowedNowError(str(report_id), "draft", sentence)
    row.sent_at = row.sent_at or work.now
    work.session.flush()


def _make(work: UnitOfWork, row: ReportRow) -> Document:
    inspection = inspections.inspection(work.session, row.inspection_id)
    pictures = _pictures(work, inspection)
    sources = _sources(work, row, inspection, list(pictures))
    draft = documents.Draft(
        case_number=row.case_number,
        kind=DocumentKind.TECHNICAL_REPORT,
        title=f"Technisch verslag, versie {row.version} ({row.result.casefold()})",
        file_name=f"technisch-verslag-{row.case_number}-v{row.version}.pdf",
        data=contents(sources),
        pictures={f"{name}.jpg": content for name, content in pictures.items()},
    )
    return documents.make(work, draft, by=row.signed_by or "")


def _sources(
    work: UnitOfWork, row: ReportRow, inspection: Inspection, photos: list[str]
) -> Sources:
    found = case_file(work.session, row.case_number)
    if inspection.evaluation is None:
        sentence = "Dit onderzoek is nog niet beoordeeld."
        raise NotAllowedNowError(str(inspection.id), "unevaluated", sentence)
    unit = dwellings.unit(work.session, inspection.unit_id)
    return Sources(
        inspection=inspection,
        evaluation=inspection.evaluation,
        unit=unit,
        checklist=checklist_of(unit.type),
        owner=found.owner_name,
        applicant=found.organisation_name or "",
        inspector=people.full_name(work.session, row.signed_by or inspection.inspector),
        version=row.version,
        summary=row.summary,
        vlok_reference=row.vlok_reference or "",
        signed_at=row.signed_at or work.now,
        photos={photo: number for number, photo in enumerate(photos, start=1)},
    )


def _pictures(work: UnitOfWork, inspection: Inspection) -> dict[str, bytes]:
    """Return the photos of the findings, in order, that are there and of the case."""
    named = [photo for finding in inspection.findings for photo in finding.photos]
    known = {
        str(upload.id): upload.id
        for upload in uploads.uploads_of(work.session, inspection.case_number)
    }
    wanted = {photo: known[photo] for photo in named if photo in known}
    found = uploads.contents(work.session, wanted.values())
    return {photo: found[upload_id] for photo, upload_id in wanted.items()}
