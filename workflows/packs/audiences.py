"""For whom packs are made: the city, each partner, and who belongs to neither."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.model import Contact
from workflows.bodies.seats import Seat, seats
from workflows.papers.model import CITY, MEMBERS
from workflows.people import repository as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who gets one pack; *key* is the audience of its paper.

    *organisation_ids* tell through whose eyes the cases are seen: None for the
    city, none at all for a member of whom no organisation is known.
    """

    key: str
    name: str
    organisation_ids: tuple[UUID, ...] | None
    readers: tuple[Contact, ...] = ()


def audiences(work: UnitOfWork, body_key: str) -> list[Audience]:
    """Return the audiences of a body, the city first; the city is always one."""
    found = seats(work, body_key)
    homes = dict.fromkeys(each.organisation_id for each in found if not each.is_city)
    own = _contacts(each for each in found if each.is_city)
    city = Audience(key=CITY, name="", organisation_ids=None, readers=own)
    return [city, *(_of_partner(work, home, found) for home in homes)]


def partner(work: UnitOfWork, organisation_id: UUID | None) -> Audience:
    """Return a partner as an audience; without one, whoever is known as nobody."""
    if organisation_id is None:
        name = "leden zonder organisatie"
        return Audience(key=MEMBERS, name=name, organisation_ids=())
    found = people.organisation(work.session, organisation_id)
    return Audience(
        key=str(found.id), name=found.name, organisation_ids=(organisation_id,)
    )


def _of_partner(work: UnitOfWork, home: UUID | None, found: Iterable[Seat]) -> Audience:
    who = partner(work, home)
    readers = _contacts(
        each for each in found if not each.is_city and each.organisation_id == home
    )
    return Audience(
        key=who.key,
        name=who.name,
        organisation_ids=who.organisation_ids,
        readers=readers,
    )


def _contacts(found: Iterable[Seat]) -> tuple[Contact, ...]:
    return tuple(each.contact for each in found)
