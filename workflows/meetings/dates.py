"""The terms of a meeting: counted on days, each with how it was counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from engine.calendar import WorkingCalendar
from workflows.bodies.model import PROCESSES, BodyKind
from workflows.calendar import ZONE, day_in_words, local_day, local_moment
from workflows.city.model import period_in_words
from workflows.deadlines.model import END_OF_DAY, START_OF_WORK, add_period

NAMES = (
    "agenda_opens_at",
    "call_at",
    "items_until",
    "approve_until",
    "invite_at",
    "list_at",
    "meeting_at",
    "close_until",
    "minutes_until",
    "note_until",
)
"""What the variable ``dates`` of the diagrams holds, in the order of time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A term of a meeting: when, and in *derivation* how that was counted."""

    name: str
    label: str
    at: datetime
    derivation: str


def terms_of(
    kind: BodyKind,
    starts_at: datetime,
    *,
    settings: Mapping[str, object],
    calendar: WorkingCalendar,
) -> list[Term]:
    """Count the terms of a meeting that begins at *starts_at*, in order of time.

    *settings* are the periods of the city by name. What comes before the meeting
    falls on the working day before when it hits a day off, so nobody has less
    time than was promised; what comes after it is a plain number of days.
    """
    count = _Count(day=local_day(starts_at), settings=settings, calendar=calendar)
    counted = [rule.count(count) for rule in _RULES[PROCESSES[kind]]]
    meeting = Term(
        name="meeting_at",
        label="Vergadering",
        at=starts_at,
        derivation="Zo gepland.",
    )
    order = NAMES.index
    return sorted([*counted, meeting], key=lambda term: (term.at, order(term.name)))


def comments_end(
    opened_at: datetime, *, settings: Mapping[str, object]
) -> tuple[datetime, str]:
    """Return until when members may comment on minutes, and how that was counted."""
    period = str(settings["meeting_comments"])
    last = add_period(local_day(opened_at), period)
    start = day_in_words(local_day(opened_at), weekday=True)
    told = f"{period_in_words(period)} na {start}, de dag waarop het ontwerp vertrok."
    return local_moment(last, END_OF_DAY), told


def as_variable(terms: list[Term]) -> dict[str, datetime | None]:
    """Return the variable ``dates``; a term that a meeting hasn't got is None."""
    at = {term.name: term.at.astimezone(ZONE) for term in terms}
    return {name: at.get(name) for name in NAMES}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """What a rule counts with."""

    day: date
    settings: Mapping[str, object]
    calendar: WorkingCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """How one term is counted; *period* names a setting, *how* uses it."""

    name: str
    label: str
    how: "Callable[[_Rule, _Count], tuple[date, str]]"
    period: str = ""
    at_the_end: bool = False

    def count(self, count: _Count) -> Term:
        """Count the term."""
        day, derivation = self.how(self, count)
        hour = END_OF_DAY if self.at_the_end else START_OF_WORK
        return Term(
            name=self.name,
            label=self.label,
            at=local_moment(day, hour),
            derivation=derivation,
        )


def _before(rule: _Rule, count: _Count) -> tuple[date, str]:
    """So long before the meeting, or on the working day before that."""
    period = str(count.settings[rule.period])
    counted = add_period(count.day, f"-{period}")
    day = _day_of(count, rule.period)
    told = f"{period_in_words(period)} voor de vergadering"
    if day == counted:
        return day, f"{told}."
    moved = day_in_words(counted, weekday=True)
    return day, f"{told}; dat is {moved}, geen werkdag, dus de werkdag ervoor."


def _after(rule: _Rule, count: _Count) -> tuple[date, str]:
    """So long after the meeting; the day of the meeting doesn't count."""
    period = str(count.settings[rule.period])
    day = add_period(count.day, period)
    return (
        day,
        f"{period_in_words(period)} na de vergadering, tot het einde van de dag.",
    )


def _day_before(rule: _Rule, count: _Count) -> tuple[date, str]:
    """On the working day before the meeting."""
    return (
        count.calendar.previous_working_day(count.day),
        "De werkdag voor de vergadering.",
    )


def _day_before_invitation(_rule: _Rule, count: _Count) -> tuple[date, str]:
    """On the working day before the invitation leaves, but not before the call."""
    chosen = count.calendar.previous_working_day(_day_of(count, "periodic_invite"))
    day = max(chosen, _day_of(count, "periodic_call"))
    return day, "De werkdag voor de uitnodiging vertrekt."


def _in_time_to_choose(rule: _Rule, count: _Count) -> tuple[date, str]:
    """So long before the meeting, and at least a working day before the choice ends.

    Days off can bring the invitation forward, and with it the end of the choice.
    """
    day, told = _before(rule, count)
    chosen, _ = _day_before_invitation(rule, count)
    latest = count.calendar.previous_working_day(chosen)
    if day <= latest:
        return day, told
    earlier = max(latest, _day_of(count, "periodic_call"))
    return earlier, "De werkdag voor de dossiers gekozen moeten zijn."


def _day_of(count: _Count, period: str) -> date:
    counted = add_period(count.day, f"-{count.settings[period]}")
    return count.calendar.on_or_before(counted)


_AGENDA, _CALL = "Agenda openen", "Oproep voor punten"
_ITEMS, _APPROVE = "Punten indienen tot en met", "Agenda goedkeuren tot en met"
_INVITE, _MINUTES = "Uitnodiging en bundel", "Verslag klaar tot en met"

_RULES: Mapping[str, tuple[_Rule, ...]] = {
    "coordination_cycle": (
        _Rule(
            name="agenda_opens_at", label=_AGENDA, how=_before, period="meeting_agenda"
        ),
        _Rule(name="call_at", label=_CALL, how=_before, period="meeting_call"),
        _Rule(
            name="items_until",
            label=_ITEMS,
            how=_before,
            period="meeting_items",
            at_the_end=True,
        ),
        _Rule(
            name="approve_until",
            label=_APPROVE,
            how=_before,
            period="meeting_approve",
            at_the_end=True,
        ),
        _Rule(name="invite_at", label=_INVITE, how=_before, period="meeting_invite"),
        _Rule(
            name="minutes_until",
            label=_MINUTES,
            how=_after,
            period="meeting_minutes",
            at_the_end=True,
        ),
        _Rule(
            name="note_until",
            label="Kennisname door het college tot en met",
            how=_after,
            period="college_note",
            at_the_end=True,
        ),
    ),
    "periodic_consultation": (
        _Rule(
            name="agenda_opens_at", label=_AGENDA, how=_before, period="periodic_call"
        ),
        _Rule(name="call_at", label=_CALL, how=_before, period="periodic_call"),
        _Rule(
            name="items_until",
            label=_ITEMS,
            how=_in_time_to_choose,
            period="periodic_items",
            at_the_end=True,
        ),
        _Rule(
            name="approve_until",
            label="Dossiers kiezen tot en met",
            how=_day_before_invitation,
            period="periodic_invite",
            at_the_end=True,
        ),
        _Rule(name="invite_at", label=_INVITE, how=_before, period="periodic_invite"),
        _Rule(
            name="minutes_until",
            label=_MINUTES,
            how=_after,
            period="periodic_minutes",
            at_the_end=True,
        ),
    ),
    "weekly_quality_meeting": (
        _Rule(name="list_at", label="Lijst van alle dossiers", how=_day_before),
        _Rule(
            name="close_until",
            label="Overleg afsluiten tot en met",
            how=_after,
            period="weekly_close",
            at_the_end=True,
        ),
    ),
}
