"""For whom minutes are made: one copy for all, or one per partner.

Minutes in which no case is named are the same for everybody. As soon as they
name one, each partner gets a copy of its own, with only the cases that it may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.contacts import people_of
from workflows.bodies.model import LOCAL_CONSULTATION, Contact
from workflows.bodies.seats import Seat, seats
from workflows.minutes.reading import Record, for_organisations, has_cases
from workflows.packs.audiences import partner
from workflows.papers.model import CITY, MEMBERS
from workflows.people import repository as people
from workflows.people.model import Organisation, OrganisationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """The minutes as one audience reads them, and who gets them by mail."""

    audience: str
    audience_name: str
    record: Record
    readers: tuple[Contact, ...]


def copies(work: UnitOfWork, record: Record) -> list[Copy]:
    """Return the copies of the minutes of a meeting."""
    by_law = _agencies(work) if record.body.kind in LOCAL_CONSULTATION else []
    if not has_cases(record):
        members = people_of(work, record.body.key, "members")
        readers = (*members, *_contacts(by_law))
        return [
            Copy(audience=MEMBERS, audience_name="", record=record, readers=readers)
        ]
    found = seats(work, record.body.key, leaders=False)
    own = tuple(seat.contact for seat in found if seat.is_city)
    whole = Copy(audience=CITY, audience_name="", record=record, readers=own)
    homes = dict.fromkeys(
        [
            *(agency.id for agency in by_law),
            *(seat.organisation_id for seat in found if not seat.is_city),
        ]
    )
    return [whole, *(_copy_for(work, record, home, found) for home in homes)]


def _copy_for(
    work: UnitOfWork, record: Record, home: UUID | None, found: Iterable[Seat]
) -> Copy:
    """Return the copy of a partner, or that of members without organisation.

    A partner in whose name nobody sits there reads it at its own address.
    """
    who = partner(work, home)
    members = [
        seat.contact
        for seat in found
        if not seat.is_city and seat.organisation_id == home
    ]
    if home is not None and not members:
        members = _contacts([people.organisation(work.session, home)])
    return Copy(
        audience=who.key,
        audience_name=who.name,
        record=for_organisations(work, record, who.organisation_ids or ()),
        readers=tuple(members),
    )


def _agencies(work: UnitOfWork) -> list[Organisation]:
    return people.organisations(work.session, kinds=[OrganisationKind.HOUSING_AGENCY])


def _contacts(organisations: Iterable[Organisation]) -> list[Contact]:
    return [
        Contact(name=each.name, email=each.email)
        for each in organisations
        if each.email
    ]
