"""Use cases of conformity certificates."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.certificates import model, repository
from workflows.certificates.documents import make_certificate, make_refusal
from workflows.certificates.model import Capacity, CertificateStatus, Fee
from workflows.certificates.tables import CertificateRow
from workflows.errors import ForbiddenError, NotAllowedNowError
from workflows.inspections import repository as inspections
from workflows.numbering.repository import next_number
from workflows.people.rights import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCertificate:
    """What a certificate is prepared with."""

    case_number: str
    unit_id: UUID
    inspection_id: UUID
    fee: Fee
    validity_years: int
    max_occupants: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a certificate is refused."""

    case_number: str
    unit_id: UUID
    inspection_id: UUID | None
    reasons: str


def prepare(work: UnitOfWork, new: NewCertificate) -> tuple[UUID, str]:
    """Prepare a certificate for signature; return its id and number.

    One that was sent back is prepared again under its number; signatures that
    it had are gone.
    """
    inspection = inspections.inspection_row(work.session, new.inspection_id)
    if not inspection.conform:
        sentence = "Zonder conform onderzoek is er geen conformiteitsattest."
        raise NotAllowedNowError(new.case_number, "not_conform", sentence)
    row = _row_to_sign(work, new.case_number)
    row.unit_id = new.unit_id
    row.inspection_id = new.inspection_id
    row.fee_cents = int(new.fee.amount * 100)
    row.fee_ground = new.fee.ground
    row.validity_years = new.validity_years
    row.max_occupants = new.max_occupants
    row.mayor = row.general_director = None
    row.mayor_signed_at = row.general_director_signed_at = None
    work.session.flush()
    return row.id, row.number or ""


def sign(
    work: UnitOfWork, certificate_id: UUID, *, capacity: Capacity, by: str
) -> None:
    """Sign in one capacity; the second signature issues the certificate.

    Raise ``ForbiddenError`` for the inspector of the dwelling, and for who
    already signed in the other capacity.
    """
    row = repository.certificate_row(work.session, certificate_id)
    if row.status is not CertificateStatus.TO_SIGN:
        model.check_move(row.number or "", row.status, CertificateStatus.SIGNED)
    _check_signer(work, row, by)
    if capacity is Capacity.MAYOR:
        row.mayor, row.mayor_signed_at = by, work.now
    else:
        row.general_director, row.general_director_signed_at = by, work.now
    if row.mayor is not None and row.general_director is not None:
        _issue(work, row)
    work.session.flush()


def notify(work: UnitOfWork, certificate_id: UUID, *, vlok_reference: str) -> date:
    """Make a signed certificate valid; return the last day of its validity."""
    row = repository.certificate_row(work.session, certificate_id)
    _move(row, CertificateStatus.VALID)
    row.notified_at = work.now
    row.vlok_reference = vlok_reference or None
    work.session.flush()
    if row.valid_until is None:
        sentence = "Dit attest heeft nog geen datum van afgifte."
        raise NotAllowedNowError(row.number or "", row.status, sentence)
    return row.valid_until


def refuse(work: UnitOfWork, refusal: Refusal, *, by: str) -> UUID:
    """Keep a refusal with its reasons and make the letter."""
    stop(work, refusal.case_number)
    row = CertificateRow(
        id=new_id(work.now),
        case_number=refusal.case_number,
        unit_id=refusal.unit_id,
        inspection_id=refusal.inspection_id,
        status=CertificateStatus.REFUSED,
        fee_cents=0,
        fee_ground="",
        validity_years=0,
        prepared_at=work.now,
        ground=refusal.reasons,
        ended_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    row.document_id = make_refusal(work, row, by=by).id
    work.session.flush()
    return row.id


def end(
    work: UnitOfWork, number: str, status: CertificateStatus, *, ground: str
) -> None:
    """End a valid certificate: expired, lapsed or withdrawn."""
    row = repository.row_by_number(work.session, number)
    _move(row, status)
    row.ground = ground
    row.ended_at = work.now
    work.session.flush()


def stop(work: UnitOfWork, case_number: str) -> None:
    """Stop what is still being signed in a case; its number stays taken."""
    for row in repository.unfinished_rows(work.session, case_number):
        _move(row, CertificateStatus.STOPPED)
        row.ended_at = work.now
    work.session.flush()


def _row_to_sign(work: UnitOfWork, case_number: str) -> CertificateRow:
    """Return the certificate of a case that is being signed, or a new one."""
    for row in repository.unfinished_rows(work.session, case_number):
        if row.status is CertificateStatus.TO_SIGN:
            return row
    year = local_day(work.now).year
    sequence = next_number(work.session, "certificate", year)
    row = CertificateRow(
        id=new_id(work.now),
        number=model.certificate_number(year, sequence),
        case_number=case_number,
        status=CertificateStatus.TO_SIGN,
        prepared_at=work.now,
    )
    work.session.add(row)
    return row


def _check_signer(work: UnitOfWork, row: CertificateRow, by: str) -> None:
    inspected_by = (
        inspections.inspection_row(work.session, row.inspection_id).inspector
        if row.inspection_id
        else None
    )
    if by == inspected_by:
        sentence = "De woningcontroleur van dit dossier mag het attest niet tekenen."
        raise ForbiddenError(Action.SIGN_CERTIFICATE, sentence)
    if by in (row.mayor, row.general_director):
        sentence = "Een attest vraagt de handtekening van twee verschillende mensen."
        raise ForbiddenError(Action.SIGN_CERTIFICATE, sentence)


def _issue(work: UnitOfWork, row: CertificateRow) -> None:
    _move(row, CertificateStatus.SIGNED)
    row.issued_on = local_day(work.now)
    row.valid_until = model.valid_until(row.issued_on, row.validity_years)
    work.session.flush()
    row.document_id = make_certificate(work, row).id


def _move(row: CertificateRow, status: CertificateStatus) -> None:
    model.check_move(row.number or "", row.status, status)
    row.status = status
