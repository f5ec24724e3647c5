"""When the weekly meeting meets: a weekday and an hour, not on a day off; pure."""

from datetime import date, datetime, time, timedelta

from engine.calendar import WorkingCalendar
from workflows.calendar import local_day, local_moment
from workflows.city.model import WEEKDAYS

_A_WEEK = 7


def next_meeting(
    after: datetime, *, weekday: str, hour: time, calendar: WorkingCalendar
) -> datetime:
    """Return the first moment of the series on a later day than *after*.

    *weekday* is one of ``WEEKDAYS``.

    A meeting that would fall on a day off is held on the next working day; the
    one after it falls on its own weekday again.
    """
    day = _next_weekday(local_day(after), WEEKDAYS.index(weekday))
    return local_moment(calendar.on_or_after(day), hour)


def _next_weekday(day: date, weekday: int) -> date:
    ahead = (weekday - day.weekday()) % _A_WEEK or _A_WEEK
    return day + timedelta(days=ahead)
