"""Cases: what the city works on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from workflows.people.rights import Subject


class CaseKind(StrEnum):
    """What a case is about; the value is the variable ``case_kind``."""

    SVK_INTAKE = "svk_intake"
    CERTIFICATE = "certificate"


KIND_NAMES: Mapping[CaseKind, str] = {
    CaseKind.SVK_INTAKE: "Inhuurneming SVK",
    CaseKind.CERTIFICATE: "Aanvraag conformiteitsattest",
}

PROCESSES: Mapping[CaseKind, str] = {
    CaseKind.SVK_INTAKE: "svk_intake",
    CaseKind.CERTIFICATE: "conformity_certificate",
}

WITHDRAWALS: Mapping[CaseKind, str] = {
    CaseKind.SVK_INTAKE: "svk_withdraws",
    CaseKind.CERTIFICATE: "applicant_withdraws",
}
"""The message that ends a case of this kind at the applicant's wish."""

BUNDLE_KEY = "svk"

OFFER_FIELDS = (
    "street",
    "house_number",
    "box",
    "postcode",
    "municipality",
    "unit_type",
    "bedrooms",
    "owner_name",
    "owner_email",
    "owner_phone",
    "occupied",
    "occupant_name",
    "wished_date",
    "lease_start",
    "consent_given",
    "consent_date",
    "remarks",
)
"""The fields of the variable ``offer``, in the order of the form."""

REQUEST_FIELDS = ("received_on", "channel", "secured_delivery", "applicant_capacity")
"""The fields of the variable ``request``."""

OUTCOME_NAMES: Mapping[str, str] = {
    "taken_in": "Ingehuurd",
    "not_taken_in": "Niet ingehuurd",
    "intake_certificate_reused": "Geldig attest hergebruikt",
    "no_access": "Geen toegang",
    "offer_not_completed": "Aanbod niet aangevuld",
    "withdrawn": "Ingetrokken",
    "owner_passive": "Passieve eigenaar",
    "escalated_warning": "Naar waarschuwingsprocedure",
    "escalated_unfit": "Naar procedure ongeschikt of onbewoonbaar",
    "certificate_valid": "Attest afgeleverd",
    "certificate_refused": "Attest geweigerd",
    "stopped": "Stopgezet",
    "expired": "Attest verlopen",
    "lapsed": "Attest vervallen",
}


class CaseStatus(StrEnum):
    """Whether the city still works on a case."""

    OPEN = "open"
    SUSPENDED = "suspended"
    CLOSED = "closed"


STATUS_NAMES: Mapping[CaseStatus, str] = {
    CaseStatus.OPEN: "Lopend",
    CaseStatus.SUSPENDED: "Opgeschort",
    CaseStatus.CLOSED: "Afgesloten",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class VlokReferences:
    """The numbers of a case in VLOK, the legal register; filled in by hand."""

    case: str | None = None
    inspection: str | None = None
    entity: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """What a case is about and whom it concerns; it is there before its process."""

    number: str
    kind: CaseKind
    organisation_id: UUID | None
    organisation_name: str | None
    unit_id: UUID
    address: str
    owner_name: str
    owner_email: str | None
    occupant_name: str | None
    inspector: str | None
    opened_at: datetime
    opened_by: str
    vlok: VlokReferences

    @property
    def kind_name(self) -> str:
        """The kind in Dutch."""
        return KIND_NAMES[self.kind]

    @property
    def subject(self) -> Subject:
        """What rights are asked about."""
        return Subject(organisation_id=self.organisation_id, inspector=self.inspector)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case(CaseFile):
    """A case with the state of its process.

    *status*, *milestone* and *outcome* are those of the process instance.
    """

    instance_id: UUID
    status: CaseStatus
    milestone: str | None
    outcome: str | None
    closed_at: datetime | None
    next_due_at: datetime | None

    @property
    def outcome_name(self) -> str | None:
        """The outcome in Dutch, once there is one."""
        return OUTCOME_NAMES.get(self.outcome, self.outcome) if self.outcome else None


class CaseSort(StrEnum):
    """The orders of the list of cases."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """What the list of cases shows.

    *organisation_ids* restricts to the cases of these applicants (None: all);
    *text* looks in number, address, owner and organisation. *after* is the
    moment of opening and the number of the last case of a page, for the orders
    by age.
    """

    organisation_ids: frozenset[UUID] | None = None
    text: str = ""
    kind: CaseKind | None = None
    status: CaseStatus | None = None
    milestone: str | None = None
    outcome: str | None = None
    inspector: str | None = None
    unit_id: UUID | None = None
    opened_from: date | None = None
    opened_until: date | None = None
    overdue_at: datetime | None = None
    sort: CaseSort = CaseSort.NEWEST
    after: tuple[datetime, str] | None = None
    offset: int = 0
    limit: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A page of cases and how many there are in all."""

    cases: tuple[Case, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    """A line that somebody, or the process, added to a case."""

    at: datetime
    by: str
    text: str


def case_number(year: int, sequence: int) -> str:
    """Write a case number as 2026-0412."""
    return f"{year}-{sequence:04d}"
