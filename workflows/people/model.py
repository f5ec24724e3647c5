"""People and the bodies that they act for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from stdnum.be import vat

from workflows.errors import InvalidDataError


class Role(StrEnum):
    """What somebody is to the city; the values are the candidate groups of BPMN."""

    ADMIN = "admin"
    INSPECTOR = "inspector"
    HEAD_OF_SERVICE = "head_of_service"
    MAYOR = "mayor"
    GENERAL_DIRECTOR = "general_director"
    ALDERMAN = "alderman"
    RENTAL_AGENCY = "rental_agency"
    PARTNER = "partner_reader"
    PROCESS_MANAGER = "process_manager"
    SYSTEM_ADMIN = "system_admin"


ROLE_NAMES: Mapping[Role, str] = {
    Role.ADMIN: "Administratie",
    Role.INSPECTOR: "Woningcontroleur",
    Role.HEAD_OF_SERVICE: "Diensthoofd",
    Role.MAYOR: "Burgemeester",
    Role.GENERAL_DIRECTOR: "Algemeen directeur",
    Role.ALDERMAN: "Schepen van Wonen",
    Role.RENTAL_AGENCY: "Sociaal verhuurkantoor",
    Role.PARTNER: "Partner in het overleg",
    Role.PROCESS_MANAGER: "Procesbeheerder",
    Role.SYSTEM_ADMIN: "Systeembeheerder",
}


class OrganisationKind(StrEnum):
    """What kind of body an organisation is."""

    CITY = "city"
    RENTAL_AGENCY = "rental_agency"
    HOUSING_COMPANY = "housing_company"
    HOUSING_AGENCY = "housing_agency"
    HOUSING_INSPECTORATE = "housing_inspectorate"
    SOCIAL_HOUSE = "social_house"
    NEIGHBOURHOOD_POLICE = "neighbourhood_police"
    UNIVERSITY_COLLEGE = "university_college"
    WELFARE_ACTOR = "welfare_actor"
    OTHER = "other"


KIND_NAMES: Mapping[OrganisationKind, str] = {
    OrganisationKind.CITY: "Stad",
    OrganisationKind.RENTAL_AGENCY: "Sociaal verhuurkantoor",
    OrganisationKind.HOUSING_COMPANY: "Woonmaatschappij",
    OrganisationKind.HOUSING_AGENCY: "Wonen in Vlaanderen",
    OrganisationKind.HOUSING_INSPECTORATE: "Vlaamse Wooninspectie",
    OrganisationKind.SOCIAL_HOUSE: "Sociaal Huis",
    OrganisationKind.NEIGHBOURHOOD_POLICE: "Wijkpolitie",
    OrganisationKind.UNIVERSITY_COLLEGE: "Hogeschool",
    OrganisationKind.WELFARE_ACTOR: "Welzijnsactor",
    OrganisationKind.OTHER: "Andere",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationName:
    """A name that an organisation bears, up to and including *ends_on*."""

    name: str
    starts_on: date
    ends_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the organisation bears this name on *day*."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body with its names through time, the oldest first."""

    id: UUID
    kind: OrganisationKind
    names: tuple[OrganisationName, ...]
    enterprise_number: str | None
    email: str | None

    @property
    def name(self) -> str:
        """The name that it took last."""
        return self.names[-1].name

    def name_on(self, day: date) -> str:
        """Return the name on *day*; before its first name, that first name."""
        for each in reversed(self.names):
            if each.holds_on(day):
                return each.name
        return self.names[0].name if day < self.names[0].starts_on else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """A role of somebody in an organisation, up to and including *ends_on*."""

    id: UUID
    user_name: str
    role: Role
    organisation_id: UUID
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the role holds on *day*."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with an account; *deputy* is the user name of who stands in."""

    id: UUID
    name: str
    full_name: str
    email: str
    active: bool
    deputy: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: a user with the roles and organisations of this day.

    *stands_in_for* holds the user names of those whose deputy this is.
    *scopes* are the actions that a token limits him to; None limits nothing.
    """

    name: str
    full_name: str
    roles: frozenset[Role]
    organisation_ids: frozenset[UUID]
    stands_in_for: frozenset[str] = frozenset()
    scopes: frozenset[str] | None = None

    @property
    def groups(self) -> tuple[str, ...]:
        """The candidate groups whose tasks this actor may take."""
        return tuple(sorted(role.value for role in self.roles))

    @property
    def is_city(self) -> bool:
        """Whether the actor works for the city itself."""
        return bool(self.roles - {Role.RENTAL_AGENCY, Role.PARTNER})


@dataclass(frozen=True, slots=True, kw_only=True)
class UserSession:
    """A sign-in on one device; the token itself is kept by the browser only."""

    id: UUID
    user_name: str
    device: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token for programs; *scopes* limit what its owner may do with it."""

    id: UUID
    user_name: str
    label: str
    scopes: tuple[str, ...]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime | None


def enterprise_number(text: str) -> str:
    """Return the ten digits of a Belgian enterprise number (KBO).

    Raise ``InvalidDataError`` when the check digits are wrong
    ((first 8 + last 2) mod 97 = 0).
    """
    if not vat.is_valid(text):
        sentence = (
            f"‘{text}’ is geen geldig ondernemingsnummer:"
            " controleer de tien cijfers (bv. 0403.019.261)."
        )
        raise InvalidDataError({"enterprise_number": sentence})
    return str(vat.compact(text))


def format_enterprise_number(digits: str) -> str:
    """Write an enterprise number as 0403.019.261."""
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"
