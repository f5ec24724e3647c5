"""Technical reports as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class ReportStatus(StrEnum):
    """How far a report is; from the signature on it is locked."""

    DRAFT = "draft"
    SIGNED = "signed"
    SENT = "sent"


STATUS_NAMES: Mapping[ReportStatus, str] = {
    ReportStatus.DRAFT: "In opmaak",
    ReportStatus.SIGNED: "Ondertekend",
    ReportStatus.SENT: "Verzonden",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A version of the report of an inspection; *sha256* is that of its PDF."""

    id: UUID
    case_number: str
    inspection_id: UUID
    version: int
    summary: str
    conform: bool
    result: str
    signed_by: str | None
    signed_at: datetime | None
    sent_at: datetime | None
    vlok_reference: str | None
    document_id: UUID | None
    sha256: str | None

    @property
    def status(self) -> ReportStatus:
        """How far the report is."""
        if self.sent_at is not None:
            return ReportStatus.SENT
        return ReportStatus.DRAFT if self.signed_at is None else ReportStatus.SIGNED
