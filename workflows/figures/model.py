"""Key figures: what they count, how they read, when they stay hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from statistics import median
from uuid import UUID


class Theme(StrEnum):
    """What a figure is about; the values follow the points of the core group."""

    OFFER = "offer"
    NEED = "need"
    MARKET = "market"
    QUALITY = "quality"
    GRANTS = "grants"


THEME_NAMES: Mapping[Theme, str] = {
    Theme.OFFER: "Sociaal woonaanbod",
    Theme.NEED: "Woonbehoeften en wachtlijsten",
    Theme.MARKET: "Woningmarkt",
    Theme.QUALITY: "Woningkwaliteit",
    Theme.GRANTS: "Premies",
}


class Unit(StrEnum):
    """What a figure counts in."""

    COUNT = "count"
    SHARE = "share"
    DAYS = "days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time from *first* up to and including *last*."""

    first: date
    last: date

    @classmethod
    def year(cls, number: int) -> "Period":
        """Return a calendar year."""
        return cls(first=date(number, 1, 1), last=date(number, 12, 31))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that was counted.

    *value* is a number, a share from 0 to 1, or a median in days; None when there
    was nothing to count. *basis* is the number of cases behind it.
    """

    code: str
    label: str
    unit: Unit
    value: Decimal | None
    basis: int

    def hidden_below(self, least: int) -> "ShownFigure":
        """Return the figure as it may be shown: a small basis tells on people."""
        if 0 < self.basis < least:
            text = f"minder dan {least}" if self.unit is Unit.COUNT else "te weinig"
            return ShownFigure(label=self.label, text=text, hidden=True)
        return ShownFigure(label=self.label, text=_in_words(self), hidden=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownFigure:
    """A figure as people read it."""

    label: str
    text: str
    hidden: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredFigure:
    """A figure that the city entered or imported, with where it comes from."""

    id: UUID
    theme: Theme
    year: int
    label: str
    value: Decimal
    unit: str
    source: str
    entered_at: datetime
    entered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredTable:
    """A table that was entered, such as waiting lists or grants; the head first."""

    id: UUID
    theme: Theme
    year: int
    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    entered_at: datetime
    entered_by: str


def count(code: str, label: str, number: int) -> Figure:
    """Return how many there were."""
    return Figure(
        code=code, label=label, unit=Unit.COUNT, value=Decimal(number), basis=number
    )


def share(code: str, label: str, part: int, whole: int) -> Figure:
    """Return the share of *part* in *whole*."""
    value = Decimal(part) / Decimal(whole) if whole else None
    return Figure(code=code, label=label, unit=Unit.SHARE, value=value, basis=whole)


def middle(code: str, label: str, days: Iterable[int]) -> Figure:
    """Return the median of a number of days."""
    found: Sequence[int] = list(days)
    value = Decimal(str(median(found))) if found else None
    return Figure(code=code, label=label, unit=Unit.DAYS, value=value, basis=len(found))


def number_in_words(value: Decimal) -> str:
    """Write a number as ``1.250,5``."""
    text = f"{value.normalize():,f}"
    return text.translate(str.maketrans(",.", ".,"))


def _in_words(figure: Figure) -> str:
    if figure.value is None:
        return "geen"
    if figure.unit is Unit.SHARE:
        part = round(figure.value * figure.basis)
        return f"{round(figure.value * 100)} % ({part} van {figure.basis})"
    if figure.unit is Unit.DAYS:
        days = number_in_words(figure.value)
        return f"{days} {'dag' if figure.value == 1 else 'dagen'} (mediaan)"
    return number_in_words(figure.value)
