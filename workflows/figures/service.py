"""Use cases of key figures."""

from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.city import service as city
from workflows.errors import InvalidDataError, UnknownError
from workflows.figures import counting, lines, repository
from workflows.figures.model import Period, ShownFigure, Theme
from workflows.figures.tables import FigureRow, FigureTableRow
from workflows.people.model import Actor
from workflows.people.rights import Action, require

_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_Row = TypeVar("_Row", FigureRow, FigureTableRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTable:
    """A table as text: a head and lines, the cells parted by semicolons."""

    theme: Theme
    title: str
    text: str
    source: str


def quality(work: UnitOfWork, period: Period) -> list[ShownFigure]:
    """Return the quality figures of a period; small numbers are hidden."""
    least = int(str(city.value(work, "figures_least_basis")))
    found = counting.quality(work.session, period, now=work.now)
    return [figure.hidden_below(least) for figure in found]


def import_figures(work: UnitOfWork, year: int, text: str, *, by: Actor) -> int:
    """Enter figures of a year from CSV text; a known label gets its new value.

    Return how many. A wrong line refuses the whole text: nothing changes.
    """
    require(by, Action.ENTER_FIGURES)
    _check_year(year)
    read = lines.figures(text)
    for line in read:
        _enter(work, year, line, by.name)
    work.session.flush()
    return len(read)


def add_table(work: UnitOfWork, year: int, new: NewTable, *, by: Actor) -> None:
    """Enter a table of a year, such as the waiting lists."""
    require(by, Action.ENTER_FIGURES)
    _check_year(year)
    problems = {
        name: sentence
        for name, value, sentence in (
            ("title", new.title, "Geef de tabel een titel."),
            ("source", new.source, "Vul in waar de cijfers vandaan komen."),
        )
        if not value.strip()
    }
    if problems:
        raise InvalidDataError(problems)
    row = FigureTableRow(
        id=new_id(work.now),
        theme=new.theme,
        year=year,
        title=new.title.strip(),
        cells=lines.cells(new.text),
        source=new.source.strip(),
        entered_at=work.now,
        entered_by=by.name,
    )
    work.session.add(row)
    work.session.flush()


def drop_figure(work: UnitOfWork, figure_id: UUID, *, by: Actor) -> int:
    """Take an entered figure away; return its year."""
    return _drop(work, FigureRow, figure_id, "Het cijfer", by)


def drop_table(work: UnitOfWork, table_id: UUID, *, by: Actor) -> int:
    """Take an entered table away; return its year."""
    return _drop(work, FigureTableRow, table_id, "De tabel", by)


def year_until(today: date) -> Period:
    """Return the year of *today* up to and including *today*."""
    return Period(first=date(today.year, 1, 1), last=today)


def _drop(
    work: UnitOfWork,
    kind: type[_Row],
    key: UUID,
    name: str,
    by: Actor,
) -> int:
    require(by, Action.ENTER_FIGURES)
    row = work.session.get(kind, key)
    if row is None:
        raise UnknownError(key, name)
    work.session.delete(row)
    work.session.flush()
    return row.year


def _enter(work: UnitOfWork, year: int, line: lines.Line, by: str) -> None:
    row = repository.figure_row(work.session, line.theme, year, line.label)
    if row is None:
        row = FigureRow(
            id=new_id(work.now), theme=line.theme, year=year, label=line.label
        )
        work.session.add(row)
    row.value = str(line.value)
    row.unit = line.unit
    row.source = line.source
    row.entered_at = work.now
    row.entered_by = by
    work.session.flush()


def _check_year(year: int) -> None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        sentence = f"Kies een jaar van {_FIRST_YEAR} tot {_LAST_YEAR}."
        raise InvalidDataError({"year": sentence})
