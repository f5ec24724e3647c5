"""Settings as values, and the rules that they must keep."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflows.calendar import UNITS
from workflows.errors import InvalidDataError


class SettingKind(StrEnum):
    """What a setting holds."""

    PERIOD = "period"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TEXT = "text"
    DAYS = "days"
    WEEKDAY = "weekday"
    HOUR = "hour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A setting: what it holds and means; texts in Dutch."""

    name: str
    kind: SettingKind
    default: object
    group: str
    label: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingValue:
    """A value with the day from which it counts."""

    setting: Setting
    value: object
    valid_from: date | None
    changed_at: datetime | None
    changed_by: str | None

    @property
    def in_words(self) -> str:
        """The value as a person reads it."""
        return _IN_WORDS[self.setting.kind](self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """The city as messages and documents name it."""

    name: str
    sender: str
    contact: str


WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag")
"""The days on which the service works, as a person writes them."""
_PERIOD = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?")
_HOUR = re.compile(r"([01]?\d|2[0-3])(?:[:.]([0-5]\d))?")
_LONGEST_YEARS = 100
_LONGEST_TEXT = 200


def period_in_words(text: str) -> str:
    """Write a period such as ``P1Y6M`` as ``1 jaar en 6 maanden``."""
    match = _PERIOD.fullmatch(text)
    if match is None:
        return text
    parts = [
        f"{count} {one if count == '1' else many}"
        for count, (one, many) in zip(match.groups(), UNITS.values(), strict=True)
        if count
    ]
    return " en ".join(parts)


def frequency_in_words(text: str) -> str:
    """Write a period as how often something is done; other words as they are.

    ``P1M`` is ``elke maand``, ``P1Y`` ``elk jaar``, ``P3M`` ``om de 3 maanden``.
    """
    words = period_in_words(text)
    if words == text:
        return text
    if words == "1 jaar":
        return "elk jaar"
    is_one = words.startswith("1 ") and " en " not in words
    return f"elke {words.removeprefix('1 ')}" if is_one else f"om de {words}"


def checked(setting: Setting, value: object) -> object:
    """Return *value* as it is stored; raise ``InvalidDataError`` for a misfit."""
    sound = _CHECKS[setting.kind](value)
    if sound is None:
        sentence = f"{setting.label}: {_WANTED[setting.kind]}"
        raise InvalidDataError({setting.name: sentence})
    return sound


def _period(value: object) -> object | None:
    """Periods of days, weeks, months, years; at least a day."""
    text = str(value).strip().upper()
    match = _PERIOD.fullmatch(text)
    counts = [int(count) for count in match.groups() if count] if match else []
    if not any(counts) or max(counts) > _LONGEST_YEARS * 366:
        return None
    return text


def _number(value: object) -> object | None:
    text = str(value).strip()
    return int(text) if re.fullmatch(r"[1-9]\d{0,2}", text) else None


def _boolean(value: object) -> object | None:
    table = {"true": True, "on": True, "ja": True, "false": False, "nee": False}
    return table.get(str(value).strip().casefold())


def _text(value: object) -> object | None:
    text = " ".join(str(value).split())
    return text if 0 < len(text) <= _LONGEST_TEXT else None


def _days(value: object) -> object | None:
    """Days as ISO texts, sorted; given as a list or as text with separators."""
    parts = (
        re.split(r"[\s,;]+", value) if isinstance(value, str) else list(_listed(value))
    )
    try:
        days = {date.fromisoformat(str(part)) for part in parts if str(part)}
    except ValueError:
        return None
    return [day.isoformat() for day in sorted(days)]


def _weekday(value: object) -> object | None:
    text = str(value).strip().casefold()
    return text if text in WEEKDAYS else None


def _hour(value: object) -> object | None:
    match = _HOUR.fullmatch(str(value).strip())
    return f"{int(match[1]):02d}:{match[2] or '00'}" if match else None


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else ("?",)


def _days_in_words(value: object) -> str:
    return ", ".join(str(day) for day in _listed(value)) or "geen"


_CHECKS: Mapping[SettingKind, Callable[[object], object | None]] = {
    SettingKind.PERIOD: _period,
    SettingKind.NUMBER: _number,
    SettingKind.BOOLEAN: _boolean,
    SettingKind.TEXT: _text,
    SettingKind.DAYS: _days,
    SettingKind.WEEKDAY: _weekday,
    SettingKind.HOUR: _hour,
}
_WANTED: Mapping[SettingKind, str] = {
    SettingKind.PERIOD: "vul een termijn in zoals P14D (dagen), P2W (weken) of P3M.",
    SettingKind.NUMBER: "vul een geheel getal van 1 tot 999 in.",
    SettingKind.BOOLEAN: "kies ja of nee.",
    SettingKind.TEXT: f"vul een tekst van hoogstens {_LONGEST_TEXT} tekens in.",
    SettingKind.DAYS: "vul dagen in als jaar-maand-dag, gescheiden door een komma.",
    SettingKind.WEEKDAY: "vul een werkdag in, van maandag tot vrijdag.",
    SettingKind.HOUR: "vul een uur in zoals 9:00 of 13:30.",
}
_IN_WORDS: Mapping[SettingKind, Callable[[object], str]] = {
    SettingKind.PERIOD: lambda value: period_in_words(str(value)),
    SettingKind.NUMBER: str,
    SettingKind.BOOLEAN: lambda value: "ja" if value else "nee",
    SettingKind.TEXT: str,
    SettingKind.DAYS: _days_in_words,
    SettingKind.WEEKDAY: str,
    SettingKind.HOUR: lambda value: f"{value} uur",
}
