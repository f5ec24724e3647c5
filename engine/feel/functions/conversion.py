"""Built-ins that turn one kind into another."""

from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Final

from engine.feel.formatting import string
from engine.feel.functions.signature import Room
from engine.feel.numbers import parse_number, whole
from engine.feel.run import Run
from engine.feel.temporal import (
    months_between,
    offset_zone,
    parse_date,
    parse_date_and_time,
    parse_duration,
    parse_time,
)
from engine.feel.values import DaysTime, Value, YearsMonths

CONVERSION: Final = Room("Conversion")

_GROUPING: Final = frozenset({" ", ",", "."})
_DECIMAL: Final = frozenset({",", "."})


@CONVERSION.function("not", "negand: any")
def _not(run: Run, negand: Value) -> Value:
    """The other truth; null for what is no boolean."""
    return not negand if isinstance(negand, bool) else None


@CONVERSION.function("string", "from: any")
def _string(run: Run, value: Value) -> Value:
    """The text of a value."""
    return string(value, run)


@CONVERSION.function(
    "number",
    "from: string, grouping separator?: string|null, decimal separator?: string|null",
    "from: number",
)
def _number(
    run: Run,
    text: str | Decimal,
    grouping: str | None = None,
    point: str | None = None,
) -> Value:
    """The number that a text stands for."""
    if isinstance(text, Decimal):
        return text
    if grouping is not None and (grouping not in _GROUPING or grouping == point):
        return None
    if point is not None and point not in _DECIMAL:
        return None
    bare = text.replace(grouping, "") if grouping else text
    return parse_number(bare.replace(point, ".") if point else bare)


@CONVERSION.function("date", "from: string")
def _date_of_text(run: Run, text: str) -> Value:
    """A date of a text, of a date and time, or of year, month and day."""
    return parse_date(text)


@CONVERSION.function("date", "from: date|date and time")
def _date_of_moment(run: Run, moment: date) -> Value:
    return date(moment.year, moment.month, moment.day)


@CONVERSION.function("date", "year: number, month: number, day: number")
def _date_of_parts(run: Run, year: Decimal, month: Decimal, day: Decimal) -> Value:
    return date(_whole(year), _whole(month), _whole(day))


def _whole(number: Decimal) -> int:
    result = whole(number)
    if result is None:
        message = "no whole number"
        raise ValueError(message)
    return result


@CONVERSION.function("time", "from: string")
def _time_of_text(run: Run, text: str) -> Value:
    """A time of a text, of a date and time, or of hour, minute, second and offset."""
    return parse_time(text)


@CONVERSION.function("time", "from: time|date and time")
def _time_of_moment(run: Run, moment: time | datetime) -> Value:
    return moment if isinstance(moment, time) else moment.timetz()


@CONVERSION.function(
    "time",
    "hour: number, minute: number, second: number,"
    " offset?: days and time duration|null",
)
def _time_of_parts(
    run: Run,
    hour: Decimal,
    minute: Decimal,
    second: Decimal,
    offset: DaysTime | None = None,
) -> Value:
    zone: tzinfo | None = None
    if offset is not None:
        zone = offset_zone(_whole(offset.seconds))
    micro = int((second % 1) * 1_000_000)
    return time(_whole(hour), _whole(minute), int(second), micro, tzinfo=zone)


@CONVERSION.function("date and time", "from: string")
def _moment_of_text(run: Run, text: str) -> Value:
    """A date and time of a text, or of a date and a time."""
    return parse_date_and_time(text)


@CONVERSION.function("date and time", "from: date and time")
def _moment_of_moment(run: Run, moment: datetime) -> Value:
    return moment


@CONVERSION.function("date and time", "date: date|date and time, time: time")
def _moment_of_parts(run: Run, day: date, clock: time) -> Value:
    return datetime.combine(date(day.year, day.month, day.day), clock)


@CONVERSION.function("duration", "from: string")
def _duration(run: Run, text: str) -> Value:
    """A duration of its ISO 8601 text, such as ``P14D`` or ``P1Y6M``."""
    return parse_duration(text)


@CONVERSION.function("duration", "from: duration")
def _duration_of_duration(run: Run, value: DaysTime | YearsMonths) -> Value:
    return value


@CONVERSION.function(
    "years and months duration",
    "from: date|date and time, to: date|date and time",
)
def _years_months(run: Run, start: date, end: date) -> Value:
    """The whole months between two dates."""
    return months_between(start, end)
