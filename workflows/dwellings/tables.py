"""The rows of buildings, units and right holders."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.dwellings.model import BuildingForm, UnitType


class BuildingRow(Base):
    """A building; *address_key* is its normalised address."""

    __tablename__ = "building"
    __table_args__ = (UniqueConstraint("address_key"), Index(None, "capakey"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    address_key: Mapped[str]
    street: Mapped[str]
    house_number: Mapped[str]
    postcode: Mapped[str]
    municipality: Mapped[str]
    address_uri: Mapped[str | None]
    building_uri: Mapped[str | None]
    capakey: Mapped[str | None]
    year_built: Mapped[int | None]
    form: Mapped[BuildingForm | None]


class UnitRow(Base):
    """A unit of a building; *box_key* is its normalised box."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("building_id", "box_key"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    building_id: Mapped[UUID] = mapped_column(ForeignKey("building.id"))
    type: Mapped[UnitType]
    box: Mapped[str]
    box_key: Mapped[str]
    own_number: Mapped[str | None]
    unit_uri: Mapped[str | None]
    epc_score: Mapped[int | None]
    epc_label: Mapped[str | None]
    epc_on: Mapped[date | None]
    bedrooms: Mapped[int | None]


class RightHolderRow(Base):
    """A right of somebody on a unit, for a time."""

    __tablename__ = "right_holder"
    __table_args__ = (Index(None, "unit_id"), Index(None, "name"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    right: Mapped[str]
    email: Mapped[str | None]
    phone: Mapped[str | None]
    national_number: Mapped[str | None]
    enterprise_number: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
