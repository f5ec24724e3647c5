"""The rows of figures that the city entered."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.types import JsonText
from workflows.figures.model import Theme


class FigureRow(Base):
    """A figure; *value* is a decimal number as text, so that no digit is lost."""

    __tablename__ = "key_figure"
    __table_args__ = (UniqueConstraint("theme", "year", "label"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    theme: Mapped[Theme]
    year: Mapped[int]
    label: Mapped[str]
    value: Mapped[str]
    unit: Mapped[str]
    source: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]

    @property
    def number(self) -> Decimal:
        """The value as a number."""
        return Decimal(self.value)


class FigureTableRow(Base):
    """A table of figures; the first of *cells* is its head."""

    __tablename__ = "key_figure_table"
    __table_args__ = (Index(None, "year", "theme"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    theme: Mapped[Theme]
    year: Mapped[int]
    title: Mapped[str]
    cells: Mapped[list[list[str]]] = mapped_column(JsonText)
    source: Mapped[str]
    entered_at: Mapped[datetime]
    entered_by: Mapped[str]
