"""Dates, times and durations: reading texts, and arithmetic on instants."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.feel.numbers import CONTEXT, tidy
from engine.feel.values import DaysTime, Value, YearsMonths

_DATE: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_TIME: Final = re.compile(
    r"T?(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?"
    r"(?:(Z)|([+-])(\d\d):(\d\d)(?::(\d\d))?|@([\w+/-]{1,64}))?",
    re.ASCII,
)
_YEARS_MONTHS: Final = re.compile(
    r"(-)?P(?=\d)(?:(\d{1,12})Y)?(?:(\d{1,12})M)?", re.ASCII
)
_DAYS_TIME: Final = re.compile(
    r"(-)?P(?=[\dT])(?:(\d{1,15})D)?"
    r"(?:T(?=\d)(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15}(?:\.\d{0,12})?)S)?)?",
    re.ASCII,
)
_MIDNIGHT: Final = "24:00:00"
_LARGEST_OFFSET: Final = 14 * 3600
_REFERENCE_DAY: Final = date(2000, 1, 1)
_MICRO: Final = timedelta(microseconds=1)


def parse_date(text: str) -> date | None:
    """Read ``2026-01-31``; None when it is no date."""
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        return date(*(int(part) for part in match.groups()))
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """Read ``14:30:00``, with ``Z``, an offset or ``@zone``; None if it is none."""
    match = _TIME.fullmatch(text)
    if not match:
        return None
    hour, minute, second, fraction = match.group(1, 2, 3, 4)
    micro = int((fraction or "")[:6].ljust(6, "0"))
    try:
        zone = _parse_zone(match)
        return time(int(hour), int(minute), int(second), micro, tzinfo=zone)
    except ValueError:
        return None


def _parse_zone(match: re.Match[str]) -> tzinfo | None:
    utc, sign, hours, minutes, seconds, name = match.group(5, 6, 7, 8, 9, 10)
    if utc:
        return UTC
    if name:
        return named_zone(name)
    if not sign:
        return None
    return offset_zone(
        (1 if sign == "+" else -1)
        * (int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0))
    )


def named_zone(name: str) -> ZoneInfo:
    """Return the zone of this name; raise ``ValueError`` when there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        message = f"no zone {name}"
        raise ValueError(message) from error


def offset_zone(seconds: int) -> timezone:
    """Return a fixed offset; raise ``ValueError`` beyond 14 hours."""
    if abs(seconds) > _LARGEST_OFFSET:
        message = f"no offset of {seconds} s"
        raise ValueError(message)
    return timezone(timedelta(seconds=seconds)) if seconds else UTC


def parse_date_and_time(text: str) -> datetime | None:
    """Read a date, or a date, ``T`` and a time; None when it is neither."""
    day_text, separator, time_text = text.partition("T")
    if time_text.startswith(_MIDNIGHT):
        return _end_of_day(day_text, time_text)
    day = parse_date(day_text)
    if day is None:
        return None
    if not separator:
        return datetime.combine(day, time())
    clock = None if time_text.startswith("T") else parse_time(time_text)
    return None if clock is None else datetime.combine(day, clock)


def _end_of_day(day_text: str, time_text: str) -> datetime | None:
    start = parse_date_and_time(f"{day_text}T00{time_text.removeprefix('24')}")
    try:
        return None if start is None else start + timedelta(days=1)
    except OverflowError:
        return None


def parse_duration(text: str) -> DaysTime | YearsMonths | None:
    """Read an ISO 8601 duration of one of both kinds; None when it is neither."""
    match = _YEARS_MONTHS.fullmatch(text)
    if match:
        sign, years, months = match.groups()
        total = 12 * int(years or 0) + int(months or 0)
        return YearsMonths(-total if sign else total)
    match = _DAYS_TIME.fullmatch(text)
    if not match or text.endswith(("P", "T")):
        return None
    sign, days, hours, minutes, seconds = match.groups()
    clock = int(days or 0) * 86400 + int(hours or 0) * 3600 + int(minutes or 0) * 60
    exact = CONTEXT.add(Decimal(clock), Decimal(seconds or 0))
    return DaysTime(-exact if sign else exact)


def parse_temporal(text: str) -> Value:
    """Read the text of an at-literal; None when it is no date, time or duration."""
    for parse in (parse_date, parse_date_and_time, parse_time, parse_duration):
        value = parse(text)
        if value is not None:
            return value
    return None


def instant(value: date | time) -> datetime:
    """Return *value* as a moment that can be compared: UTC, or local without zone.

    Python compares two moments in one zone by their clocks, which is wrong
    in the hour that a summer ends; UTC is always right. A time stands on a
    fixed day; a date is its midnight in UTC, as the standard converts it.
    """
    if isinstance(value, time):
        value = datetime.combine(_REFERENCE_DAY, value)
    elif not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value if value.tzinfo is None else value.astimezone(UTC)


def as_timedelta(duration: DaysTime) -> timedelta:
    """Return the duration in whole microseconds; may raise ``OverflowError``."""
    micros = CONTEXT.multiply(duration.seconds, Decimal(1_000_000))
    return timedelta(microseconds=int(micros))


def as_duration(delta: timedelta) -> DaysTime:
    """Return an exact duration."""
    return DaysTime(tidy(Decimal(delta // _MICRO).scaleb(-6)))


def add_months(day: date, months: int) -> date:
    """Add months to a date or date and time; the day is cut to the month's last."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= date.max.year:
        message = f"year {year} is out of range"
        raise OverflowError(message)
    last = monthrange(year, month0 + 1)[1]
    return day.replace(year=year, month=month0 + 1, day=min(day.day, last))


def add_duration(value: date | time, duration: DaysTime) -> date | time:
    """Add to a date (whole days), a time (round the clock) or an instant."""
    if isinstance(value, time):
        day = datetime.combine(_REFERENCE_DAY, value)
        within = DaysTime(CONTEXT.remainder(duration.seconds, Decimal(86400)))
        return (day + as_timedelta(within)).timetz()
    delta = as_timedelta(duration)
    if not isinstance(value, datetime):
        return (datetime.combine(value, time()) + delta).date()
    if value.tzinfo is None:
        return value + delta
    return (value.astimezone(UTC) + delta).astimezone(value.tzinfo)


def difference(left: date | time, right: date | time) -> DaysTime | None:
    """Subtract two moments; None when only one of them is local."""
    first, second = instant(left), instant(right)
    if (first.tzinfo is None) != (second.tzinfo is None):
        return None
    return as_duration(first - second)


def months_between(start: date, end: date) -> YearsMonths:
    """Return the whole months from *start* to *end*, by their dates, with sign."""
    first, last = (start.year, start.month, start.day), (end.year, end.month, end.day)
    sign = 1 if last >= first else -1
    later, earlier = max(first, last), min(first, last)
    months = (later[0] - earlier[0]) * 12 + later[1] - earlier[1]
    if later[2] < earlier[2]:
        months -= 1
    return YearsMonths(sign * months)
