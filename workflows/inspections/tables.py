"""The rows of inspections and findings."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.types import JsonText
from workflows.cases.tables import CaseRow
from workflows.dwellings.tables import UnitRow
from workflows.inspections.model import (
    Category,
    InspectionKind,
    InspectionStatus,
    Outcome,
)


class InspectionRow(Base):
    """An inspection; *evaluation* and *rule_set* are stored as they were judged."""

    __tablename__ = "inspection"
    __table_args__ = (
        Index(None, "case_number"),
        Index(None, "unit_id", "inspected_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    unit_id: Mapped[UUID] = mapped_column(ForeignKey(UnitRow.id))
    kind: Mapped[InspectionKind]
    status: Mapped[InspectionStatus]
    inspector: Mapped[str]
    planned_at: Mapped[datetime]
    inspected_on: Mapped[date | None]
    recorded_at: Mapped[datetime | None]
    form_version: Mapped[str | None]
    occupants: Mapped[int | None]
    occupancy_norm: Mapped[int | None]
    note: Mapped[str | None]
    regime: Mapped[str | None]
    evaluation: Mapped[dict[str, object] | None] = mapped_column(JsonText)
    conform: Mapped[bool | None]
    rule_set: Mapped[str | None]


class FindingRow(Base):
    """A defect that an inspection found."""

    __tablename__ = "finding"

    inspection_id: Mapped[UUID] = mapped_column(
        ForeignKey(InspectionRow.id), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    rubric: Mapped[str]
    item: Mapped[str]
    category: Mapped[Category]
    room: Mapped[str]
    note: Mapped[str]
    photos: Mapped[list[str]] = mapped_column(JsonText)
    outcome: Mapped[Outcome | None]
