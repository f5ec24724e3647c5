"""What stands after a point: entries of contexts, parts of dates and durations."""

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.feel.temporal import as_duration
from engine.feel.values import DaysTime, Kind, Range, Value, YearsMonths, kind, normal


def property_of(value: Value, name: str) -> Value:
    """Return the entry or property *name* of *value*; null when it has none."""
    if isinstance(value, dict):
        return normal(value.get(name))
    if isinstance(value, list):
        return [property_of(item, name) for item in value]
    read = PROPERTIES.get(kind(value), {}).get(name)
    return None if read is None else read(value)


def _number(attribute: str) -> Callable[[Any], Value]:
    return lambda value: Decimal(getattr(value, attribute))


def _weekday(value: date) -> Value:
    return Decimal(value.isoweekday())


def _offset(value: datetime | time) -> Value:
    moment = (
        value
        if isinstance(value, datetime)
        else datetime.combine(date(2000, 1, 1), value)
    )
    offset = moment.utcoffset()
    return None if offset is None else as_duration(offset)


def _zone(value: datetime | time) -> Value:
    return value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else None


def _seconds_part(unit: int, modulus: int | None) -> Callable[[DaysTime], Value]:
    def read(value: DaysTime) -> Value:
        count = int(abs(value.seconds)) // unit
        part = count if modulus is None else count % modulus
        return Decimal(-part if value.seconds < 0 else part)

    return read


def _seconds(value: DaysTime) -> Value:
    part = abs(value.seconds) % 60
    return -part if value.seconds < 0 else part


def _months_part(value: YearsMonths, *, years: bool) -> Value:
    whole, rest = divmod(abs(value.months), 12)
    part = whole if years else rest
    return Decimal(-part if value.months < 0 else part)


def _range_part(attribute: str) -> Callable[[Range], Value]:
    def read(value: Range) -> Value:
        part: Value = getattr(value, attribute)
        return part

    return read


_Readers = dict[str, Callable[[Any], Value]]

_DAY: Final[_Readers] = {
    **{name: _number(name) for name in ("year", "month", "day")},
    "weekday": _weekday,
}
_CLOCK: Final[_Readers] = {
    **{name: _number(name) for name in ("hour", "minute", "second")},
    "time offset": _offset,
    "timezone": _zone,
}

PROPERTIES: Final[dict[Kind, _Readers]] = {
    Kind.DATE: _DAY,
    Kind.TIME: _CLOCK,
    Kind.DATE_AND_TIME: {**_DAY, **_CLOCK},
    Kind.DAYS_TIME: {
        "days": _seconds_part(86400, None),
        "hours": _seconds_part(3600, 24),
        "minutes": _seconds_part(60, 60),
        "seconds": _seconds,
    },
    Kind.YEARS_MONTHS: {
        "years": lambda value: _months_part(value, years=True),
        "months": lambda value: _months_part(value, years=False),
    },
    Kind.RANGE: {
        "start": _range_part("start"),
        "end": _range_part("end"),
        "start included": _range_part("start_included"),
        "end included": _range_part("end_included"),
    },
}
