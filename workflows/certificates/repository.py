"""Queries on certificates."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.certificates.model import (
    Certificate,
    CertificateStatus,
    Fee,
    Signature,
)
from workflows.certificates.tables import CertificateRow
from workflows.errors import UnknownError

_UNFINISHED = (CertificateStatus.TO_SIGN, CertificateStatus.SIGNED)


def certificate(session: Session, certificate_id: UUID) -> Certificate:
    """Return a certificate; raise ``UnknownError`` without."""
    return to_certificate(certificate_row(session, certificate_id))


def certificate_row(session: Session, certificate_id: UUID) -> CertificateRow:
    """Return the row of a certificate, to be changed."""
    row = session.get(CertificateRow, certificate_id)
    if row is None:
        raise UnknownError(certificate_id, "Het attest")
    return row


def row_by_number(session: Session, number: str) -> CertificateRow:
    """Return the row of a certificate by its number, to be changed."""
    row = session.scalar(select(CertificateRow).where(CertificateRow.number == number))
    if row is None:
        raise UnknownError(number, "Het attest")
    return row


def certificates_of(session: Session, case_number: str) -> list[Certificate]:
    """Return the certificates and refusals of a case, the newest first."""
    query = (
        select(CertificateRow)
        .where(CertificateRow.case_number == case_number)
        .order_by(CertificateRow.prepared_at.desc(), CertificateRow.id.desc())
    )
    return [to_certificate(row) for row in session.scalars(query)]


def valid_number(session: Session, unit_id: UUID, *, on: date) -> str | None:
    """Return the number of the certificate that is valid for a unit on a day."""
    query = (
        select(CertificateRow.number)
        .where(
            CertificateRow.unit_id == unit_id,
            CertificateRow.status == CertificateStatus.VALID,
            CertificateRow.valid_until >= on,
        )
        .order_by(CertificateRow.valid_until.desc())
        .limit(1)
    )
    return session.scalar(query)


def unfinished_rows(session: Session, case_number: str) -> list[CertificateRow]:
    """Return the rows of a case that are being signed or wait for notification."""
    query = select(CertificateRow).where(
        CertificateRow.case_number == case_number,
        CertificateRow.status.in_(_UNFINISHED),
    )
    return list(session.scalars(query))


def to_certificate(row: CertificateRow) -> Certificate:
    """Make the value of a row."""
    return Certificate(
        id=row.id,
        number=row.number,
        case_number=row.case_number,
        unit_id=row.unit_id,
        inspection_id=row.inspection_id,
        status=row.status,
        fee=Fee(amount=Decimal(row.fee_cents) / 100, ground=row.fee_ground),
        validity_years=row.validity_years,
        max_occupants=row.max_occupants,
        mayor=_signature(row.mayor, row.mayor_signed_at),
        general_director=_signature(
            row.general_director, row.general_director_signed_at
        ),
        issued_on=row.issued_on,
        notified_at=row.notified_at,
        valid_until=row.valid_until,
        vlok_reference=row.vlok_reference,
        ground=row.ground,
        ended_at=row.ended_at,
        document_id=row.document_id,
    )


def _signature(by: str | None, at: datetime | None) -> Signature | None:
    return Signature(by=by, at=at) if by is not None and at is not None else None
