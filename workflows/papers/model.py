"""Papers of meetings, kept with their hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class PaperKind(StrEnum):
    """What a paper is; the PDFs have a Typst template of the same name."""

    AGENDA_PACK = "agenda_pack"
    DECISION_LIST = "decision_list"
    MINUTES = "minutes"
    COLLEGE_NOTE = "college_note"
    WORK_GROUP_REPORT = "work_group_report"
    MINUTES_EXPORT = "minutes_export"


KIND_NAMES: Mapping[PaperKind, str] = {
    PaperKind.AGENDA_PACK: "Agendabundel",
    PaperKind.DECISION_LIST: "Besluitenlijst",
    PaperKind.MINUTES: "Verslag",
    PaperKind.COLLEGE_NOTE: "Nota voor het college",
    PaperKind.WORK_GROUP_REPORT: "Eindverslag van de werkgroep",
    PaperKind.MINUTES_EXPORT: "Verslag als gegevens (JSON-LD)",
}

CITY = "city"
MEMBERS = "members"
"""The audiences: the city's own people, or everybody who sits in the body.

Each other audience is the id of an organisation.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper without its bytes; *audience* tells for whom it was made."""

    id: UUID
    meeting_number: str
    kind: PaperKind
    audience: str
    title: str
    file_name: str
    media_type: str
    size: int
    sha256: str
    created_at: datetime
    created_by: str

    @property
    def kind_name(self) -> str:
        """The kind in Dutch."""
        return KIND_NAMES[self.kind]
