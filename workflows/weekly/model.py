"""The weekly meeting: the running cases on its list, and what is said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from workflows.actions.model import ActionPoint
from workflows.agenda.model import AgendaItem
from workflows.calendar import local_day
from workflows.cases.model import KIND_NAMES, CaseKind, CaseStatus
from workflows.deadlines.model import Deadline


class Section(StrEnum):
    """The parts of the list, in the order in which they are discussed."""

    LATE = "late"
    THIS_WEEK = "this_week"
    WAITING = "waiting"
    NEW = "new"
    REST = "rest"


SECTION_NAMES: Mapping[Section, str] = {
    Section.LATE: "Te laat",
    Section.THIS_WEEK: "Deze week",
    Section.WAITING: "Wacht op anderen",
    Section.NEW: "Nieuw sinds het vorige overleg",
    Section.REST: "Overige dossiers",
}


class EntryKind(StrEnum):
    """How a case was dealt with; ``bulk`` is no change for many, with a reason."""

    DECIDED = "decided"
    NO_CHANGE = "no_change"
    BULK = "bulk"


ENTRY_NAMES: Mapping[EntryKind, str] = {
    EntryKind.DECIDED: "Besproken",
    EntryKind.NO_CHANGE: "Geen wijziging",
    EntryKind.BULK: "In één keer: geen wijziging",
}


class PlanKind(StrEnum):
    """What a meeting can plan in a case."""

    ACTION = "action"
    ASSIGN = "assign"
    RESCHEDULE = "reschedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    """A task of a case that waits for somebody; *is_ours*: for the city."""

    id: UUID
    name: str
    assignee: str | None
    candidate_groups: tuple[str, ...]
    due_at: datetime | None
    is_ours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDecision:
    """What an earlier meeting decided on a case."""

    text: str
    on: date
    meeting_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningCase:
    """A case that isn't closed, as the meeting sees it.

    *tasks* are in the order of their due moments, *deadlines* likewise;
    *organisation_name* is the applicant's.
    """

    number: str
    kind: CaseKind
    address: str
    organisation_name: str | None
    owner_name: str
    inspector: str | None
    status: CaseStatus
    phase: str | None
    opened_at: datetime
    tasks: tuple[OpenTask, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    actions: tuple[ActionPoint, ...] = ()
    last: LastDecision | None = None

    @property
    def kind_name(self) -> str:
        """The kind in Dutch."""
        return KIND_NAMES[self.kind]

    @property
    def next_step(self) -> OpenTask | None:
        """The open task that is due first."""
        return self.tasks[0] if self.tasks else None

    @property
    def due_at(self) -> datetime | None:
        """The first moment at which something of the case is due."""
        moments = [task.due_at for task in self.tasks if task.due_at is not None]
        moments += [deadline.due_at for deadline in self.deadlines]
        return min(moments, default=None)

    @property
    def waits(self) -> bool:
        """Whether the city can do nothing now: it waits for others."""
        if self.status is CaseStatus.SUSPENDED:
            return True
        return not any(task.is_ours for task in self.tasks)

    @property
    def is_breached(self) -> bool:
        """Whether the guarantee, or another term, was not kept."""
        return any(deadline.breached_at is not None for deadline in self.deadlines)

    def age(self, on: date) -> int:
        """Return the age of the case in days."""
        return (on - local_day(self.opened_at)).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A running case on the list of a meeting, with whether it has an entry."""

    number: str
    address: str
    section: Section
    kind: EntryKind | None
    is_begun: bool

    @property
    def is_discussed(self) -> bool:
        """Whether the meeting may close as far as this case goes."""
        return self.kind is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a meeting said of a case; *version* 0 is an entry nobody wrote yet.

    *concludes* are the agenda items that the decision takes off the list.
    """

    id: UUID | None
    meeting_number: str
    case_number: str
    kind: EntryKind | None
    note: str
    decision: str
    reason: str
    concludes: tuple[UUID, ...]
    version: int
    written_at: datetime | None
    written_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A planned change; *text* is the new task, or the name of the open one.

    *outcome* says, after the closing, what it became or why it was left out.
    """

    id: UUID
    case_number: str
    kind: PlanKind
    task_id: UUID | None
    text: str
    owner: str | None
    owner_name: str
    due_on: date | None
    outcome: str
    planned_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What somebody types of a case."""

    note: str = ""
    decision: str = ""
    concludes: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """What somebody wants to write of a case, over the *version* that he saw."""

    meeting_number: str
    case_number: str
    words: Words
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a meeting is on its list."""

    discussed: int
    running: int


def progress(places: Sequence[Place]) -> Progress:
    """Count the cases that have an entry."""
    discussed = sum(place.is_discussed for place in places)
    return Progress(discussed=discussed, running=len(places))
