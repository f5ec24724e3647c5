"""The PDF files of certificates and refusals."""

from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import day_in_words
from workflows.cases.repository import case_row
from workflows.certificates.contents import Signer, Sources, contents
from workflows.certificates.model import Capacity, Certificate
from workflows.certificates.repository import to_certificate
from workflows.certificates.tables import CertificateRow
from workflows.documents import service
from workflows.documents.model import Document, DocumentKind
from workflows.dwellings import repository as dwellings
from workflows.errors import NotAllowedNowError
from workflows.inspections import repository as inspections
from workflows.inspections.model import Inspection
from workflows.people import repository as people


def make_certificate(work: UnitOfWork, row: CertificateRow) -> Document:
    """Make the PDF of a certificate that both signed."""
    certificate = to_certificate(row)
    inspection = _inspection(work, row.inspection_id)
    if inspection is None:
        sentence = "Zonder onderzoek is er geen conformiteitsattest."
        raise NotAllowedNowError(row.number or "", row.status, sentence)
    sources = Sources(
        certificate=certificate,
        inspection=inspection,
        unit=dwellings.unit(work.session, row.unit_id),
        owner=case_row(work.session, row.case_number).owner_name,
        inspector=people.full_name(work.session, inspection.inspector),
        signers=_signers(work, certificate),
    )
    draft = service.Draft(
        case_number=row.case_number,
        kind=DocumentKind.CERTIFICATE,
        title=f"Conformiteitsattest {row.number}",
        file_name=f"conformiteitsattest-{row.number}.pdf",
        data=contents(sources),
    )
    return service.make(work, draft, by=row.general_director or "")


def make_refusal(work: UnitOfWork, row: CertificateRow, *, by: str) -> Document:
    """Make the letter of a refusal."""
    inspection = _inspection(work, row.inspection_id)
    inspected_on = inspection.inspected_on if inspection else None
    evaluation = inspection.evaluation if inspection else None
    draft = service.Draft(
        case_number=row.case_number,
        kind=DocumentKind.REFUSAL,
        title="Weigering van het conformiteitsattest",
        file_name=f"weigering-{row.case_number}.pdf",
        data={
            "reasons": row.ground,
            "inspected_on": day_in_words(inspected_on) if inspected_on else None,
            "result": evaluation.in_words if evaluation else "",
        },
    )
    return service.make(work, draft, by=by)


def _inspection(work: UnitOfWork, inspection_id: UUID | None) -> Inspection | None:
    if inspection_id is None:
        return None
    return inspections.inspection(work.session, inspection_id)


def _signers(work: UnitOfWork, certificate: Certificate) -> list[Signer]:
    pairs = (
        (Capacity.MAYOR, certificate.mayor),
        (Capacity.GENERAL_DIRECTOR, certificate.general_director),
    )
    return [
        Signer(
            capacity=capacity,
            full_name=people.full_name(work.session, signature.by),
            signature=signature,
        )
        for capacity, signature in pairs
        if signature is not None
    ]
