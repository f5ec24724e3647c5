"""Dates, times and numbers as a Dutch reader writes them."""

from datetime import date, datetime, time
from decimal import Decimal

from engine.zone import BRUSSELS
from workflows.calendar import DAYS, MONTHS

_SHORT_MONTHS = (
    "jan feb mrt apr mei jun jul aug sep okt nov dec".split()  # noqa: SIM905
)


def local(moment: datetime) -> datetime:
    """Return *moment* on the wall clock of Brussels."""
    return moment.astimezone(BRUSSELS)


def day_of(when: date) -> date:
    """Return the local day of a date or a moment."""
    return local(when).date() if isinstance(when, datetime) else when


def long_day(when: date) -> str:
    """Write ``maandag 23 november 2026``."""
    day = day_of(when)
    return f"{DAYS[day.weekday()]} {plain_day(day)}"


def plain_day(when: date) -> str:
    """Write ``23 november 2026``."""
    day = day_of(when)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(when: date, *, today: date | None = None) -> str:
    """Write ``wo 25 nov``; with the year when it is not that of *today*."""
    day = day_of(when)
    year = "" if today is None or day.year == today.year else f" {day.year}"
    return f"{DAYS[day.weekday()][:2]} {day.day} {_SHORT_MONTHS[day.month - 1]}{year}"


def moment(when: datetime) -> str:
    """Write ``23 nov 2026 om 14:05``."""
    there = local(when)
    month = _SHORT_MONTHS[there.month - 1]
    return f"{there.day} {month} {there.year} om {there:%H:%M}"


def hour(when: datetime) -> str:
    """Write ``14.05``."""
    return f"{local(when):%H.%M}"


def plain(value: object) -> str:
    """Write a value of a case for a reader; nothing as an em dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return plain_day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, (int, float, Decimal)):
        return f"{value:f}".replace(".", ",") if value % 1 else str(int(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(plain(each) for each in value) or "–"
    return str(value)


def count(number: int, one: str, many: str) -> str:
    """Write ``1 taak`` or ``10 taken``."""
    return f"{number} {one if number == 1 else many}"


def initials(name: str) -> str:
    """Return the first letters of the first and the last word of *name*."""
    words = [word for word in name.replace("-", " ").split() if word]
    chosen = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper() for word in chosen) or "?"
