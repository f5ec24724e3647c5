"""Duties as values: what they are judged by, and what comes out (decision D13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflows.bodies.model import Body


class DutyState(StrEnum):
    """How far a duty is, from good to bad.

    ``LATE``: its day passed, and it can still be done. ``MISSED``: the year is
    over without it.
    """

    MET = "met"
    PLANNED = "planned"
    OPEN = "open"
    LATE = "late"
    MISSED = "missed"


STATE_NAMES: Mapping[DutyState, str] = {
    DutyState.MET: "Voldaan",
    DutyState.PLANNED: "Gepland",
    DutyState.OPEN: "Open",
    DutyState.LATE: "Te laat",
    DutyState.MISSED: "Gemist",
}
BAD = (DutyState.LATE, DutyState.MISSED)


class Severity(StrEnum):
    """How bad it is not to do it."""

    WARNING = "warning"
    ERROR = "error"
    LEGAL = "legal"


SEVERITY_NAMES: Mapping[Severity, str] = {
    Severity.WARNING: "Waarschuwing",
    Severity.ERROR: "Verplicht",
    Severity.LEGAL: "Wettelijk verplicht",
}


class Rule(StrEnum):
    """What kind of duty it is."""

    LEGAL_MINIMUM = "legal_minimum"
    WANTED = "wanted"
    POINT = "point"
    NEXT_DATE = "next_date"
    RHYTHM = "rhythm"
    MINUTES = "minutes"
    NOTED = "noted"
    FEEDBACK = "feedback"
    FREQUENCY = "frequency"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """Where a rule stands, and who hears that it was broken."""

    source: str
    severity: Severity
    escalates_to: str | None


_CITY = "Beschrijving van de stad"
_LAW = "Besluit van de Vlaamse Regering van 16 november 2018, artikel 3"
_OURS = "Voorstel, in te stellen door de stad"
RULES: Mapping[Rule, RuleFacts] = {
    Rule.LEGAL_MINIMUM: RuleFacts(
        source=_LAW, severity=Severity.LEGAL, escalates_to="alderman"
    ),
    Rule.WANTED: RuleFacts(
        source=_CITY, severity=Severity.WARNING, escalates_to="head_of_service"
    ),
    Rule.POINT: RuleFacts(
        source=_CITY, severity=Severity.ERROR, escalates_to="head_of_service"
    ),
    Rule.NEXT_DATE: RuleFacts(
        source=_OURS, severity=Severity.WARNING, escalates_to="head_of_service"
    ),
    Rule.RHYTHM: RuleFacts(
        source=_CITY, severity=Severity.WARNING, escalates_to="head_of_service"
    ),
    Rule.MINUTES: RuleFacts(
        source=_LAW, severity=Severity.LEGAL, escalates_to="head_of_service"
    ),
    Rule.NOTED: RuleFacts(
        source=_CITY, severity=Severity.ERROR, escalates_to="head_of_service"
    ),
    Rule.FEEDBACK: RuleFacts(
        source=_CITY, severity=Severity.ERROR, escalates_to="head_of_service"
    ),
    Rule.FREQUENCY: RuleFacts(
        source=_CITY, severity=Severity.WARNING, escalates_to=None
    ),
}


class Standing(StrEnum):
    """Whether a meeting was held, will be, or will not be."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paperwork:
    """What must be done with the minutes of a held meeting, and what was done."""

    minutes_by: date
    minutes_sent_on: date | None
    noted_by: date
    noted_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingFact:
    """A meeting, seen from its duties.

    *discussed* holds the codes of the required points that were talked about;
    *feedback* maps a work group that had to report here to whether it did, None
    as long as it still can. *paperwork* is None for a body without that duty.
    """

    number: str
    body_key: str
    day: date
    standing: Standing
    discussed: frozenset[str] = frozenset()
    feedback: Mapping[str, bool | None] | None = None
    paperwork: Paperwork | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFact:
    """How often a work group met beside the core group, over the same time."""

    number: str
    name: str
    body_key: str
    met: int
    core_met: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """The terms of the city that duties are counted with, as days.

    *plan_by* is the day in the year on which what is asked once a year must at
    least have a date. *gap_ends* maps a body to the day on which its next meeting
    must have been held, counted from its last one.
    """

    plan_by: date
    gap_ends: Mapping[str, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """Everything that the duties of a year are judged by."""

    year: int
    today: date
    bodies: Sequence[Body]
    meetings: Sequence[MeetingFact]
    groups: Sequence[GroupFact]
    terms: Terms

    @property
    def last_day(self) -> date:
        """The last day of the year."""
        return date(self.year, 12, 31)

    @property
    def is_over(self) -> bool:
        """Whether the year is over."""
        return self.today > self.last_day

    def of(self, keys: Iterable[str], standing: Standing) -> list[MeetingFact]:
        """Return the meetings of these bodies in the year, in order."""
        wanted = frozenset(keys)
        found = [
            each
            for each in self.meetings
            if each.body_key in wanted
            and each.standing is standing
            and each.day.year == self.year
        ]
        return sorted(found, key=lambda each: (each.day, each.number))


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something that a body owes; *key* names it for ever within its year.

    *words* says how far it is. *belated*: it was done, after *due_on*. *verified*
    tells whether its number or rhythm was checked (decision D13).
    """

    key: str
    rule: Rule
    title: str
    body_key: str
    state: DutyState
    due_on: date
    words: str
    meeting_number: str | None = None
    belated: bool = False
    verified: bool = True

    @property
    def state_name(self) -> str:
        """The state in Dutch."""
        return "Voldaan, te laat" if self.belated else STATE_NAMES[self.state]

    @property
    def severity(self) -> Severity:
        """How bad it is not to do it."""
        return RULES[self.rule].severity

    @property
    def severity_name(self) -> str:
        """The severity in Dutch."""
        return SEVERITY_NAMES[self.severity]

    @property
    def source(self) -> str:
        """Where the rule stands."""
        return RULES[self.rule].source

    @property
    def escalates_to(self) -> str | None:
        """Who hears that it is late; None for nobody."""
        return RULES[self.rule].escalates_to

    @property
    def is_bad(self) -> bool:
        """Whether it is late or missed."""
        return self.state in BAD
