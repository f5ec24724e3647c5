"""Reading figures and tables from the text of a CSV file."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Never

from workflows.errors import InvalidDataError
from workflows.figures.model import Theme

HEAD = ("thema", "cijfer", "waarde", "eenheid", "bron")
MOST_LINES = 500
MOST_COLUMNS = 8
_MOST_DIGITS = 15
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?", re.ASCII)
_PLAIN = re.compile(r"-?\d+([.,]\d+)?", re.ASCII)
_THEMES = {
    "aanbod": Theme.OFFER,
    "behoefte": Theme.NEED,
    "markt": Theme.MARKET,
    "kwaliteit": Theme.QUALITY,
    "premies": Theme.GRANTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure as it was written."""

    theme: Theme
    label: str
    value: Decimal
    unit: str
    source: str


def figures(text: str) -> list[Line]:
    """Read figures: ``thema;cijfer;waarde;eenheid;bron``, a figure per line.

    Raise ``InvalidDataError`` that names the first wrong line and what it lacks.
    """
    rows = cells(text)
    if tuple(each.casefold() for each in rows[0]) != HEAD:
        _refuse(f"De eerste regel moet zijn: {';'.join(HEAD)}.")
    return [_line(number, row) for number, row in enumerate(rows[1:], start=2)]


def cells(text: str) -> list[list[str]]:
    """Read the cells of a table; each line has as many as the head."""
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    try:
        read = list(csv.reader(StringIO(text.lstrip("\ufeff")), delimiter=delimiter))
    except csv.Error:
        _refuse("Dit is geen leesbare tabel: een cel is te lang.")
    rows = [
        [cell.strip() for cell in row]
        for row in read
        if any(cell.strip() for cell in row)
    ]
    if not 1 <= len(rows[1:]) <= MOST_LINES:
        _refuse(f"Geef een kopregel en 1 tot {MOST_LINES} regels.")
    _check_width(rows)
    return rows


def number(text: str) -> Decimal | None:
    """Read a number as people here write it: ``1.250,5``; None when it isn't one.

    A point that parts groups of three digits (``315.000``) is no decimal point.
    """
    plain = "".join(text.split())
    if _GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    if not _PLAIN.fullmatch(plain):
        return None
    value = Decimal(plain.replace(",", "."))
    return value if value.adjusted() < _MOST_DIGITS else None


def _line(at: int, row: list[str]) -> Line:
    theme, label, value, unit, source = row
    known = _THEMES.get(theme.casefold())
    read = number(value)
    if known is None:
        _refuse(f"Regel {at}: kies als thema uit {', '.join(_THEMES)}.")
    if read is None:
        _refuse(f"Regel {at}: ‘{value}’ is geen getal (schrijf 1.250,5).")
    if not label or not source:
        _refuse(f"Regel {at}: vul het cijfer en zijn bron in.")
    return Line(theme=known, label=label, value=read, unit=unit, source=source)


def _check_width(rows: list[list[str]]) -> None:
    width = len(rows[0])
    if width > MOST_COLUMNS:
        _refuse(f"Een tabel heeft hoogstens {MOST_COLUMNS} kolommen.")
    for at, row in enumerate(rows, start=1):
        if len(row) != width:
            _refuse(f"Regel {at}: {width} kolommen verwacht, {len(row)} gevonden.")


def _refuse(sentence: str) -> Never:
    raise InvalidDataError({"text": sentence})
