"""When a timer is due: ISO 8601 moments, durations and cycles.

Days, weeks, months and years count on the local wall clock of a named zone;
hours, minutes and seconds are exact. A month that is too short gives its last
day. A local time that a change to summer time skips moves forward by the
length of the gap; one that occurs twice means its first occurrence.
"""

import re
from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from engine.errors import EngineError
from engine.zone import ZONE


class Kind(StrEnum):
    """The three timer definitions of BPMN."""

    DATE = "date"
    DURATION = "duration"
    CYCLE = "cycle"


class TimerRuleError(EngineError):
    """A timer rule is not ISO 8601, or can never be due."""

    code = "timer_rule"

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(rule, reason)
        self.rule = rule
        self.reason = reason

    def __str__(self) -> str:
        return f"De timer ‘{self.rule}’ is niet bruikbaar: {self.reason}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A duration in its three units that can't be changed into each other."""

    months: int = 0
    days: int = 0
    exact: timedelta = timedelta()

    def times(self, count: int) -> "Period":
        """Return this period *count* times over."""
        return Period(
            months=self.months * count,
            days=self.days * count,
            exact=self.exact * count,
        )

    @property
    def is_positive(self) -> bool:
        """Tell whether the period leads forward in time."""
        parts = (self.months, self.days, self.exact / timedelta(seconds=1))
        return min(parts) >= 0 and max(parts) > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """A repetition: *count* firings, endless when None; *start* is the first one.

    Without *start* the first firing comes one period after the anchor.
    """

    count: int | None
    start: datetime | None
    period: Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Firing:
    """The next firing of a timer; *missed* counts the firings left out before it."""

    iteration: int
    due_at: datetime
    missed: int = 0


def due(
    rule: str, *, kind: Kind, anchor: datetime, zone: str, iteration: int = 1
) -> datetime:
    """Return the UTC moment of a firing.

    *anchor* is the aware moment at which the timer was armed; *iteration*
    counts from 1 and matters for cycles only. A moment in the past is given
    back as it is: such a timer is due at once. Raises ``TimerRuleError``.
    """
    where = zone_of(zone)
    try:
        if kind is Kind.DATE:
            return parse_moment(rule, where)
        if kind is Kind.DURATION:
            return shift(anchor, parse_duration(rule), where)
        return _occurrence(parse_cycle(rule, where), anchor, where, iteration)
    except OverflowError as error:
        raise TimerRuleError(rule, "het moment ligt te ver in de tijd.") from error


def following(
    rule: str, *, anchor: datetime, zone: str, iteration: int, now: datetime
) -> Firing | None:
    """Return the firing of a cycle after *iteration*, None when that was the last.

    Policy ``coalesce``: periods that passed in full before *now* don't fire
    one by one. They are counted as *missed*, also against the count of the
    cycle; the next firing is the first one after *now*. Each firing is counted
    from the anchor, so lateness never adds up.
    """
    where = zone_of(zone)
    cycle = parse_cycle(rule, where)
    upcoming = _first_after(cycle, anchor, where, iteration, now)
    if cycle.count is not None and upcoming > cycle.count:
        return None
    return Firing(
        iteration=upcoming,
        due_at=due(rule, kind=Kind.CYCLE, anchor=anchor, zone=zone, iteration=upcoming),
        missed=upcoming - iteration - 1,
    )


def kind_of(rule: str) -> Kind:
    """Tell from its text which kind of rule this is; it may still be a bad one."""
    if rule.startswith("R"):
        return Kind.CYCLE
    return Kind.DURATION if rule.startswith(("P", "-P")) else Kind.DATE


def check(rule: str, *, kind: Kind, zone: str = ZONE) -> None:
    """Raise ``TimerRuleError`` when *rule* is no rule of this *kind*."""
    where = zone_of(zone)
    if kind is Kind.DATE:
        parse_moment(rule, where)
    elif kind is Kind.DURATION:
        parse_duration(rule)
    else:
        parse_cycle(rule, where)


def zone_of(name: str) -> ZoneInfo:
    """Return the zone called *name*; raise ``TimerRuleError`` for an unknown one."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        reason = "deze tijdzone bestaat niet; schrijf bijvoorbeeld Europe/Brussels."
        raise TimerRuleError(name, reason) from error


_DURATION = re.compile(
    r"(?P<sign>-?)P(?=[\dT])"
    r"(?:(?P<weeks>\d{1,6})W"
    r"|(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<days>\d{1,7})D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d{1,8})H)?(?:(?P<minutes>\d{1,9})M)?"
    r"(?:(?P<seconds>\d{1,11}(?:\.\d{1,6})?)S)?)?)",
    re.ASCII,
)


def parse_duration(text: str) -> Period:
    """Read an ISO 8601 duration such as ``P14D``, ``P1M``, ``PT36H`` or ``-P2D``.

    Raises ``TimerRuleError`` for anything else; ``P10``, ``1D`` and ``P`` are
    not durations.
    """
    match = _DURATION.fullmatch(text)
    if match is None:
        reason = "schrijf een duur als P14D, P1M of PT36H."
        raise TimerRuleError(text, reason)
    part = {name: value or "0" for name, value in match.groupdict().items()}
    seconds, _, fraction = part["seconds"].partition(".")
    period = Period(
        months=int(part["years"]) * 12 + int(part["months"]),
        days=int(part["weeks"]) * 7 + int(part["days"]),
        exact=timedelta(
            hours=int(part["hours"]),
            minutes=int(part["minutes"]),
            seconds=int(seconds),
            microseconds=int(fraction.ljust(6, "0")),
        ),
    )
    return period.times(-1) if match["sign"] else period


_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})"
    r"(?:T(?P<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)"
    r"(?:(?P<utc>Z)|(?P<offset>[+-]\d{2}:\d{2})|@(?P<zone>[\w/+-]+))?)?",
    re.ASCII,
)


def parse_moment(text: str, zone: tzinfo) -> datetime:
    """Read a date or a date and time as a UTC moment.

    A text without offset is local time in *zone*; a date alone is its first
    moment there. A zone may be named as FEEL does: ``…T09:00@Europe/Brussels``.
    """
    match = _MOMENT.fullmatch(text)
    if match is None:
        reason = "schrijf een moment als 2026-11-25T09:00 of 2026-11-25."
        raise TimerRuleError(text, reason)
    where = zone_of(match["zone"]) if match["zone"] else zone
    suffix = "+00:00" if match["utc"] else match["offset"] or ""
    try:
        moment = datetime.fromisoformat(f"{match['day']}T{match['time'] or '00:00'}")
        if suffix:
            where = datetime.fromisoformat(f"2000-01-01T00:00{suffix}").tzinfo or UTC
        return moment.replace(tzinfo=where).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise TimerRuleError(text, "dit moment bestaat niet.") from error


_CYCLE = re.compile(r"R(?P<count>\d{0,6})/(?:(?P<start>\d[^/]*)/)?(?P<period>-?P[^/]*)")


def parse_cycle(text: str, zone: tzinfo) -> Cycle:
    """Read an ISO 8601 repetition: ``R3/P1D``, ``R/2026-12-01T08:00/P1W``."""
    match = _CYCLE.fullmatch(text)
    if match is None:
        reason = "schrijf een herhaling als R3/P1D, of R/P1M zonder einde."
        raise TimerRuleError(text, reason)
    period = parse_duration(match["period"])
    count = int(match["count"]) if match["count"] else None
    if not period.is_positive or count == 0:
        raise TimerRuleError(text, "deze herhaling gaat nooit af.")
    start = parse_moment(match["start"], zone) if match["start"] else None
    return Cycle(count=count, start=start, period=period)


def shift(anchor: datetime, period: Period, zone: tzinfo) -> datetime:
    """Return *anchor* moved by *period*, in UTC: months, then days, then exact time."""
    if not period.months and not period.days:
        return anchor.astimezone(UTC) + period.exact
    local = anchor.astimezone(zone)
    day = _add_months(local.date(), period.months) + timedelta(days=period.days)
    moved = datetime.combine(day, _wall_time(local), tzinfo=zone)
    return moved.astimezone(UTC) + period.exact


def _wall_time(local: datetime) -> time:
    # A fold belongs to the day of the anchor, not to the day it is moved to.
    return local.time().replace(fold=0)


def _add_months(day: date, months: int) -> date:
    """Return the same day *months* later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def _occurrence(
    cycle: Cycle, anchor: datetime, zone: tzinfo, iteration: int
) -> datetime:
    if cycle.start is None:
        return shift(anchor, cycle.period.times(iteration), zone)
    return shift(cycle.start, cycle.period.times(iteration - 1), zone)


def _first_after(
    cycle: Cycle, anchor: datetime, zone: tzinfo, iteration: int, now: datetime
) -> int:
    """Return the first iteration after *iteration* that lies after *now*.

    Doubles the stride until it is past *now*, then halves: a cycle of a second
    that slept for a year costs some fifty additions, not thirty million.
    """

    def is_past(number: int) -> bool:
        try:
            return _occurrence(cycle, anchor, zone, number) > now
        except OverflowError:
            return True

    stride = 1
    while not is_past(iteration + stride):
        stride *= 2
    candidates = range(iteration + 1, iteration + stride + 1)
    return candidates[bisect_left(candidates, True, key=is_past)]  # noqa: FBT003
