"""The year of the consultation as values: its holidays, its course, its feeds."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from workflows.bodies.duty import BAD, STATE_NAMES, DutyState

PROCESS_ID = "consultation_year"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolHoliday:
    """Days on which no meeting is proposed, up to and including *ends_on*."""

    id: UUID
    name: str
    starts_on: date
    ends_on: date

    def holds_on(self, day: date) -> bool:
        """Tell whether *day* is in it."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationYear:
    """A year whose duties are followed by a process."""

    year: int
    opened_at: datetime
    opened_by: str
    instance_id: UUID
    checked_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """A duty that was late, told once to *told* (names, separated by commas)."""

    year: int
    duty_key: str
    title: str
    words: str
    told: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a duty stood when its year was closed."""

    duty_key: str
    title: str
    state: DutyState
    words: str
    due_on: date

    @property
    def state_name(self) -> str:
        """The state in Dutch."""
        return STATE_NAMES[self.state]

    @property
    def is_bad(self) -> bool:
        """Whether it was not done."""
        return self.state in BAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar to subscribe to; without *body_key* all bodies of its owner.

    The secret of its address is shown once and kept as a hash.
    """

    id: UUID
    user_name: str
    body_key: str | None
    body_name: str | None
    created_at: datetime
    last_read_on: date | None
