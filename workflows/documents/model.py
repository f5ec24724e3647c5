"""Documents as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class DocumentKind(StrEnum):
    """The documents that we make; the value is the name of the template."""

    TECHNICAL_REPORT = "technical_report"
    WORKS_NOTICE = "works_notice"
    CERTIFICATE = "certificate"
    REFUSAL = "refusal"


KIND_NAMES: Mapping[DocumentKind, str] = {
    DocumentKind.TECHNICAL_REPORT: "Technisch verslag",
    DocumentKind.WORKS_NOTICE: "Uit te voeren werken",
    DocumentKind.CERTIFICATE: "Conformiteitsattest",
    DocumentKind.REFUSAL: "Weigering conformiteitsattest",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A PDF of a case; its bytes are read apart."""

    id: UUID
    case_number: str
    kind: DocumentKind
    title: str
    file_name: str
    size: int
    sha256: str
    created_at: datetime
    created_by: str

    @property
    def kind_name(self) -> str:
        """The kind in Dutch."""
        return KIND_NAMES[self.kind]
