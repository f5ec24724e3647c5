"""The calendar of the city: its zone, its local days, dates in Dutch words."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from engine.zone import BRUSSELS

ZONE = BRUSSELS

DAYS = (
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
)
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
UNITS: Mapping[str, tuple[str, str]] = {
    "Y": ("jaar", "jaar"),
    "M": ("maand", "maanden"),
    "W": ("week", "weken"),
    "D": ("dag", "dagen"),
}


def local_day(moment: datetime) -> date:
    """Return the day that *moment* (aware) falls on in the city."""
    return moment.astimezone(ZONE).date()


def local_moment(day: date, hour: time) -> datetime:
    """Return *hour* on *day* in the city, as UTC."""
    return datetime.combine(day, hour, tzinfo=ZONE).astimezone(UTC)


def day_in_words(day: date, *, weekday: bool = False) -> str:
    """Write a day as ``2 maart 2026``, or ``maandag 2 maart 2026``."""
    text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {text}" if weekday else text


def moment_in_words(moment: datetime) -> str:
    """Write a moment as ``maandag 2 maart 2026 om 14.30 uur``."""
    local = moment.astimezone(ZONE)
    return f"{day_in_words(local.date(), weekday=True)} om {local:%H.%M} uur"
