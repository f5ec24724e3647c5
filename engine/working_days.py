"""Working days as FEEL functions, for the terms in diagrams and decision tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from engine.calendar import WorkingCalendar
from engine.calendar import end_of_day as last_minute
from engine.feel.functions.signature import Room
from engine.feel.run import Run

_CLOSED = "closing days?: list"
_DAY = f"date: date, {_CLOSED}"
_DAY_AND_COUNT = f"date: date, count: number, {_CLOSED}"

_Days = Sequence[date] | None


def working_days(calendar: WorkingCalendar, zone: str) -> Room:
    """Return the functions of *calendar*; an impossible question gives null."""
    room = Room("Working days")

    @room.function("is working day", _DAY)
    def is_working_day(run: Run, day: date, closed: _Days = None) -> bool:
        """Whether the office works on that day."""
        return _closed(calendar, closed).is_working_day(day)

    @room.function("next working day", _DAY)
    def next_working_day(run: Run, day: date, closed: _Days = None) -> date:
        """The first working day after a day."""
        return _closed(calendar, closed).next_working_day(day)

    @room.function("previous working day", _DAY)
    def previous_working_day(run: Run, day: date, closed: _Days = None) -> date:
        """The last working day before a day."""
        return _closed(calendar, closed).previous_working_day(day)

    @room.function("add working days", _DAY_AND_COUNT)
    def add_working_days(
        run: Run, day: date, count: Decimal, closed: _Days = None
    ) -> date:
        """The day that is a number of working days later, or earlier."""
        if count != count.to_integral_value():
            raise ValueError(count)
        return _closed(calendar, closed).add_working_days(day, int(count))

    @room.function("end of day", "date: date")
    def end_of_day(run: Run, day: date) -> datetime:
        """The last minute of a day, when a term ends."""
        return last_minute(day, zone)

    return room


def _closed(calendar: WorkingCalendar, days: _Days) -> WorkingCalendar:
    """Return *calendar* with the days on which the office is closed as well."""
    if not days:
        return calendar
    if not all(isinstance(day, date) for day in days):
        raise ValueError(days)
    return replace(calendar, closing_days=calendar.closing_days | frozenset(days))
