"""Use cases of bodies: found, who sits in them, who leads them."""

from datetime import date
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import checks, repository
from workflows.bodies.checks import Leading, NewBody, NewMember
from workflows.bodies.model import Body, Member, RequiredPoint
from workflows.bodies.tables import BodyMemberRow, BodyPointRow, BodyRow
from workflows.calendar import local_day
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.people.model import Actor
from workflows.people.rights import Action, Subject, require


def found_body(work: UnitOfWork, new: NewBody, *, by: Actor) -> Body:
    """Found a body with its required points.

    Raise ``InvalidDataError`` when key or prefix are taken, or its rhythm is no
    period.
    """
    require(by, Action.MANAGE_BODIES)
    problems = checks.body_problems(work, new)
    if problems:
        raise InvalidDataError(problems)
    row = BodyRow(
        key=new.key,
        kind=new.kind,
        name=new.name.strip(),
        prefix=new.prefix,
        parent_key=new.parent_key,
        rhythm=new.rhythm,
        wanted_per_year=new.wanted_per_year,
        legal_minimum=new.legal_minimum,
        chair=new.chair,
        secretary=new.secretary,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        source=new.source,
        verified=new.verified,
    )
    work.session.add(row)
    work.session.flush()
    work.session.add_all(_point_row(new.key, point) for point in new.points)
    work.session.flush()
    return repository.body(work.session, new.key)


def lead(work: UnitOfWork, body_key: str, leading: Leading, *, by: Actor) -> Body:
    """Name chair and secretary, and set the rhythm."""
    require(by, Action.MANAGE_BODIES)
    row = repository.body_row(work.session, body_key)
    rhythm = (leading.rhythm or "").strip().upper() or None
    problems = {
        **checks.unknown_users(work, chair=leading.chair, secretary=leading.secretary),
        **checks.misfits(rhythm, leading.wanted_per_year),
    }
    if problems:
        raise InvalidDataError(problems)
    row.chair = leading.chair
    row.secretary = leading.secretary
    row.rhythm = rhythm
    row.wanted_per_year = leading.wanted_per_year
    work.session.flush()
    return repository.body(work.session, body_key)


def add_member(work: UnitOfWork, body_key: str, new: NewMember, *, by: Actor) -> Member:
    """Let somebody sit in a body.

    Raise ``InvalidDataError`` without name or capacity, for a bad address, and
    when the same person sits there already on that day.
    """
    require(by, Action.MANAGE_BODIES)
    body = repository.body(work.session, body_key)
    starts_on = new.starts_on or local_day(work.now)
    name, email = checks.who_is(work, new)
    problems = checks.member_problems(work, new, name, email, starts_on)
    there = repository.members_on(work.session, body.key, starts_on)
    if any(checks.is_same(each, new, name) for each in there):
        problems["name"] = f"{name} is op die dag al lid van {body.name}."
    if problems:
        raise InvalidDataError(problems)
    row = BodyMemberRow(
        id=new_id(work.now),
        body_key=body.key,
        name=name,
        email=email,
        user_name=new.user_name or None,
        organisation_id=new.organisation_id,
        capacity=new.capacity.strip(),
        mandated=new.mandated,
        mandate_uri=new.mandate_uri or None,
        must_attend=new.must_attend,
        deputy_id=None,
        starts_on=starts_on,
        ends_on=new.ends_on,
    )
    work.session.add(row)
    work.session.flush()
    return repository.member(work.session, row.id)


def end_member(
    work: UnitOfWork, member_id: UUID, *, last_day: date, by: Actor
) -> Member:
    """End a membership; the past stays known."""
    require(by, Action.MANAGE_BODIES)
    row = repository.member_row(work.session, member_id)
    if row.ends_on is not None and row.ends_on < local_day(work.now):
        sentence = "Dit lidmaatschap is al beëindigd."
        raise NotAllowedNowError(str(member_id), "ended", sentence)
    if last_day < row.starts_on:
        sentence = "De laatste dag kan niet vóór het begin van het lidmaatschap liggen."
        raise InvalidDataError({"last_day": sentence})
    row.ends_on = last_day
    work.session.flush()
    return repository.member(work.session, member_id)


def set_deputy(
    work: UnitOfWork, member_id: UUID, deputy_id: UUID | None, *, by: Actor
) -> Member:
    """Name the fellow member who replaces a member; None ends it."""
    require(by, Action.MANAGE_BODIES)
    row = repository.member_row(work.session, member_id)
    if deputy_id is not None:
        deputy = repository.member(work.session, deputy_id)
        if deputy.id == row.id or deputy.body_key != row.body_key:
            sentence = "Kies een ander lid van hetzelfde overlegorgaan."
            raise InvalidDataError({"deputy_id": sentence})
        if not deputy.holds_on(local_day(work.now)):
            sentence = f"{deputy.name} is vandaag geen lid."
            raise InvalidDataError({"deputy_id": sentence})
    row.deputy_id = deputy_id
    work.session.flush()
    return repository.member(work.session, member_id)


def subject_of(work: UnitOfWork, body_key: str) -> Subject:
    """Return a body as the subject of rights: who sits in it today, who leads it."""
    body = repository.body(work.session, body_key)
    members = repository.members_on(work.session, body_key, local_day(work.now))
    leading = {body.chair, body.secretary}
    users = {each.user_name for each in members} | leading
    organisations = {each.organisation_id for each in members}
    return Subject(
        body_users=frozenset(name for name in users if name is not None),
        body_organisations=frozenset(one for one in organisations if one is not None),
        chair=body.chair,
    )


def _point_row(body_key: str, point: RequiredPoint) -> BodyPointRow:
    return BodyPointRow(
        body_key=body_key,
        code=point.code,
        title=point.title,
        position=point.position,
        yearly_minimum=point.yearly_minimum,
    )
