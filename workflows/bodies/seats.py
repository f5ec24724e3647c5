"""Who sits at the table of a body, and for whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository
from workflows.bodies.contacts import contact_of
from workflows.bodies.model import Contact, Member
from workflows.calendar import local_day
from workflows.errors import UnknownError
from workflows.people import repository as people
from workflows.people import service as people_service
from workflows.people.model import OrganisationKind
from workflows.people.rights import reads_all_cases


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who is invited.

    *is_city* holds for people of the city who read its cases; *organisation_id* is
    the partner for whom somebody else sits there. With neither he sees what
    everybody may see.
    """

    contact: Contact
    is_city: bool
    organisation_id: UUID | None


def seats(work: UnitOfWork, body_key: str, *, leaders: bool = True) -> list[Seat]:
    """Return the members of today with an address, then chair and secretary.

    Each address is there once. Somebody with an account is what his account says:
    a partner's account gets no papers of the city, whoever put him in the body.
    """
    body = repository.body(work.session, body_key)
    members = repository.members_on(work.session, body_key, local_day(work.now))
    leading = (body.chair, body.secretary) if leaders else ()
    found = [
        *(_seat_of_member(work, member) for member in members),
        *(_seat_of_user(work, name) for name in leading),
    ]
    once: dict[str, Seat] = {}
    for seat in found:
        if seat is not None:
            once.setdefault(seat.contact.email.casefold(), seat)
    return list(once.values())


def _seat_of_member(work: UnitOfWork, member: Member) -> Seat | None:
    if member.user_name is not None:
        return _seat_of_user(work, member.user_name, member.organisation_id)
    if member.email is None:
        return None
    home = member.organisation_id
    is_city = home is not None and not _outside(work, [home])
    return Seat(
        contact=Contact(name=member.name, email=member.email),
        is_city=is_city,
        organisation_id=None if is_city else home,
    )


def _seat_of_user(
    work: UnitOfWork, user_name: str | None, home: UUID | None = None
) -> Seat | None:
    """Return the seat of an active account; *home* is for whom he was put there."""
    try:
        user = people.user(work.session, user_name or "")
    except UnknownError:
        return None
    if not user.active:
        return None
    actor = people_service.actor(work, user.name)
    outside = _outside(work, [] if home is None else [home])
    outside += _outside(work, sorted(actor.organisation_ids))
    return Seat(
        contact=contact_of(user),
        is_city=reads_all_cases(actor),
        organisation_id=None if actor.is_city else next(iter(outside), None),
    )


def _outside(work: UnitOfWork, ids: Iterable[UUID]) -> list[UUID]:
    found = (people.organisation(work.session, each) for each in ids)
    return [each.id for each in found if each.kind is not OrganisationKind.CITY]
