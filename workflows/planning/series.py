"""Proposing the meetings of a year: in the rhythm, off the days off; pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from engine.calendar import WorkingCalendar, holiday_name
from engine.recurrence import parse_duration
from workflows.calendar import day_in_words
from workflows.deadlines.model import add_period
from workflows.planning.model import SchoolHoliday

MOST = 60
_WEEKEND = 5
_A_WEEK = timedelta(weeks=1)
_LONGEST_MOVE = 10
"""So many weeks a meeting is moved to keep its weekday; summer is nine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysOff:
    """The days on which no meeting is proposed, each with its reason."""

    calendar: WorkingCalendar
    school_holidays: Sequence[SchoolHoliday] = ()

    def reason(self, day: date) -> str | None:
        """Return why nobody meets on *day*; None for a day that is free."""
        name = holiday_name(day)
        if name is not None:
            return name
        if day.weekday() >= _WEEKEND:
            return "weekend"
        if day in self.calendar.closing_days:
            return "sluitingsdag van de stad"
        return next(
            (each.name for each in self.school_holidays if each.holds_on(day)), None
        )

    def is_free(self, day: date) -> bool:
        """Tell whether people can meet on *day*."""
        return self.reason(day) is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A day for a meeting; *moved* tells why it is not the day of the rhythm."""

    day: date
    moved: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """What is asked: from *first* on, each *rhythm*, up to *last*.

    *rhythm* is an ISO 8601 period of days, weeks, months or years. With *weekday*
    (0 is Monday) all meetings fall on it, in the week of the rhythm.
    """

    first: date
    last: date
    rhythm: str
    weekday: int | None = None


def propose(series: Series, days_off: DaysOff) -> list[Proposal]:
    """Propose days, each later than the one before; at most ``MOST``.

    The rhythm is counted from the first day, so that moving one meeting doesn't
    move those after it. A day off makes way for the same weekday of the next
    free week, or, when there is none for weeks, for the next free day.
    """
    found: list[Proposal] = []
    for wanted in _rhythm(series):
        proposal = _free(wanted, series.weekday, days_off)
        is_later = not found or proposal.day > found[-1].day
        if is_later and proposal.day <= series.last:
            found.append(proposal)
    return found


def first_day(rhythm: str, *, year: int, last_met: date | None) -> date:
    """Return where the series of a year begins, when nobody chose a day.

    One rhythm after the last meeting, when that falls in the year; otherwise
    half a rhythm after the first of January.
    """
    start = date(year, 1, 1)
    if last_met is not None:
        following = add_period(last_met, rhythm)
        if following.year == year:
            return following
    return start + (add_period(start, rhythm) - start) / 2


def rhythm_of(rhythm: str | None, wanted_per_year: int | None) -> str:
    """Return the period between two meetings: as agreed, or else counted."""
    if rhythm is not None:
        return rhythm
    months = max(1, 12 // (wanted_per_year or 4))
    return f"P{months}M"


def _rhythm(series: Series) -> Iterator[date]:
    """Give the days of the rhythm; period by period, counted from the first."""
    period = parse_duration(series.rhythm)
    for turn in range(MOST):
        counted = period.times(turn)
        day = add_period(series.first, f"P{counted.months}M{counted.days}D")
        if day > series.last:
            return
        yield day


def _free(wanted: date, weekday: int | None, days_off: DaysOff) -> Proposal:
    aligned = wanted if weekday is None else _in_week(wanted, weekday)
    for day in _candidates(aligned, days_off.is_free):
        moved = None if day == aligned else _moved(aligned, days_off)
        return Proposal(day=day, moved=moved)
    return Proposal(day=aligned, moved=None)


def _in_week(day: date, weekday: int) -> date:
    """Return the weekday of the same week, Monday first."""
    return day + timedelta(days=weekday - day.weekday())


def _candidates(day: date, is_free: Callable[[date], bool]) -> Iterable[date]:
    """First the same weekday of later weeks, then any day after it."""
    weeks = (day + _A_WEEK * turn for turn in range(_LONGEST_MOVE + 1))
    anything = (day + timedelta(days=turn) for turn in range(1, 366))
    return [*filter(is_free, weeks), *filter(is_free, anything)]


def _moved(day: date, days_off: DaysOff) -> str:
    return f"{day_in_words(day, weekday=True)}: {days_off.reason(day)}"
