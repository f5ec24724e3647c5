"""Conformity certificates: their states, number and validity."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from workflows.errors import NotAllowedNowError


class CertificateStatus(StrEnum):
    """Where a certificate stands. It has legal effect as ``VALID`` only."""

    TO_SIGN = "TO_SIGN"
    SIGNED = "SIGNED"
    VALID = "VALID"
    EXPIRED = "EXPIRED"
    LAPSED = "LAPSED"
    WITHDRAWN = "WITHDRAWN"
    REFUSED = "REFUSED"
    STOPPED = "STOPPED"


STATUS_NAMES: Mapping[CertificateStatus, str] = {
    CertificateStatus.TO_SIGN: "Te ondertekenen",
    CertificateStatus.SIGNED: "Ondertekend, nog niet ter kennis gegeven",
    CertificateStatus.VALID: "Geldig",
    CertificateStatus.EXPIRED: "Verlopen",
    CertificateStatus.LAPSED: "Vervallen",
    CertificateStatus.WITHDRAWN: "Ingetrokken",
    CertificateStatus.REFUSED: "Geweigerd",
    CertificateStatus.STOPPED: "Stopgezet",
}

_S = CertificateStatus
NEXT: Mapping[CertificateStatus, frozenset[CertificateStatus]] = {
    _S.TO_SIGN: frozenset({_S.SIGNED, _S.STOPPED, _S.REFUSED}),
    _S.SIGNED: frozenset({_S.VALID, _S.STOPPED}),
    _S.VALID: frozenset({_S.EXPIRED, _S.LAPSED, _S.WITHDRAWN}),
    _S.EXPIRED: frozenset(),
    _S.LAPSED: frozenset(),
    _S.WITHDRAWN: frozenset(),
    _S.REFUSED: frozenset(),
    _S.STOPPED: frozenset(),
}


class Capacity(StrEnum):
    """In which capacity somebody signs; both are needed."""

    MAYOR = "mayor"
    GENERAL_DIRECTOR = "general_director"


CAPACITY_NAMES: Mapping[Capacity, str] = {
    Capacity.MAYOR: "burgemeester",
    Capacity.GENERAL_DIRECTOR: "algemeen directeur",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What is paid and why; for a rental agency it is nothing."""

    amount: Decimal
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate of a unit, or its refusal (then it has no number)."""

    id: UUID
    number: str | None
    case_number: str
    unit_id: UUID
    inspection_id: UUID | None
    status: CertificateStatus
    fee: Fee
    validity_years: int
    max_occupants: int | None
    mayor: Signature | None
    general_director: Signature | None
    issued_on: date | None
    notified_at: datetime | None
    valid_until: date | None
    vlok_reference: str | None
    ground: str | None
    ended_at: datetime | None
    document_id: UUID | None

    @property
    def status_name(self) -> str:
        """The state in Dutch."""
        return STATUS_NAMES[self.status]


def certificate_number(year: int, sequence: int) -> str:
    """Write the number of a certificate as CA-2026-0031."""
    return f"CA-{year}-{sequence:04d}"


def valid_until(issued_on: date, years: int) -> date:
    """Return the last day of validity: the same day, so many years later.

    A certificate of 29 February ends on 28 February.
    """
    try:
        return issued_on.replace(year=issued_on.year + years)
    except ValueError:
        return issued_on.replace(year=issued_on.year + years, day=28)


def check_move(
    number: str, current: CertificateStatus, wanted: CertificateStatus
) -> None:
    """Raise ``NotAllowedNowError`` unless *wanted* may follow on *current*."""
    if wanted not in NEXT[current]:
        sentence = (
            f"Attest {number} staat op ‘{STATUS_NAMES[current]}’ en kan niet"
            f" naar ‘{STATUS_NAMES[wanted]}’."
        )
        raise NotAllowedNowError(number, current.value, sentence)
