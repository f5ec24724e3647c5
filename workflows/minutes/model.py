"""Minutes of a meeting: a draft, comments, an approval, the college's note."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class MinutesState(StrEnum):
    """How far the minutes of a meeting are."""

    DRAFT = "draft"
    COMMENTS = "comments"
    TO_APPROVE = "to_approve"
    APPROVED = "approved"
    SENT = "sent"
    NOTED = "noted"


STATE_NAMES: Mapping[MinutesState, str] = {
    MinutesState.DRAFT: "Ontwerp",
    MinutesState.COMMENTS: "Voor opmerkingen bij de leden",
    MinutesState.TO_APPROVE: "Te keuren door de voorzitter",
    MinutesState.APPROVED: "Goedgekeurd",
    MinutesState.SENT: "Goedgekeurd en verzonden",
    MinutesState.NOTED: "Het college nam kennis",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """How far the minutes of a meeting are, and who did what.

    Once *approved_at* is there, nothing in them changes any more.
    *comments_told* says how *comments_until* was counted.
    """

    meeting_number: str
    comments_opened_at: datetime | None = None
    comments_until: datetime | None = None
    comments_told: str = ""
    approved_at: datetime | None = None
    approved_by: str | None = None
    sent_at: datetime | None = None
    noted_on: date | None = None
    decision_reference: str = ""
    noted_by: str | None = None

    @property
    def is_locked(self) -> bool:
        """Whether nothing in them changes any more."""
        return self.approved_at is not None

    def takes_comments(self, now: datetime) -> bool:
        """Tell whether members can comment now."""
        if self.is_locked or self.comments_until is None:
            return False
        return now <= self.comments_until

    def state(self, now: datetime) -> MinutesState:
        """Return how far they are."""
        if self.noted_on is not None:
            return MinutesState.NOTED
        if self.sent_at is not None:
            return MinutesState.SENT
        if self.is_locked:
            return MinutesState.APPROVED
        if self.comments_until is None:
            return MinutesState.DRAFT
        waits = now <= self.comments_until
        return MinutesState.COMMENTS if waits else MinutesState.TO_APPROVE


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a member says of draft minutes, and what was done with it.

    *point_id* is None when it is about the whole.
    """

    id: UUID
    meeting_number: str
    point_id: UUID | None
    text: str
    by: str
    at: datetime
    answer: str
    handled_at: datetime | None
    handled_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAction:
    """An action point in draft minutes; it starts when they are approved."""

    id: UUID
    meeting_number: str
    point_id: UUID
    text: str
    owner: str | None
    owner_name: str
    due_on: date
    case_number: str | None
