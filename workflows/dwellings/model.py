"""Buildings and units: what is inspected and certified."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from stdnum.be import nn

from workflows.errors import InvalidDataError


class UnitType(StrEnum):
    """The kinds of unit of VLOK."""

    SELF_CONTAINED = "ZW"
    ROOM = "NZW"
    NON_LIVING = "NWF"


UNIT_TYPE_NAMES: Mapping[UnitType, str] = {
    UnitType.SELF_CONTAINED: "Zelfstandige woning",
    UnitType.ROOM: "Kamer",
    UnitType.NON_LIVING: "Zonder woonfunctie",
}


class BuildingForm(StrEnum):
    """How a building stands to its neighbours; thresholds of EPC depend on it."""

    DETACHED = "detached"
    SEMI_DETACHED = "semi_detached"
    TERRACED = "terraced"
    APARTMENT = "apartment"


BUILDING_FORM_NAMES: Mapping[BuildingForm, str] = {
    BuildingForm.DETACHED: "Open bebouwing",
    BuildingForm.SEMI_DETACHED: "Halfopen bebouwing",
    BuildingForm.TERRACED: "Gesloten bebouwing",
    BuildingForm.APARTMENT: "Appartement",
}

MUNICIPALITIES: Mapping[str, str] = {
    "2800": "Mechelen",
    "2801": "Mechelen",
    "2811": "Mechelen",
    "2812": "Mechelen",
}

_CAPAKEY = re.compile(r"[0-9]{5}[A-Z][0-9]{4}/[0-9]{2}[A-Z_][0-9]{3}")
_ABBREVIATIONS: tuple[tuple[str, str], ...] = (
    (r"str\.?$", "straat"),
    (r"(?:stwg|stw)\.?$", "steenweg"),
    (r"\bst\.?[ -]", "sint "),
)
# The upper bounds (not included) in kWh/m² a year, from public code of another
# Flemish city; not verified whether a bound itself still has the better label.
_EPC_LABELS: tuple[tuple[int, str], ...] = (
    (1, "A+"),
    (100, "A"),
    (200, "B"),
    (300, "C"),
    (400, "D"),
    (500, "E"),
)
_WORST_LABEL = "F"
EPC_LABELS = (*(label for _, label in _EPC_LABELS), _WORST_LABEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a unit lies; *box* is empty for a house of one unit."""

    street: str
    house_number: str
    box: str = ""
    postcode: str
    municipality: str = "Mechelen"

    def __str__(self) -> str:
        box = f" bus {self.box}" if self.box else ""
        return (
            f"{self.street} {self.house_number}{box},"
            f" {self.postcode} {self.municipality}"
        )

    @property
    def building_key(self) -> str:
        """The normalised address without box: the same for each spelling."""
        return f"{self.postcode}|{normalise(self.street)}|{_compact(self.house_number)}"

    @property
    def unit_key(self) -> str:
        """The normalised box."""
        return _compact(self.box)


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building with its place in the registers."""

    id: UUID
    street: str
    house_number: str
    postcode: str
    municipality: str
    address_uri: str | None
    building_uri: str | None
    capakey: str | None
    year_built: int | None
    form: BuildingForm | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RightHolder:
    """Somebody with a right on a unit; *national_number* is shown masked."""

    id: UUID
    name: str
    right: str
    email: str | None
    phone: str | None
    national_number: str | None
    enterprise_number: str | None
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit of a building: what a case, an inspection, a certificate is about."""

    id: UUID
    building: Building
    type: UnitType
    box: str
    own_number: str | None
    unit_uri: str | None
    epc_score: int | None
    epc_label: str | None
    epc_on: date | None
    bedrooms: int | None

    @property
    def address(self) -> Address:
        """The address of the unit."""
        return Address(
            street=self.building.street,
            house_number=self.building.house_number,
            box=self.box,
            postcode=self.building.postcode,
            municipality=self.building.municipality,
        )


def normalise(street: str) -> str:
    """Write a street without case, accents, points and usual abbreviations."""
    text = unicodedata.normalize("NFKD", street.casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    text = " ".join(text.split())
    for pattern, full in _ABBREVIATIONS:
        text = re.sub(pattern, full, text)
    return re.sub(r"[^a-z0-9]", "", text)


def _compact(number: str) -> str:
    """Write a house or box number without spaces, case and leading zeros."""
    text = re.sub(r"[\s.]", "", number.casefold()).removeprefix("bus")
    return text.lstrip("0") or text


def parse_address(data: Mapping[str, object]) -> Address:
    """Read the address of an offer.

    Raise ``InvalidDataError`` naming each field that is empty, and a postcode
    that is not of the city.
    """
    street, number, box, postcode = (
        str(data.get(name) or "").strip()
        for name in ("street", "house_number", "box", "postcode")
    )
    problems = {}
    if not street:
        problems["street"] = "Vul de straat in."
    if not number:
        problems["house_number"] = "Vul het huisnummer in."
    if postcode not in MUNICIPALITIES:
        known = ", ".join(MUNICIPALITIES)
        problems["postcode"] = f"De postcode is van deze stad: kies uit {known}."
    if problems:
        raise InvalidDataError(problems)
    return Address(
        street=street,
        house_number=number,
        box=box,
        postcode=postcode,
        municipality=MUNICIPALITIES[postcode],
    )


def capakey(text: str) -> str:
    """Return a cadastral key such as ``12025A0123/00B000``; refuse another shape."""
    key = text.strip().upper()
    if not _CAPAKEY.fullmatch(key):
        sentence = (
            f"‘{text}’ is geen kadastrale sleutel:"
            " vijf cijfers, een letter, vier cijfers, /, twee cijfers,"
            " een letter of _, drie cijfers (bv. 12025A0123/00B000)."
        )
        raise InvalidDataError({"capakey": sentence})
    return key


def national_number(text: str) -> str:
    """Return the eleven digits of a national register number.

    Raise ``InvalidDataError`` when the check digits are wrong.
    """
    if not nn.is_valid(text):
        sentence = (
            f"‘{text}’ is geen geldig rijksregisternummer:"
            " controleer de elf cijfers (bv. 85.07.30-033.28)."
        )
        raise InvalidDataError({"national_number": sentence})
    return str(nn.compact(text))


def mask_national_number(digits: str) -> str:
    """Show the year of birth only: ``85.••.••-•••.••``."""
    return f"{digits[:2]}.••.••-•••.••"


def epc_label(score: int) -> str:
    """Return the energy label of a score in kWh/m² a year."""
    return next((label for bound, label in _EPC_LABELS if score < bound), _WORST_LABEL)
