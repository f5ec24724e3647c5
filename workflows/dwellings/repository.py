"""Queries on buildings and units, giving model values."""

from datetime import date
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from workflows.dwellings.model import Building, RightHolder, Unit
from workflows.dwellings.tables import BuildingRow, RightHolderRow, UnitRow
from workflows.errors import UnknownError


def unit(session: Session, unit_id: UUID) -> Unit:
    """Return a unit with its building; raise ``UnknownError`` without."""
    query = (
        select(UnitRow, BuildingRow)
        .join(BuildingRow, BuildingRow.id == UnitRow.building_id)
        .where(UnitRow.id == unit_id)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise UnknownError(unit_id, "De woning")
    return _to_unit(*found)


def units_of(session: Session, building_id: UUID) -> list[Unit]:
    """Return the units of a building by box."""
    query = (
        select(UnitRow, BuildingRow)
        .join(BuildingRow, BuildingRow.id == UnitRow.building_id)
        .where(BuildingRow.id == building_id)
        .order_by(UnitRow.box_key)
    )
    return [_to_unit(*found) for found in session.execute(query)]


def building_row(session: Session, address_key: str) -> BuildingRow | None:
    """Return the row of the building at a normalised address."""
    query = select(BuildingRow).where(BuildingRow.address_key == address_key)
    return session.scalar(query)


def unit_row(session: Session, building_id: UUID, box_key: str) -> UnitRow | None:
    """Return the row of a unit by its normalised box."""
    query = select(UnitRow).where(
        UnitRow.building_id == building_id, UnitRow.box_key == box_key
    )
    return session.scalar(query)


def right_holders(session: Session, unit_id: UUID, *, on: date) -> list[RightHolder]:
    """Return who holds a right on the unit on that day, by name."""
    query = _rights(unit_id, on).order_by(RightHolderRow.name)
    return [_to_right_holder(row) for row in session.scalars(query)]


def right_holder_row(
    session: Session, unit_id: UUID, name: str, *, on: date
) -> RightHolderRow | None:
    """Return the row of a right holder by name."""
    query = _rights(unit_id, on).where(RightHolderRow.name == name).limit(1)
    return session.scalar(query)


def _rights(unit_id: UUID, day: date) -> Select[RightHolderRow]:
    return select(RightHolderRow).where(
        RightHolderRow.unit_id == unit_id,
        RightHolderRow.starts_on <= day,
        or_(RightHolderRow.ends_on.is_(None), RightHolderRow.ends_on >= day),
    )


def _to_unit(row: UnitRow, building: BuildingRow) -> Unit:
    return Unit(
        id=row.id,
        building=_to_building(building),
        type=row.type,
        box=row.box,
        own_number=row.own_number,
        unit_uri=row.unit_uri,
        epc_score=row.epc_score,
        epc_label=row.epc_label,
        epc_on=row.epc_on,
        bedrooms=row.bedrooms,
    )


def _to_building(row: BuildingRow) -> Building:
    return Building(
        id=row.id,
        street=row.street,
        house_number=row.house_number,
        postcode=row.postcode,
        municipality=row.municipality,
        address_uri=row.address_uri,
        building_uri=row.building_uri,
        capakey=row.capakey,
        year_built=row.year_built,
        form=row.form,
    )


def _to_right_holder(row: RightHolderRow) -> RightHolder:
    return RightHolder(
        id=row.id,
        name=row.name,
        right=row.right,
        email=row.email,
        phone=row.phone,
        national_number=row.national_number,
        enterprise_number=row.enterprise_number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
