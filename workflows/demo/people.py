"""Who works in the demo city. All names are invented."""

from dataclasses import dataclass
from datetime import date

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import founding
from workflows.people import access, service
from workflows.people.model import OrganisationKind, Role
from workflows.people.service import NewOrganisation, NewUser

PASSWORD = "mechelen-demo"  # noqa: S105 - printed on purpose; loopback only


CITY = "city"
"""The key of the city among ``ORGANISATIONS``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account of the demo city; *organisation* is a key of ``ORGANISATIONS``."""

    name: str
    full_name: str
    role: Role
    organisation: str = CITY


ACCOUNTS = (
    Account(name="an", full_name="An Peeters", role=Role.ADMIN),
    Account(name="tom", full_name="Tom Wouters", role=Role.INSPECTOR),
    Account(name="leila", full_name="Leila Benali", role=Role.INSPECTOR),
    Account(name="griet", full_name="Griet Declercq", role=Role.HEAD_OF_SERVICE),
    Account(name="karel", full_name="Karel Vandamme", role=Role.MAYOR),
    Account(name="ines", full_name="Ines Hermans", role=Role.GENERAL_DIRECTOR),
    Account(
        name="sofie",
        full_name="Sofie Maes",
        role=Role.RENTAL_AGENCY,
        organisation="agency",
    ),
    Account(
        name="jef",
        full_name="Jef Aerts",
        role=Role.RENTAL_AGENCY,
        organisation="other_agency",
    ),
    Account(name="eva", full_name="Eva Lambrecht", role=Role.ALDERMAN),
    Account(
        name="hilde",
        full_name="Hilde Baert",
        role=Role.PARTNER,
        organisation="flanders",
    ),
    Account(
        name="wim",
        full_name="Wim Cools",
        role=Role.PARTNER,
        organisation="inspectorate",
    ),
    Account(
        name="dirk",
        full_name="Dirk Stevens",
        role=Role.PARTNER,
        organisation="police",
    ),
    Account(
        name="nadia",
        full_name="Nadia Amrani",
        role=Role.PARTNER,
        organisation="housing_company",
    ),
    Account(
        name="bram",
        full_name="Bram Verbeeck",
        role=Role.PARTNER,
        organisation="social_house",
    ),
    Account(
        name="lotte",
        full_name="Lotte Mertens",
        role=Role.PARTNER,
        organisation="college",
    ),
    Account(name="pieter", full_name="Pieter Janssens", role=Role.PROCESS_MANAGER),
    Account(name="beheer", full_name="Nele Goossens", role=Role.SYSTEM_ADMIN),
)

ORGANISATIONS = {
    CITY: NewOrganisation(
        kind=OrganisationKind.CITY,
        name="Stad Mechelen",
        email="wonen@mechelen.example",
        since=date(2012, 1, 1),
    ),
    "agency": NewOrganisation(
        kind=OrganisationKind.RENTAL_AGENCY,
        name="SVK Bodukam",
        email="info@svk-mechelen.example",
        since=date(2012, 1, 1),
    ),
    "other_agency": NewOrganisation(
        kind=OrganisationKind.RENTAL_AGENCY,
        name="SVK Dijle en Nete",
        email="info@svk-dijle.example",
        since=date(2019, 1, 1),
    ),
    "flanders": NewOrganisation(
        kind=OrganisationKind.HOUSING_AGENCY,
        name="Wonen-Vlaanderen",
        email="mechelen@wonen.example",
        since=date(2012, 1, 1),
    ),
    "inspectorate": NewOrganisation(
        kind=OrganisationKind.HOUSING_INSPECTORATE,
        name="Vlaamse Wooninspectie",
        email="mechelen@wooninspectie.example",
        since=date(2012, 1, 1),
    ),
    "police": NewOrganisation(
        kind=OrganisationKind.NEIGHBOURHOOD_POLICE,
        name="Wijkpolitie Mechelen-Willebroek",
        email="wijk@politie.example",
        since=date(2015, 1, 1),
    ),
    "housing_company": NewOrganisation(
        kind=OrganisationKind.HOUSING_COMPANY,
        name="Woonmaatschappij Dijleland",
        email="info@woonmaatschappij.example",
        since=date(2012, 1, 1),
    ),
    "social_house": NewOrganisation(
        kind=OrganisationKind.SOCIAL_HOUSE,
        name="Sociaal Huis Mechelen",
        email="info@sociaalhuis.example",
        since=date(2012, 1, 1),
    ),
    "college": NewOrganisation(
        kind=OrganisationKind.UNIVERSITY_COLLEGE,
        name="Hogeschool Mechelen",
        email="studentenvoorzieningen@hogeschool.example",
        since=date(2012, 1, 1),
    ),
    "welfare": NewOrganisation(
        kind=OrganisationKind.WELFARE_ACTOR,
        name="Centrum Algemeen Welzijnswerk",
        email="mechelen@caw.example",
        since=date(2012, 1, 1),
    ),
    "vmsw": NewOrganisation(
        kind=OrganisationKind.OTHER,
        name="VMSW",
        email="info@vmsw.example",
        since=date(2012, 1, 1),
    ),
    "province": NewOrganisation(
        kind=OrganisationKind.OTHER,
        name="Provincie Antwerpen",
        email="wonen@provincie.example",
        since=date(2012, 1, 1),
    ),
    "lier": NewOrganisation(
        kind=OrganisationKind.OTHER,
        name="Stad Lier",
        email="wonen@lier.example",
        since=date(2012, 1, 1),
    ),
    "willebroek": NewOrganisation(
        kind=OrganisationKind.OTHER,
        name="Gemeente Willebroek",
        email="wonen@willebroek.example",
        since=date(2020, 1, 1),
    ),
}

_RENAMED = {
    "agency": ("SVK Mechelen", date(2018, 1, 1)),
    "flanders": ("Wonen in Vlaanderen", date(2023, 1, 1)),
}


def works_for(account: Account) -> str:
    """Return the name that the organisation of an account bears now."""
    key = account.organisation
    return _RENAMED[key][0] if key in _RENAMED else ORGANISATIONS[key].name


def settle(work: UnitOfWork) -> None:
    """Add the organisations, the accounts with a password, and the bodies."""
    introduce(work)
    access.share_password(work, [each.name for each in ACCOUNTS], PASSWORD)


def introduce(work: UnitOfWork) -> None:
    """Add the organisations with their name history, the accounts, the bodies.

    No account has a password yet.
    """
    ids = {
        key: service.add_organisation(work, new).id
        for key, new in ORGANISATIONS.items()
    }
    for key, (name, since) in _RENAMED.items():
        service.rename_organisation(work, ids[key], name=name, since=since)
    for account in ACCOUNTS:
        address = f"{account.name}@{_domain(account)}"
        new = NewUser(name=account.name, full_name=account.full_name, email=address)
        service.add_user(work, new)
        service.add_membership(
            work,
            account.name,
            role=account.role,
            organisation_id=ids[account.organisation],
            since=date(2020, 1, 1),
        )
    head = service.actor(work, "griet")
    founding.found_all(work, founding.mechelen(), organisations=ids, by=head)


def _domain(account: Account) -> str:
    email = ORGANISATIONS[account.organisation].email or ""
    return email.rsplit("@", maxsplit=1)[-1]
