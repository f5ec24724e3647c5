"""Policy questions, the work groups that answer them, and what those report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from workflows.city.model import frequency_in_words

PROCESS_ID = "work_group"
SERIES = "policy_question"

FREQUENCY_WINDOW = timedelta(days=365)
"""Over how long the meetings of a work group and of the core group are compared."""


class QuestionStatus(StrEnum):
    """How far a policy question is."""

    ASKED = "asked"
    TO_APPOINT = "to_appoint"
    FOUNDED = "founded"
    NOT_FOUNDED = "not_founded"
    REFERRED = "referred"
    CLOSED = "closed"


QUESTION_STATUS_NAMES: Mapping[QuestionStatus, str] = {
    QuestionStatus.ASKED: "Wacht op een besluit",
    QuestionStatus.TO_APPOINT: "Verantwoordelijke aan te wijzen",
    QuestionStatus.FOUNDED: "In behandeling bij een werkgroep",
    QuestionStatus.NOT_FOUNDED: "Geen werkgroep",
    QuestionStatus.REFERRED: "Naar een andere groep",
    QuestionStatus.CLOSED: "Beantwoord",
}


class GroupStatus(StrEnum):
    """How far a work group is."""

    ACTIVE = "active"
    ACTIVE_NOTED = "active_noted"
    WITHOUT_RESPONSIBLE = "without_responsible"
    CLOSED = "closed"


GROUP_STATUS_NAMES: Mapping[GroupStatus, str] = {
    GroupStatus.ACTIVE: "Actief",
    GroupStatus.ACTIVE_NOTED: "Actief, college nam kennis",
    GroupStatus.WITHOUT_RESPONSIBLE: "Zonder verantwoordelijke",
    GroupStatus.CLOSED: "Afgesloten",
}

ACTIVE = (
    GroupStatus.ACTIVE,
    GroupStatus.ACTIVE_NOTED,
    GroupStatus.WITHOUT_RESPONSIBLE,
)
"""The states in which a work group reports at each coordination meeting."""


class Choice(StrEnum):
    """What the coordination group can decide about a question."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    OTHER_GROUP = "other_group"


CHOICE_NAMES: Mapping[Choice, str] = {
    Choice.FOUND: "Een werkgroep oprichten",
    Choice.NOT_FOUND: "Geen werkgroep oprichten",
    Choice.OTHER_GROUP: "Aan een andere groep geven",
}
DECIDED_AS: Mapping[Choice, QuestionStatus] = {
    Choice.FOUND: QuestionStatus.TO_APPOINT,
    Choice.NOT_FOUND: QuestionStatus.NOT_FOUNDED,
    Choice.OTHER_GROUP: QuestionStatus.REFERRED,
}


class FeedbackState(StrEnum):
    """What became of the note that a work group owes a meeting."""

    ASKED = "asked"
    GIVEN = "given"
    MISSING = "missing"
    MISSED = "missed"


FEEDBACK_STATE_NAMES: Mapping[FeedbackState, str] = {
    FeedbackState.ASKED: "Gevraagd",
    FeedbackState.GIVEN: "Bezorgd",
    FeedbackState.MISSING: "Ontbreekt",
    FeedbackState.MISSED: "Niet bezorgd",
}
FEEDBACK_LATE = (FeedbackState.MISSING, FeedbackState.MISSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyQuestion:
    """A question to the coordination group; *number* is like ``BV-2026-1``.

    *decided_in* is the meeting that decided; *answer_seen_at* closes the loop:
    the asker opened the answer.
    """

    number: str
    title: str
    question: str
    reason: str
    wished_result: str
    wished_on: date | None
    asked_by: str
    asked_at: datetime
    status: QuestionStatus
    choice: Choice | None
    decision_reason: str
    other_group: str
    decided_in: str | None
    decided_at: datetime | None
    decided_by: str | None
    answer: str
    answered_at: datetime | None
    answer_seen_at: datetime | None
    instance_id: UUID | None

    @property
    def status_name(self) -> str:
        """The status in Dutch."""
        return QUESTION_STATUS_NAMES[self.status]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkGroup:
    """A work group; it bears the number of its question.

    *frequency* is how often it meets: an ISO 8601 period, or words.
    *responsible* stays the last one while there is none.
    """

    question_number: str
    body_key: str
    name: str
    mandate: str
    frequency: str
    ends_on: date
    responsible: str
    status: GroupStatus
    founded_at: datetime
    founded_by: str
    founded_in: str | None
    noted_on: date | None
    without_since: datetime | None
    replace_until: datetime | None
    final_report: str
    proposed_answer: str
    proposed_at: datetime | None
    closing_reason: str
    closing_agreed: bool | None
    closing_decided_in: str | None
    closing_decided_at: datetime | None
    closing_decided_by: str | None
    closed_at: datetime | None

    @property
    def status_name(self) -> str:
        """The status in Dutch."""
        return GROUP_STATUS_NAMES[self.status]

    @property
    def frequency_in_words(self) -> str:
        """How often it meets, as people say it."""
        return frequency_in_words(self.frequency)

    @property
    def is_active(self) -> bool:
        """Whether it still reports."""
        return self.status in ACTIVE

    @property
    def awaits_closing(self) -> bool:
        """Whether it proposed to close, and nobody decided yet."""
        return (
            self.is_active
            and self.proposed_at is not None
            and self.closing_decided_at is None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """The note that a work group owes a meeting, until *due_at*."""

    question_number: str
    group_name: str
    meeting_number: str
    meeting_at: datetime
    due_at: datetime | None
    state: FeedbackState
    note: str
    given_at: datetime | None
    given_by: str | None

    @property
    def state_name(self) -> str:
        """The state in Dutch."""
        return FEEDBACK_STATE_NAMES[self.state]

    @property
    def is_late(self) -> bool:
        """Whether it stands red on the agenda."""
        return self.state in FEEDBACK_LATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsible:
    """Who gives the feedback of a work group, and for how long."""

    user_name: str
    full_name: str
    starts_at: datetime
    ends_at: datetime | None
    leaving_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMeeting:
    """A meeting that a work group held."""

    id: UUID
    held_on: date
    note: str
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """How often a work group met, beside the core group over the same days."""

    since: date
    own: int
    core: int

    @property
    def is_too_low(self) -> bool:
        """Whether it met less often than the core group.

        The seed asks that a work group meets more often than the group above it.
        """
        return self.own < self.core


def compared_since(founded_at: date, today: date) -> date:
    """Return the day from which meetings are compared: a year back at most."""
    return max(founded_at, today - FREQUENCY_WINDOW)


def named_lines(text: str) -> Sequence[str]:
    """Return the names of a text with a name per line, each once."""
    lines = (" ".join(line.strip(" \t,;•-").split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))
