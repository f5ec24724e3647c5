"""Use cases of dwellings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.dwellings import model, repository
from workflows.dwellings.model import Address, BuildingForm, Unit, UnitType
from workflows.dwellings.tables import BuildingRow, RightHolderRow, UnitRow
from workflows.errors import InvalidDataError, UnknownError
from workflows.people.model import enterprise_number

EARLIEST_YEAR = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingFacts:
    """What the registers say of a building; None leaves a field empty."""

    address_uri: str | None = None
    building_uri: str | None = None
    capakey: str | None = None
    year_built: int | None = None
    form: BuildingForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFacts:
    """What is known of a unit; None leaves a field empty.

    *epc_label* is what the certificate says; without it the score tells.
    """

    own_number: str | None = None
    unit_uri: str | None = None
    epc_score: int | None = None
    epc_label: str | None = None
    epc_on: date | None = None
    bedrooms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRightHolder:
    """Somebody who gets a right on a unit."""

    name: str
    right: str = "volle eigendom"
    email: str | None = None
    phone: str | None = None
    national_number: str | None = None
    enterprise_number: str | None = None


def find_or_create(work: UnitOfWork, address: Address, *, unit_type: UnitType) -> Unit:
    """Return the unit at *address*, however it is spelled; make it when new."""
    building = repository.building_row(work.session, address.building_key)
    if building is None:
        building = _add_building(work, address)
    unit = repository.unit_row(work.session, building.id, address.unit_key)
    if unit is None:
        unit = _add_unit(work, building.id, address, unit_type)
    return repository.unit(work.session, unit.id)


def take_in_offer(work: UnitOfWork, offer: Mapping[str, object]) -> Unit:
    """Return the unit of an offer, with its owner and bedrooms noted."""
    unit = find_or_create(
        work, model.parse_address(offer), unit_type=_unit_type(offer.get("unit_type"))
    )
    bedrooms = offer.get("bedrooms")
    if bedrooms is not None:
        work.session.get_one(UnitRow, unit.id).bedrooms = int(str(bedrooms))
        work.session.flush()
    if offer.get("owner_name"):
        _note_owner(work, unit.id, offer)
    return repository.unit(work.session, unit.id)


def describe_building(
    work: UnitOfWork, building_id: UUID, facts: BuildingFacts
) -> None:
    """Note what the registers say of a building; cadastral key and year are checked."""
    row = work.session.get(BuildingRow, building_id)
    if row is None:
        raise UnknownError(building_id, "Het gebouw")
    year = facts.year_built
    if year is not None and not EARLIEST_YEAR <= year <= work.now.year + 1:
        sentence = f"Het bouwjaar ligt tussen {EARLIEST_YEAR} en {work.now.year + 1}."
        raise InvalidDataError({"year_built": sentence})
    row.address_uri = facts.address_uri
    row.building_uri = facts.building_uri
    row.capakey = model.capakey(facts.capakey) if facts.capakey else None
    row.year_built = year
    row.form = facts.form
    work.session.flush()


def describe_unit(work: UnitOfWork, unit_id: UUID, facts: UnitFacts) -> Unit:
    """Note what is known of a unit; a missing label follows from the score."""
    row = work.session.get(UnitRow, unit_id)
    if row is None:
        raise UnknownError(unit_id, "De woning")
    row.own_number = facts.own_number
    row.unit_uri = facts.unit_uri
    row.epc_score = facts.epc_score
    row.epc_label = facts.epc_label
    if facts.epc_label is None and facts.epc_score is not None:
        row.epc_label = model.epc_label(facts.epc_score)
    row.epc_on = facts.epc_on
    row.bedrooms = facts.bedrooms
    work.session.flush()
    return repository.unit(work.session, unit_id)


def add_right_holder(work: UnitOfWork, unit_id: UUID, holder: NewRightHolder) -> None:
    """Note a right on a unit from today; numbers are checked."""
    work.session.add(
        RightHolderRow(
            id=new_id(work.now),
            unit_id=unit_id,
            name=holder.name.strip(),
            right=holder.right,
            email=holder.email or None,
            phone=holder.phone or None,
            national_number=_checked(model.national_number, holder.national_number),
            enterprise_number=_checked(enterprise_number, holder.enterprise_number),
            starts_on=local_day(work.now),
        )
    )
    work.session.flush()


def _checked(check: Callable[[str], str], text: str | None) -> str | None:
    return check(text) if text else None


def _unit_type(value: object) -> UnitType:
    """Read the type of an offer; refuse an unknown one."""
    try:
        return UnitType(str(value or UnitType.SELF_CONTAINED))
    except ValueError as error:
        known = ", ".join(
            f"{each.value} ({name})" for each, name in model.UNIT_TYPE_NAMES.items()
        )
        problems = {"unit_type": f"Kies een soort woning: {known}."}
        raise InvalidDataError(problems) from error


def _note_owner(work: UnitOfWork, unit_id: UUID, offer: Mapping[str, object]) -> None:
    """Add the owner of an offer, or refresh how he is reached."""
    name, email, phone = (
        str(offer.get(field) or "").strip()
        for field in ("owner_name", "owner_email", "owner_phone")
    )
    row = repository.right_holder_row(
        work.session, unit_id, name, on=local_day(work.now)
    )
    if row is None:
        holder = NewRightHolder(name=name, email=email, phone=phone)
        add_right_holder(work, unit_id, holder)
        return
    row.email = email or row.email
    row.phone = phone or row.phone
    work.session.flush()


def _add_building(work: UnitOfWork, address: Address) -> BuildingRow:
    row = BuildingRow(
        id=new_id(work.now),
        address_key=address.building_key,
        street=address.street,
        house_number=address.house_number,
        postcode=address.postcode,
        municipality=address.municipality,
    )
    if _inserted(work, row):
        return row
    return repository.building_row(work.session, address.building_key) or row


def _add_unit(
    work: UnitOfWork, building_id: UUID, address: Address, unit_type: UnitType
) -> UnitRow:
    row = UnitRow(
        id=new_id(work.now),
        building_id=building_id,
        type=unit_type,
        box=address.box,
        box_key=address.unit_key,
    )
    if _inserted(work, row):
        return row
    return repository.unit_row(work.session, building_id, address.unit_key) or row


def _inserted(work: UnitOfWork, row: BuildingRow | UnitRow) -> bool:
    """Insert a row, unless somebody else inserted the same one meanwhile."""
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError:
        return False
    return True
