"""The figures of a pack: counted, entered, and the tables beside them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.figures import repository, service
from workflows.figures.model import (
    THEME_NAMES,
    EnteredFigure,
    EnteredTable,
    Theme,
    number_in_words,
)
from workflows.packs.model import FigureGroup, FigureLine, TableSheet

_LISTS = frozenset({Theme.NEED, Theme.GRANTS})
"""The themes whose tables are the waiting lists and the grants."""
_ORDER = tuple(Theme)
COUNTED = "geteld uit de dossiers"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFigures:
    """All figures of one year; *tables* are those that are no *lists*."""

    year: int
    quality: tuple[FigureLine, ...]
    figures: tuple[FigureGroup, ...]
    tables: tuple[TableSheet, ...]
    lists: tuple[TableSheet, ...]


def running_year(work: UnitOfWork) -> YearFigures:
    """Return the figures of the year until today."""
    period = service.year_until(local_day(work.now))
    year = period.last.year
    entered = sorted(repository.tables(work.session, year), key=_place)
    return YearFigures(
        year=year,
        quality=tuple(
            FigureLine(
                label=each.label, value=each.text, source=COUNTED, hidden=each.hidden
            )
            for each in service.quality(work, period)
        ),
        figures=tuple(_groups(repository.figures(work.session, year))),
        tables=tuple(_sheet(each) for each in entered if each.theme not in _LISTS),
        lists=tuple(_sheet(each) for each in entered if each.theme in _LISTS),
    )


def _groups(entered: Iterable[EnteredFigure]) -> Iterable[FigureGroup]:
    ordered = sorted(entered, key=_place)
    for theme, found in groupby(ordered, key=lambda each: each.theme):
        lines = tuple(
            FigureLine(
                label=each.label,
                value=f"{number_in_words(each.value)} {each.unit}".strip(),
                source=each.source,
            )
            for each in found
        )
        yield FigureGroup(title=THEME_NAMES[theme], lines=lines)


def _place(entered: EnteredFigure | EnteredTable) -> int:
    return _ORDER.index(entered.theme)


def _sheet(table: EnteredTable) -> TableSheet:
    return TableSheet(
        title=table.title,
        theme=THEME_NAMES[table.theme],
        head=table.head,
        rows=table.rows,
        source=table.source,
    )
