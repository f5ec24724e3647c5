"""Queries on figures that the city entered."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.figures.model import EnteredFigure, EnteredTable, Theme
from workflows.figures.tables import FigureRow, FigureTableRow


def figures(session: Session, year: int) -> list[EnteredFigure]:
    """Return the entered figures of a year, by theme and label."""
    query = (
        select(FigureRow)
        .where(FigureRow.year == year)
        .order_by(FigureRow.theme, FigureRow.label)
    )
    return [
        EnteredFigure(
            id=row.id,
            theme=row.theme,
            year=row.year,
            label=row.label,
            value=row.number,
            unit=row.unit,
            source=row.source,
            entered_at=row.entered_at,
            entered_by=row.entered_by,
        )
        for row in session.scalars(query)
    ]


def tables(session: Session, year: int) -> list[EnteredTable]:
    """Return the entered tables of a year, by theme and title."""
    query = (
        select(FigureTableRow)
        .where(FigureTableRow.year == year)
        .order_by(FigureTableRow.theme, FigureTableRow.title, FigureTableRow.id)
    )
    return [_to_table(row) for row in session.scalars(query)]


def figure_row(
    session: Session, theme: Theme, year: int, label: str
) -> FigureRow | None:
    """Return the row of a figure, to be changed; None when it is new."""
    query = select(FigureRow).where(
        FigureRow.theme == theme, FigureRow.year == year, FigureRow.label == label
    )
    return session.scalar(query)


def _to_table(row: FigureTableRow) -> EnteredTable:
    head, *rows = (tuple(line) for line in row.cells)
    return EnteredTable(
        id=row.id,
        theme=row.theme,
        year=row.year,
        title=row.title,
        head=head,
        rows=tuple(rows),
        source=row.source,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
    )
