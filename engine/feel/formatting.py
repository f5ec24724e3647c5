"""Texts of values, as the built-in ``string`` gives them."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.feel.numbers import format_number
from engine.feel.run import Run
from engine.feel.values import DaysTime, Function, Kind, Range, Value, YearsMonths, kind


def string(value: Value, run: Run | None = None) -> str | None:
    """Return the text of *value*; None for null.

    Charges the size of the text to *run*, because values may share parts and
    then have a text far longer than themselves.
    """
    if value is None or isinstance(value, str):
        return value
    return _WRITERS[kind(value)](value, run or Run())


def _nested(value: Value, run: Run) -> str:
    run.meter.step()
    text = _WRITERS[kind(value)](value, run)
    run.meter.grow(len(text))
    return text


def _quoted(value: Value, run: Run) -> str:
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _date_and_time(value: datetime | time, run: Run) -> str:
    bare = value.replace(tzinfo=None)
    text = bare.isoformat()
    if bare.microsecond:
        text = text.rstrip("0")
    zone = value.tzinfo
    if zone is None:
        return text
    if isinstance(zone, ZoneInfo):
        return f"{text}@{zone.key}"
    return text + format_offset(value.utcoffset() or timedelta())


def format_offset(offset: timedelta) -> str:
    """Write an offset as ``+02:00``; ``Z`` for none."""
    seconds = int(offset.total_seconds())
    if not seconds:
        return "Z"
    sign = "-" if seconds < 0 else "+"
    hours, rest = divmod(abs(seconds), 3600)
    minutes, left = divmod(rest, 60)
    return f"{sign}{hours:02}:{minutes:02}" + (f":{left:02}" if left else "")


def _days_time(value: DaysTime, run: Run) -> str:
    size = abs(value.seconds)
    whole, fraction = divmod(size, 1)
    minutes, seconds = divmod(int(whole), 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    exact = format_number(Decimal(seconds) + fraction)
    clock = "".join(
        f"{count}{unit}"
        for count, unit in ((hours, "H"), (minutes, "M"), (exact, "S"))
        if count not in {0, "0"}
    )
    text = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if value.seconds < 0 else "") + "P" + (text or "T0S")


def _years_months(value: YearsMonths, run: Run) -> str:
    years, months = divmod(abs(value.months), 12)
    text = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return ("-" if value.months < 0 else "") + "P" + (text or "0M")


def _list(value: list[Value], run: Run) -> str:
    return "[" + ", ".join([_nested(item, run) for item in value]) + "]"


def _context(value: dict[str, Value], run: Run) -> str:
    entries = [f"{_key(key)}: {_nested(item, run)}" for key, item in value.items()]
    return "{" + ", ".join(entries) + "}"


def _key(key: str) -> str:
    plain = key.replace(" ", "_").isidentifier()
    return key if plain else '"' + key.replace('"', '\\"') + '"'


def _range(value: Range, run: Run) -> str:
    if value.start is None or value.end is None:
        return _half_range(value, run)
    opening = "[" if value.start_included else "("
    closing = "]" if value.end_included else ")"
    return f"{opening}{_nested(value.start, run)}..{_nested(value.end, run)}{closing}"


def _half_range(value: Range, run: Run) -> str:
    if value.start is None:
        operator = "<=" if value.end_included else "<"
        return f"{operator} {_nested(value.end, run)}"
    operator = ">=" if value.start_included else ">"
    return f"{operator} {_nested(value.start, run)}"


def _function(value: Function, run: Run) -> str:
    return f"function({', '.join(value.parameters)})"


def _date(value: date, run: Run) -> str:
    return value.isoformat()


def _number(value: Decimal, run: Run) -> str:
    return format_number(value)


_WRITERS: Final[dict[Kind, Callable[[Any, Run], str]]] = {
    Kind.NULL: lambda _value, _run: "null",
    Kind.BOOLEAN: lambda value, _run: "true" if value else "false",
    Kind.NUMBER: _number,
    Kind.STRING: _quoted,
    Kind.DATE: _date,
    Kind.TIME: _date_and_time,
    Kind.DATE_AND_TIME: _date_and_time,
    Kind.DAYS_TIME: _days_time,
    Kind.YEARS_MONTHS: _years_months,
    Kind.LIST: _list,
    Kind.CONTEXT: _context,
    Kind.RANGE: _range,
    Kind.FUNCTION: _function,
}
