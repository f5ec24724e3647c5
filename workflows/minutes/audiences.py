"""For whom minutes are made: one copy for all, or one per partner.

Minutes in which no case is named are the same for everybody. As soon as they
name one, each partner gets a copy of its own, with only the cases that it may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.contacts import people_of
from workflows.bodies.model import BodyKind, Contact
from workflows.calendar import local_day
from workflows.minutes.reading import Record, for_organisations, has_cases
from workflows.papers.model import CITY, MEMBERS
from workflows.people import repository as people
from workflows.people.model import Organisation, OrganisationKind

_BY_LAW = frozenset(
    {BodyKind.COORDINATION_GROUP, BodyKind.CORE_GROUP, BodyKind.SOUNDING_BOARD}
)
"""The bodies whose minutes go to Wonen in Vlaanderen (BVR 16-11-2018, art. 3)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The minutes as one audience reads them, and who gets them by mail."""

    audience: str
    audience_name: str
    record: Record
    readers: tuple[Contact, ...]


def copies(work: UnitOfWork, record: Record) -> list[Copy]:
    """Return the copies of the minutes of a meeting."""
    by_law = _agencies(work) if record.body.kind in _BY_LAW else []
    if not has_cases(record):
        members = people_of(work, record.body.key, "members")
        readers = (*members, *_contacts(by_law))
        return [
            Copy(audience=MEMBERS, audience_name="", record=record, readers=readers)
        ]
    seats = _seats(work, record)
    partners = {each.id: each for each in [*by_law, *_partners(work, seats)]}
    own = tuple(contact for contact, home in seats if home not in partners)
    whole = Copy(audience=CITY, audience_name="", record=record, readers=own)
    return [
        whole,
        *(_copy_for(work, record, partner, seats) for partner in partners.values()),
    ]


def _copy_for(
    work: UnitOfWork,
    record: Record,
    partner: Organisation,
    seats: Iterable[tuple[Contact, UUID | None]],
) -> Copy:
    members = [contact for contact, home in seats if home == partner.id]
    return Copy(
        audience=str(partner.id),
        audience_name=partner.name,
        record=for_organisations(work, record, [partner.id]),
        readers=tuple(members or _contacts([partner])),
    )


def _seats(work: UnitOfWork, record: Record) -> list[tuple[Contact, UUID | None]]:
    """Return the members of today with an address, each with his organisation."""
    found = []
    for member in bodies.members_on(work.session, record.body.key, local_day(work.now)):
        email = member.email
        if member.user_name is not None:
            email = people.user(work.session, member.user_name).email
        if email:
            contact = Contact(name=member.name, email=email)
            found.append((contact, member.organisation_id))
    return found


def _partners(
    work: UnitOfWork, seats: Iterable[tuple[Contact, UUID | None]]
) -> list[Organisation]:
    """Return the organisations from outside the city.

    A member without organisation stays with the city: somebody put him there.
    """
    homes = {home for _, home in seats if home is not None}
    found = [people.organisation(work.session, home) for home in sorted(homes)]
    return [each for each in found if each.kind is not OrganisationKind.CITY]


def _agencies(work: UnitOfWork) -> list[Organisation]:
    return people.organisations(work.session, kinds=[OrganisationKind.HOUSING_AGENCY])


def _contacts(organisations: Iterable[Organisation]) -> list[Contact]:
    return [
        Contact(name=each.name, email=each.email)
        for each in organisations
        if each.email
    ]
