"""Action points and decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class ActionState(StrEnum):
    """Whether an action point still has to be done."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


STATE_NAMES: Mapping[ActionState, str] = {
    ActionState.OPEN: "Open",
    ActionState.DONE: "Gedaan",
    ActionState.DROPPED: "Vervallen",
}


_LONGEST_HEADLINE = 80


def headline(text: str) -> str:
    """Return *text* on one line that fits in a list."""
    line = " ".join(text.split())
    if len(line) <= _LONGEST_HEADLINE:
        return line
    return f"{line[: _LONGEST_HEADLINE - 1]}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPoint:
    """What somebody must do after a meeting, by when.

    *number* is like ``AP-2026-12``. *owner* is a user name, None for somebody
    without an account; *owner_name* is always there. An action point on a case
    bears the number of the case. *instance_id* is the process that follows it.
    """

    id: UUID
    number: str
    body_key: str
    meeting_number: str | None
    point_id: UUID | None
    case_number: str | None
    text: str
    owner: str | None
    owner_name: str
    due_on: date
    state: ActionState
    result: str
    done_at: datetime | None
    done_by: str | None
    instance_id: UUID | None
    created_at: datetime
    created_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a body decided; *number* is like ``BS-2026-7``."""

    id: UUID
    number: str
    body_key: str
    meeting_number: str
    point_id: UUID | None
    case_number: str | None
    title: str
    text: str
    decided_on: date
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionQuery:
    """Which action points are asked for; what is None or empty asks nothing.

    *overdue_on* asks for open ones whose day passed before that day. Without
    *with_cases* those on a case stay out, but for the ones of *also_of*.
    """

    text: str = ""
    body_key: str | None = None
    state: ActionState | None = None
    owner: str | None = None
    case_number: str | None = None
    meeting_number: str | None = None
    overdue_on: date | None = None
    with_cases: bool = True
    also_of: str | None = None
    offset: int = 0
    limit: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedAction:
    """An action point in a list, with the name of its body."""

    action: ActionPoint
    body_name: str

    def is_overdue(self, today: date) -> bool:
        """Tell whether it should have been done before *today*."""
        return self.action.state is ActionState.OPEN and self.action.due_on < today


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPage:
    """One page of the register of action points."""

    actions: tuple[ListedAction, ...]
    total: int
    offset: int
    limit: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionQuery:
    """Which decisions are asked for; what is None or empty asks nothing.

    Without *with_cases* those on a case stay out.
    """

    text: str = ""
    body_key: str | None = None
    case_number: str | None = None
    meeting_number: str | None = None
    decided_from: date | None = None
    decided_until: date | None = None
    with_cases: bool = True
    offset: int = 0
    limit: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDecision:
    """A decision in a list, with the name of its body."""

    decision: Decision
    body_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionPage:
    """One page of the register of decisions."""

    decisions: tuple[ListedDecision, ...]
    total: int
    offset: int
    limit: int
