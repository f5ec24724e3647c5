"""Queries on people and organisations, giving model values."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from workflows.errors import UnknownError
from workflows.people.model import (
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Role,
    User,
)
from workflows.people.tables import (
    MembershipRow,
    OrganisationNameRow,
    OrganisationRow,
    UserRow,
)


def organisation(session: Session, organisation_id: UUID) -> Organisation:
    """Return one organisation; raise ``UnknownError`` when there is none."""
    found = _organisations(session, OrganisationRow.id == organisation_id)
    if not found:
        raise UnknownError(organisation_id, "De organisatie")
    return found[0]


def organisations(
    session: Session, *, kinds: Iterable[OrganisationKind] = ()
) -> list[Organisation]:
    """Return all organisations, or those of *kinds*, by name."""
    wanted = list(kinds)
    if wanted:
        return _organisations(session, OrganisationRow.kind.in_(wanted))
    return _organisations(session)


def users(session: Session) -> list[User]:
    """Return all users by full name."""
    rows = session.scalars(select(UserRow).order_by(UserRow.full_name, UserRow.name))
    return [_to_user(row) for row in rows]


def user(session: Session, name: str) -> User:
    """Return the user with this user name; raise ``UnknownError`` without."""
    return _to_user(user_row(session, name))


def full_name(session: Session, name: str) -> str:
    """Return how a user is called; an unknown user name is given back as it is."""
    found = session.scalar(select(UserRow.full_name).where(UserRow.name == name))
    return found or name


def user_row(session: Session, name: str) -> UserRow:
    """Return the row of a user, to be changed; raise ``UnknownError`` without."""
    row = session.scalar(select(UserRow).where(UserRow.name == name))
    if row is None:
        raise UnknownError(name, "De gebruiker")
    return row


def memberships(session: Session, user_name: str) -> list[Membership]:
    """Return all memberships of a user, past ones included."""
    query = (
        select(MembershipRow)
        .where(MembershipRow.user_name == user_name)
        .order_by(MembershipRow.starts_on, MembershipRow.id)
    )
    return [_to_membership(row) for row in session.scalars(query)]


def holders_of(
    session: Session, role: Role, *, on: date, organisation_id: UUID | None = None
) -> list[User]:
    """Return the active users who hold *role* on that day, by full name."""
    query = (
        select(UserRow)
        .join(MembershipRow, MembershipRow.user_name == UserRow.name)
        .where(UserRow.active, MembershipRow.role == role, _holds(on))
        .order_by(UserRow.full_name)
        .distinct()
    )
    if organisation_id is not None:
        query = query.where(MembershipRow.organisation_id == organisation_id)
    return [_to_user(row) for row in session.scalars(query)]


def holders_of_any(session: Session, roles: Iterable[Role], *, on: date) -> list[User]:
    """Return the active users who hold one of *roles* on that day, each once."""
    held = select(MembershipRow.user_name).where(
        MembershipRow.role.in_(list(roles)), _holds(on)
    )
    query = (
        select(UserRow)
        .where(UserRow.active, UserRow.name.in_(held))
        .order_by(UserRow.full_name, UserRow.name)
    )
    return [_to_user(row) for row in session.scalars(query)]


def principals_of(session: Session, deputy: str) -> list[str]:
    """Return the user names of those for whom *deputy* stands in."""
    query = select(UserRow.name).where(UserRow.active, UserRow.deputy == deputy)
    return list(session.scalars(query))


def _holds(day: date) -> ColumnElement[bool]:
    return (MembershipRow.starts_on <= day) & or_(
        MembershipRow.ends_on.is_(None), MembershipRow.ends_on >= day
    )


def _organisations(
    session: Session, *conditions: ColumnElement[bool]
) -> list[Organisation]:
    rows = session.scalars(select(OrganisationRow).where(*conditions)).all()
    names: dict[UUID, list[OrganisationName]] = {row.id: [] for row in rows}
    query = (
        select(OrganisationNameRow)
        .where(OrganisationNameRow.organisation_id.in_(names))
        .order_by(OrganisationNameRow.starts_on)
    )
    for each in session.scalars(query):
        name = OrganisationName(
            name=each.name, starts_on=each.starts_on, ends_on=each.ends_on
        )
        names[each.organisation_id].append(name)
    found = [_to_organisation(row, names[row.id]) for row in rows]
    return sorted(found, key=lambda each: each.name.casefold())


def _to_organisation(
    row: OrganisationRow, names: list[OrganisationName]
) -> Organisation:
    return Organisation(
        id=row.id,
        kind=row.kind,
        names=tuple(names),
        enterprise_number=row.enterprise_number,
        email=row.email,
    )


def _to_user(row: UserRow) -> User:
    return User(
        id=row.id,
        name=row.name,
        full_name=row.full_name,
        email=row.email,
        active=row.active,
        deputy=row.deputy,
        created_at=row.created_at,
    )


def _to_membership(row: MembershipRow) -> Membership:
    return Membership(
        id=row.id,
        user_name=row.user_name,
        role=row.role,
        organisation_id=row.organisation_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
