"""Items for the weekly housing-quality meeting."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """A case that must be discussed; only a conclusion takes it off the list."""

    id: UUID
    case_number: str
    address: str
    reason: str
    added_at: datetime
    concluded_on: date | None
    conclusion: str | None
    concluded_by: str | None
