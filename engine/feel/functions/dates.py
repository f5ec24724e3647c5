"""Built-ins that read dates, and the clock."""

from datetime import date
from decimal import Decimal
from typing import Final

from engine.feel.comparison import same
from engine.feel.formatting import string
from engine.feel.functions.signature import Room
from engine.feel.run import Run
from engine.feel.values import Kind, Value, kind

DATES: Final = Room("Dates")

_DAYS: Final = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
]
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_EXACT: Final = frozenset({Kind.TIME, Kind.DATE_AND_TIME})
_DATE: Final = "date: date|date and time"


@DATES.function("now", "")
def _now(run: Run) -> Value:
    """The present date and time, in the zone of the evaluation."""
    return run.now()


@DATES.function("today", "")
def _today(run: Run) -> Value:
    """The present date, in the zone of the evaluation."""
    return run.now().date()


@DATES.function("day of year", _DATE)
def _day_of_year(run: Run, day: date) -> Value:
    """The number of the day in its year."""
    return Decimal(day.timetuple().tm_yday)


@DATES.function("day of week", _DATE)
def _day_of_week(run: Run, day: date) -> Value:
    """The English name of the day."""
    return _DAYS[day.weekday()]


@DATES.function("month of year", _DATE)
def _month_of_year(run: Run, day: date) -> Value:
    """The English name of the month."""
    return _MONTHS[day.month - 1]


@DATES.function("week of year", _DATE)
def _week_of_year(run: Run, day: date) -> Value:
    """The number of the week by ISO 8601."""
    return Decimal(day.isocalendar().week)


@DATES.function("is", "value1: any, value2: any")
def _is(run: Run, left: Value, right: Value) -> Value:
    """Whether both are the same, also in zone and offset."""
    if kind(left) is not kind(right):
        return False
    if kind(left) in _EXACT:
        return string(left) == string(right)
    return same(left, right, run)
