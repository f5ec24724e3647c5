"""Use cases of people and organisations."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from engine.mail import checked_address
from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.errors import InvalidDataError, NotAllowedNowError, UnknownError
from workflows.people import administrators, model, repository
from workflows.people.model import Actor, Organisation, OrganisationKind, Role, User
from workflows.people.tables import (
    MembershipRow,
    OrganisationNameRow,
    OrganisationRow,
    UserRow,
)

_OUTSIDE = frozenset({Role.RENTAL_AGENCY, Role.PARTNER})
_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """What is asked of a body; it bears its name *since* a day (default: today)."""

    kind: OrganisationKind
    name: str
    enterprise_number: str | None = None
    email: str | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """What is asked when an account is made."""

    name: str
    full_name: str
    email: str
    deputy: str | None = None


def add_organisation(work: UnitOfWork, new: NewOrganisation) -> Organisation:
    """Add a body under its present name; its enterprise number is checked."""
    number = new.enterprise_number
    row = OrganisationRow(
        id=new_id(work.now),
        kind=new.kind,
        enterprise_number=model.enterprise_number(number) if number else None,
        email=checked_address(new.email) if new.email else None,
    )
    work.session.add(row)
    work.session.flush()
    _add_name(work, row.id, new.name, new.since or local_day(work.now))
    return repository.organisation(work.session, row.id)


def rename_organisation(
    work: UnitOfWork, organisation_id: UUID, *, name: str, since: date
) -> Organisation:
    """Give a body a new name; the old one ends the day before *since*."""
    current = repository.organisation(work.session, organisation_id).names[-1]
    if since <= current.starts_on:
        sentence = "De nieuwe naam moet later ingaan dan de huidige naam."
        raise InvalidDataError({"since": sentence})
    row = work.session.get_one(
        OrganisationNameRow, (organisation_id, current.starts_on)
    )
    row.ends_on = since - timedelta(days=1)
    _add_name(work, organisation_id, name, since)
    return repository.organisation(work.session, organisation_id)


def add_user(work: UnitOfWork, new: NewUser) -> User:
    """Make an account without password; refuse a user name that is taken.

    A user name is plain: no two of them look alike, and each fits an address.
    """
    name = new.name.strip().casefold()
    if not name or not new.full_name.strip():
        raise InvalidDataError({"name": "Vul gebruikersnaam en volledige naam in."})
    if _USER_NAME.fullmatch(name) is None:
        sentence = (
            "Gebruik hoogstens 60 letters zonder accent, cijfers, punten en streepjes;"
            " begin met een letter of cijfer."
        )
        raise InvalidDataError({"name": sentence})
    if name in {each.name for each in repository.users(work.session)}:
        raise InvalidDataError({"name": f"De gebruikersnaam {name} bestaat al."})
    row = UserRow(
        id=new_id(work.now),
        name=name,
        full_name=new.full_name.strip(),
        email=checked_address(new.email),
        password_hash=None,
        active=True,
        deputy=new.deputy,
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return repository.user(work.session, name)


def set_active(
    work: UnitOfWork, user_name: str, *, active: bool, by: str | None = None
) -> None:
    """Let a user in again, or shut him out (what he did stays).

    Nobody shuts himself out, and the last administrator stays in.
    """
    if not active:
        administrators.require_access_to_spare(work, user_name, by=by)
    repository.user_row(work.session, user_name).active = active
    work.session.flush()


def set_deputy(work: UnitOfWork, user_name: str, deputy: str | None) -> None:
    """Name who takes over the tasks of a user; None ends it."""
    if deputy == user_name:
        raise InvalidDataError({"deputy": "Iemand kan zichzelf niet vervangen."})
    if deputy is not None:
        repository.user_row(work.session, deputy)
    repository.user_row(work.session, user_name).deputy = deputy
    work.session.flush()


def add_membership(
    work: UnitOfWork,
    user_name: str,
    *,
    role: Role,
    organisation_id: UUID,
    since: date | None = None,
) -> None:
    """Give a user a role in an organisation.

    The role of a rental agency or a partner fits organisations outside the city
    only, and the other roles fit the city only.
    """
    kind = repository.organisation(work.session, organisation_id).kind
    if (role in _OUTSIDE) is (kind is OrganisationKind.CITY):
        sentence = f"De rol {model.ROLE_NAMES[role]} past niet bij deze organisatie."
        raise InvalidDataError({"role": sentence})
    repository.user_row(work.session, user_name)
    row = MembershipRow(
        id=new_id(work.now),
        user_name=user_name,
        role=role,
        organisation_id=organisation_id,
        starts_on=since or local_day(work.now),
    )
    work.session.add(row)
    work.session.flush()


def end_membership(
    work: UnitOfWork, membership_id: UUID, *, by: str | None = None
) -> None:
    """End a role as of yesterday; the past stays known.

    Nobody ends his own last role of administrator, nor the last one of all.
    """
    row = work.session.get(MembershipRow, membership_id)
    if row is None:
        raise UnknownError(membership_id, "De rol")
    last_day = local_day(work.now) - timedelta(days=1)
    if row.ends_on is not None and row.ends_on <= last_day:
        sentence = "Deze rol is al beëindigd."
        raise NotAllowedNowError(str(membership_id), "ended", sentence)
    administrators.require_role_to_spare(work, row.id, row.user_name, by=by)
    row.ends_on = last_day
    work.session.flush()


def actor(work: UnitOfWork, user_name: str) -> Actor:
    """Return a user as somebody who acts today, with his roles of today."""
    user = repository.user(work.session, user_name)
    today = local_day(work.now)
    held = [
        each
        for each in repository.memberships(work.session, user_name)
        if each.holds_on(today)
    ]
    return Actor(
        name=user.name,
        full_name=user.full_name,
        roles=frozenset(each.role for each in held),
        organisation_ids=frozenset(each.organisation_id for each in held),
        stands_in_for=frozenset(repository.principals_of(work.session, user_name)),
    )


def active_actor(work: UnitOfWork, user_name: str) -> Actor | None:
    """Return the actor when the account is active, otherwise None."""
    user = repository.user(work.session, user_name)
    return actor(work, user_name) if user.active else None


def _add_name(work: UnitOfWork, organisation_id: UUID, name: str, since: date) -> None:
    if not name.strip():
        raise InvalidDataError({"name": "Vul de naam van de organisatie in."})
    row = OrganisationNameRow(
        organisation_id=organisation_id, name=name.strip(), starts_on=since
    )
    work.session.add(row)
    work.session.flush()
