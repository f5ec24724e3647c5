"""Working days: weekdays that are no Belgian holiday and no closing day of the city."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from engine.zone import END_OF_DAY

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)

MOST_WORKING_DAYS = 10_000
"""More than this in one sum is a mistake (some forty years)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCalendar:
    """The working days of an office; *closing_days* are its own days off."""

    closing_days: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on *day*."""
        if day.weekday() >= _SATURDAY or day in self.closing_days:
            return False
        return day not in _holidays(day.year)

    def next_working_day(self, day: date) -> date:
        """Return the first working day after *day*."""
        return next(filter(self.is_working_day, _days_from(day, _ONE_DAY)))

    def previous_working_day(self, day: date) -> date:
        """Return the last working day before *day*."""
        return next(filter(self.is_working_day, _days_from(day, -_ONE_DAY)))

    def on_or_before(self, day: date) -> date:
        """Return *day*, or the last working day before it."""
        return day if self.is_working_day(day) else self.previous_working_day(day)

    def on_or_after(self, day: date) -> date:
        """Return *day*, or the first working day after it."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day that is *count* working days after *day*, or before it.

        *day* itself doesn't count, so one working day after a Friday, Saturday
        or Sunday is the Monday; zero gives *day* back, whatever it is.
        Raises ``ValueError`` beyond ``MOST_WORKING_DAYS``.
        """
        if abs(count) > MOST_WORKING_DAYS:
            message = f"{count} werkdagen is te veel; hoogstens {MOST_WORKING_DAYS}."
            raise ValueError(message)
        move = self.next_working_day if count > 0 else self.previous_working_day
        for _ in range(abs(count)):
            day = move(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Count the working days after *start* up to and including *end*."""
        if end < start:
            return -self.working_days_between(end - _ONE_DAY, start - _ONE_DAY)
        days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))


def end_of_day(day: date, zone: str) -> datetime:
    """Return the last second of *day* in *zone*, 23:59:59 local, as a UTC moment.

    A legal term runs to the end of its last day (see ``docs/explanation/timers``).
    """
    return datetime.combine(day, END_OF_DAY, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def holiday_name(day: date) -> str | None:
    """Return the Dutch name of a Belgian public holiday, None for another day."""
    return _holidays(day.year).get(day)


@lru_cache(maxsize=64)
def _holidays(year: int) -> dict[date, str]:
    found = holidays.country_holidays("BE", years=year, language="nl")
    return {day: name for day, name in found.items() if day.year == year}


def _days_from(day: date, step: timedelta) -> Iterator[date]:
    while True:
        day += step
        yield day
