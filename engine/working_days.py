"""Working days as FEEL functions, for the terms in diagrams and decision tables."""

from datetime import date, datetime
from decimal import Decimal

from engine.calendar import WorkingCalendar
from engine.calendar import end_of_day as last_minute
from engine.feel.functions.signature import Room
from engine.feel.run import Run

_DAY = "date: date"
_DAY_AND_COUNT = "date: date, count: number"


def working_days(calendar: WorkingCalendar, zone: str) -> Room:
    """Return the functions of *calendar*; an impossible question gives null."""
    room = Room("Working days")

    @room.function("is working day", _DAY)
    def is_working_day(run: Run, day: date) -> bool:
        """Whether the office works on that day."""
        return calendar.is_working_day(day)

    @room.function("next working day", _DAY)
    def next_working_day(run: Run, day: date) -> date:
        """The first working day after a day."""
        return calendar.next_working_day(day)

    @room.function("previous working day", _DAY)
    def previous_working_day(run: Run, day: date) -> date:
        """The last working day before a day."""
        return calendar.previous_working_day(day)

    @room.function("add working days", _DAY_AND_COUNT)
    def add_working_days(run: Run, day: date, count: Decimal) -> date:
        """The day that is a number of working days later, or earlier."""
        if count != count.to_integral_value():
            raise ValueError(count)
        return calendar.add_working_days(day, int(count))

    @room.function("end of day", _DAY)
    def end_of_day(run: Run, day: date) -> datetime:
        """The last minute of a day, when a term ends."""
        return last_minute(day, zone)

    return room
