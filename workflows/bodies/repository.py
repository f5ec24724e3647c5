"""Queries on bodies, their members and what partners may see."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from workflows.bodies.model import (
    Body,
    BodyKind,
    Member,
    PartnerRight,
    RequiredPoint,
)
from workflows.bodies.tables import (
    BodyMemberRow,
    BodyPointRow,
    BodyRow,
    PartnerRightRow,
)
from workflows.errors import UnknownError
from workflows.people import repository as people
from workflows.people.model import OrganisationKind
from workflows.people.tables import OrganisationRow


def body(session: Session, key: str) -> Body:
    """Return one body; raise ``UnknownError`` when there is none."""
    row = body_row(session, key)
    return _to_body(row, _points(session, [key]).get(key, ()))


def bodies(session: Session, *, on: date | None = None) -> list[Body]:
    """Return all bodies, or those that exist on a day, in the order of their names."""
    query = select(BodyRow).order_by(BodyRow.name, BodyRow.key)
    if on is not None:
        query = query.where(
            BodyRow.starts_on <= on,
            or_(BodyRow.ends_on.is_(None), BodyRow.ends_on >= on),
        )
    rows = session.scalars(query).all()
    points = _points(session, [row.key for row in rows])
    return [_to_body(row, points.get(row.key, ())) for row in rows]


def bodies_of_kinds(session: Session, kinds: Iterable[BodyKind]) -> list[Body]:
    """Return the bodies of some kinds."""
    wanted = frozenset(kinds)
    return [each for each in bodies(session) if each.kind in wanted]


def key_of_kind(session: Session, kind: BodyKind) -> str:
    """Return the key of the first body of a kind; raise ``UnknownError`` without."""
    query = select(BodyRow.key).where(BodyRow.kind == kind).order_by(BodyRow.key)
    key = session.scalar(query.limit(1))
    if key is None:
        raise UnknownError(kind, "Het overlegorgaan")
    return key


def body_row(session: Session, key: str) -> BodyRow:
    """Return the row of a body, to be changed."""
    row = session.get(BodyRow, key)
    if row is None:
        raise UnknownError(key, "Het overlegorgaan")
    return row


def members_on(session: Session, body_key: str, day: date) -> list[Member]:
    """Return who sits in a body on a day: mandate holders first, then by name."""
    return _members(
        session, BodyMemberRow.body_key == body_key, sits_on(day), named_on=day
    )


def member_counts(session: Session, day: date) -> Mapping[str, int]:
    """Return how many sit in each body on a day, by its key."""
    query = (
        select(BodyMemberRow.body_key, func.count(BodyMemberRow.id))
        .where(sits_on(day))
        .group_by(BodyMemberRow.body_key)
    )
    return dict(session.execute(query).all())


def members_ever(session: Session, body_key: str) -> list[Member]:
    """Return all members that a body has, had or will have."""
    return _members(session, BodyMemberRow.body_key == body_key)


def member(session: Session, member_id: UUID) -> Member:
    """Return one membership; raise ``UnknownError`` when there is none."""
    found = _members(session, BodyMemberRow.id == member_id)
    if not found:
        raise UnknownError(member_id, "Het lid")
    return found[0]


def member_row(session: Session, member_id: UUID) -> BodyMemberRow:
    """Return the row of a membership, to be changed."""
    row = session.get(BodyMemberRow, member_id)
    if row is None:
        raise UnknownError(member_id, "Het lid")
    return row


def bodies_of(
    session: Session, *, user_name: str, organisation_ids: Iterable[UUID], day: date
) -> list[str]:
    """Return the keys of the bodies in which somebody sits, or that he leads.

    He sits there himself, or his organisation does. The city is in nearly all
    of them, so its organisation counts for nobody.
    """
    organisations = _outside(session, organisation_ids)
    seat = or_(
        BodyMemberRow.user_name == user_name,
        BodyMemberRow.organisation_id.in_(organisations),
    )
    seats = select(BodyMemberRow.body_key).where(seat, sits_on(day)).distinct()
    leads = or_(BodyRow.chair == user_name, BodyRow.secretary == user_name)
    query = (
        select(BodyRow.key)
        .where(or_(BodyRow.key.in_(seats), leads))
        .order_by(BodyRow.name)
    )
    return list(session.scalars(query))


def counted_for(session: Session, body_key: str) -> list[str]:
    """Return the bodies whose meetings count for this one: itself and its parts."""
    query = select(BodyRow.key).where(BodyRow.parent_key == body_key)
    return [body_key, *session.scalars(query.order_by(BodyRow.key))]


def partner_rights(session: Session, body_key: str) -> list[PartnerRight]:
    """Return what each partner may see of the cases in a body."""
    return _rights(session, PartnerRightRow.body_key == body_key)


def rights_of(session: Session, organisation_ids: Iterable[UUID]) -> list[PartnerRight]:
    """Return what these organisations may see, in all bodies together."""
    return _rights(session, PartnerRightRow.organisation_id.in_(list(organisation_ids)))


def rights_holders(session: Session) -> list[PartnerRight]:
    """Return what each partner may see, in all bodies together."""
    return _rights(session)


def partner_right(
    session: Session, body_key: str, organisation_id: UUID
) -> PartnerRight | None:
    """Return what one organisation may see in a body; None when it may see nothing."""
    found = _rights(
        session,
        PartnerRightRow.body_key == body_key,
        PartnerRightRow.organisation_id == organisation_id,
    )
    return found[0] if found else None


def _rights(session: Session, *conditions: ColumnElement[bool]) -> list[PartnerRight]:
    rows = session.scalars(select(PartnerRightRow).where(*conditions)).all()
    names = _names(session, [row.organisation_id for row in rows])
    found = [
        PartnerRight(
            id=row.id,
            organisation_id=row.organisation_id,
            organisation_name=names[row.organisation_id],
            body_key=row.body_key,
            view=row.view,
            shared_only=row.shared_only,
            legal_ground=row.legal_ground,
            verified=row.verified,
        )
        for row in rows
    ]
    return sorted(found, key=lambda each: each.organisation_name.casefold())


def _members(
    session: Session, *conditions: ColumnElement[bool], named_on: date | None = None
) -> list[Member]:
    query = (
        select(BodyMemberRow)
        .where(*conditions)
        .order_by(
            BodyMemberRow.mandated.desc(), BodyMemberRow.name, BodyMemberRow.starts_on
        )
    )
    rows = session.scalars(query).all()
    held = [row.organisation_id for row in rows if row.organisation_id is not None]
    names = _names(session, held, on=named_on)
    return [_to_member(row, names) for row in rows]


def _names(
    session: Session, ids: Sequence[UUID], *, on: date | None = None
) -> Mapping[UUID, str]:
    """Return how organisations are called on a day, or now; one query or none."""
    if not ids:
        return {}
    wanted = frozenset(ids)
    return {
        each.id: each.name if on is None else each.name_on(on)
        for each in people.organisations(session)
        if each.id in wanted
    }


def _outside(session: Session, ids: Iterable[UUID]) -> list[UUID]:
    query = select(OrganisationRow.id).where(
        OrganisationRow.id.in_(list(ids)),
        OrganisationRow.kind != OrganisationKind.CITY,
    )
    return list(session.scalars(query))


def sits_on(day: date) -> ColumnElement[bool]:
    """Tell in SQL whether a membership holds on *day*."""
    return (BodyMemberRow.starts_on <= day) & or_(
        BodyMemberRow.ends_on.is_(None), BodyMemberRow.ends_on >= day
    )


def _points(
    session: Session, keys: Iterable[str]
) -> Mapping[str, tuple[RequiredPoint, ...]]:
    query = (
        select(BodyPointRow)
        .where(BodyPointRow.body_key.in_(list(keys)))
        .order_by(BodyPointRow.position, BodyPointRow.code)
    )
    found: dict[str, list[RequiredPoint]] = {}
    for row in session.scalars(query):
        point = RequiredPoint(
            code=row.code,
            title=row.title,
            position=row.position,
            yearly_minimum=row.yearly_minimum,
        )
        found.setdefault(row.body_key, []).append(point)
    return {key: tuple(points) for key, points in found.items()}


def _to_body(row: BodyRow, points: tuple[RequiredPoint, ...]) -> Body:
    return Body(
        key=row.key,
        kind=row.kind,
        name=row.name,
        prefix=row.prefix,
        parent_key=row.parent_key,
        rhythm=row.rhythm,
        wanted_per_year=row.wanted_per_year,
        legal_minimum=row.legal_minimum,
        chair=row.chair,
        secretary=row.secretary,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        source=row.source,
        verified=row.verified,
        points=points,
    )


def _to_member(row: BodyMemberRow, names: Mapping[UUID, str]) -> Member:
    organisation = row.organisation_id
    return Member(
        id=row.id,
        body_key=row.body_key,
        name=row.name,
        email=row.email,
        user_name=row.user_name,
        organisation_id=organisation,
        organisation_name=None if organisation is None else names[organisation],
        capacity=row.capacity,
        mandated=row.mandated,
        must_attend=row.must_attend,
        deputy_id=row.deputy_id,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
