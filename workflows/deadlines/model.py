"""Deadlines: when a term ends, when we warn, and how that was counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from engine.calendar import WorkingCalendar
from engine.recurrence import parse_duration, shift
from engine.zone import END_OF_DAY as LAST_SECOND
from workflows.calendar import ZONE, day_in_words, local_day, local_moment
from workflows.city.model import period_in_words

END_OF_DAY = LAST_SECOND
START_OF_WORK = time(8)

KIND_NAMES: Mapping[str, str] = {
    "report_guarantee": "Verslaggarantie",
    "certificate_decision": "Beslissingstermijn attest",
}
START_NAMES: Mapping[str, str] = {
    "report_guarantee": "het plaatsbezoek",
    "certificate_decision": "de ontvangst van de aanvraag",
}


class DeadlineStatus(StrEnum):
    """Where a deadline stands; a breached one may still be met, but late."""

    RUNNING = "running"
    MET = "met"
    BREACHED = "breached"


class StepKind(StrEnum):
    """What happens on the way to a deadline."""

    REMINDER = "reminder"
    WARNING = "warning"
    AGENDA = "agenda"


STEP_NAMES: Mapping[StepKind, str] = {
    StepKind.REMINDER: "Herinnering",
    StepKind.WARNING: "Waarschuwing",
    StepKind.AGENDA: "Op de agenda van het woonkwaliteitsoverleg",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step on the way; *counted_on* is the day before it moved off a holiday."""

    kind: StepKind
    period: str
    counted_on: date
    at: datetime

    @property
    def is_moved(self) -> bool:
        """Whether the day was moved to the working day before."""
        return local_day(self.at) != self.counted_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A term as it was counted; it is frozen into the case when it starts."""

    kind: str
    starts_on: date
    period: str
    due_at: datetime
    steps: tuple[Step, ...]

    def step_at(self, kind: StepKind) -> datetime | None:
        """Return when a step is due, or None when the term has no such step."""
        return next((step.at for step in self.steps if step.kind is kind), None)

    @property
    def derivation(self) -> str:
        """How the term was counted, in Dutch."""
        name = KIND_NAMES.get(self.kind, self.kind)
        start = START_NAMES.get(self.kind, "de start")
        first = (
            f"{name}: {period_in_words(self.period)} vanaf {start}"
            f" op {day_in_words(self.starts_on, weekday=True)};"
            f" loopt tot en met {day_in_words(local_day(self.due_at), weekday=True)}."
        )
        return " ".join([first, *(_step_in_words(step) for step in self.steps)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A deadline of a case."""

    id: UUID
    case_number: str
    kind: str
    starts_on: date
    period: str
    due_at: datetime
    reminder_at: datetime | None
    warning_at: datetime | None
    agenda_at: datetime | None
    derivation: str
    status: DeadlineStatus
    started_at: datetime
    met_at: datetime | None
    breached_at: datetime | None
    breach_reason: str | None

    @property
    def name(self) -> str:
        """The kind in Dutch."""
        return KIND_NAMES.get(self.kind, self.kind)

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be met."""
        return self.met_at is None


def plan(
    kind: str,
    *,
    starts_on: date,
    period: str,
    steps: Mapping[StepKind, str],
    calendar: WorkingCalendar,
) -> Plan:
    """Count a term from *starts_on*, which itself doesn't count.

    The term ends at 23:59:59 local time and never moves; a step that falls on
    a day off moves to the working day before, at eight in the morning.
    """
    counted = tuple(
        _step(kind=step, period=length, starts_on=starts_on, calendar=calendar)
        for step, length in steps.items()
    )
    return Plan(
        kind=kind,
        starts_on=starts_on,
        period=period,
        due_at=local_moment(add_period(starts_on, period), END_OF_DAY),
        steps=counted,
    )


def add_period(start: date, period: str) -> date:
    """Return the day a period after *start*; months clamp (31 Jan + P1M = 28 Feb)."""
    noon = datetime.combine(start, time(12), tzinfo=ZONE)
    return local_day(shift(noon, parse_duration(period), ZONE))


def _step(
    *, kind: StepKind, period: str, starts_on: date, calendar: WorkingCalendar
) -> Step:
    counted_on = add_period(starts_on, period)
    at = local_moment(calendar.on_or_before(counted_on), START_OF_WORK)
    return Step(kind=kind, period=period, counted_on=counted_on, at=at)


def _step_in_words(step: Step) -> str:
    text = (
        f"{STEP_NAMES[step.kind]} na {period_in_words(step.period)}:"
        f" {day_in_words(local_day(step.at), weekday=True)}"
    )
    if not step.is_moved:
        return f"{text}."
    moved_from = day_in_words(step.counted_on, weekday=True)
    return f"{text} (de werkdag voor {moved_from})."
