"""How a work group begins, gets another responsible, and ends."""

from collections.abc import Mapping
from datetime import date, datetime

from engine.calendar import end_of_day
from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.model import BodyKind
from workflows.bodies.tables import BodyMemberRow, BodyRow
from workflows.calendar import ZONE, local_day
from workflows.city.repository import values_on
from workflows.deadlines.model import add_period
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.people import repository as people
from workflows.people.model import Role, User
from workflows.work_groups import repository
from workflows.work_groups.agenda import coordination_keys
from workflows.work_groups.checks import Founding, is_period, responsible_problem
from workflows.work_groups.model import GroupStatus, QuestionStatus, WorkGroup
from workflows.work_groups.tables import WorkGroupResponsibleRow, WorkGroupRow

PREFIX = "WG"
RESPONSIBLE = "Verantwoordelijke voor de terugkoppeling"
MEMBER = "Lid van de werkgroep"
REPLACE_TERM = "work_group_replace"
_MANDATED = (Role.MAYOR, Role.ALDERMAN)


def found(
    work: UnitOfWork, question_number: str, given: Founding, *, by: str
) -> WorkGroup:
    """Found the work group of a question, as a body that its members see.

    Raise ``InvalidDataError`` without somebody who can answer for the feedback,
    ``NotAllowedNowError`` when nobody decided to found it, or it was founded.
    """
    question = repository.question_row(work.session, question_number, locked=True)
    if question.status is not QuestionStatus.TO_APPOINT:
        sentence = (
            f"Over {question_number} is niet beslist een werkgroep op te richten."
        )
        raise NotAllowedNowError(question_number, question.status, sentence)
    _require_able(work, given.responsible)
    row = WorkGroupRow(
        question_number=question_number,
        body_key=_found_body(work, question_number, given),
        name=given.group_name,
        mandate=given.mandate,
        frequency=given.frequency,
        ends_on=given.ends_on,
        responsible=given.responsible,
        status=GroupStatus.ACTIVE,
        founded_at=work.now,
        founded_by=by,
        founded_in=question.decided_in,
        final_report="",
        proposed_answer="",
        closing_reason="",
    )
    work.session.add(row)
    question.status = QuestionStatus.FOUNDED
    work.session.flush()
    _appoint(work, question_number, given.responsible)
    return repository.group(work.session, question_number)


def note(work: UnitOfWork, question_number: str) -> None:
    """Note that the college knows of a work group, from its minutes."""
    row = repository.group_row(work.session, question_number)
    row.noted_on = row.noted_on or local_day(work.now)
    if row.status is GroupStatus.ACTIVE:
        row.status = GroupStatus.ACTIVE_NOTED
    work.session.flush()


def lose_responsible(work: UnitOfWork, question_number: str) -> datetime:
    """Note that a work group has no responsible; return until when it may be so."""
    row = repository.group_row(work.session, question_number)
    today = local_day(work.now)
    period = str(values_on(work.session, today)[REPLACE_TERM].value)
    until = end_of_day(add_period(today, period), ZONE.key)
    row.status = GroupStatus.WITHOUT_RESPONSIBLE
    row.without_since = row.without_since or work.now
    row.replace_until = until
    present = repository.present_responsible_row(work.session, question_number)
    if present is not None:
        present.ends_at = work.now
    body = bodies.body_row(work.session, row.body_key)
    body.chair = body.secretary = None
    work.session.flush()
    return until


def replace_responsible(
    work: UnitOfWork, question_number: str, user_name: str
) -> WorkGroup:
    """Appoint somebody else; the diagram hands him the open tasks."""
    row = repository.group_row(work.session, question_number)
    _require_able(work, user_name)
    row.responsible = user_name
    row.without_since = None
    row.replace_until = None
    noted = row.noted_on is not None
    row.status = GroupStatus.ACTIVE_NOTED if noted else GroupStatus.ACTIVE
    work.session.flush()
    _appoint(work, question_number, user_name)
    _lead(work, row.body_key, people.user(work.session, user_name))
    return repository.group(work.session, question_number)


def close(work: UnitOfWork, question_number: str) -> WorkGroup:
    """End a work group and its body; its question is answered after that."""
    row = repository.group_row(work.session, question_number)
    row.status = GroupStatus.CLOSED
    row.closed_at = work.now
    bodies.body_row(work.session, row.body_key).ends_on = local_day(work.now)
    question = repository.question_row(work.session, question_number)
    question.status = QuestionStatus.CLOSED
    present = repository.present_responsible_row(work.session, question_number)
    if present is not None:
        present.ends_at = work.now
    work.session.flush()
    return repository.group(work.session, question_number)


def _require_able(work: UnitOfWork, user_name: str) -> None:
    problem = responsible_problem(work, user_name)
    if problem:
        raise InvalidDataError({"responsible": problem})


def _found_body(work: UnitOfWork, question_number: str, given: Founding) -> str:
    """Make the body of a work group; it stands below the coordination group."""
    key = f"work_group_{question_number.casefold().replace('-', '_')}"
    parents = coordination_keys(work)
    row = BodyRow(
        key=key,
        kind=BodyKind.WORK_GROUP,
        name=f"Werkgroep {given.group_name}",
        prefix=PREFIX,
        parent_key=parents[0] if parents else None,
        rhythm=given.frequency if is_period(given.frequency) else None,
        chair=given.responsible,
        secretary=given.responsible,
        starts_on=local_day(work.now),
        ends_on=None,
        source=f"Besluit over de beleidsvraag {question_number}",
        verified=True,
    )
    work.session.add(row)
    work.session.flush()
    known = _by_any_name(people.users(work.session))
    _seat(work, key, people.user(work.session, given.responsible), RESPONSIBLE)
    for name in given.members:
        _seat(work, key, known.get(name.casefold(), name), MEMBER)
    return key


def _by_any_name(users: list[User]) -> Mapping[str, User]:
    """Find an account by its user name, full name or address."""
    return {
        name.casefold(): user
        for user in users
        if user.active
        for name in (user.name, user.full_name, user.email)
    }


def _lead(work: UnitOfWork, body_key: str, user: User) -> None:
    """Let somebody lead a work group; who led it before stays a member."""
    body = bodies.body_row(work.session, body_key)
    body.chair = body.secretary = user.name
    for member in bodies.members_on(work.session, body_key, local_day(work.now)):
        row = bodies.member_row(work.session, member.id)
        row.capacity = RESPONSIBLE if member.user_name == user.name else MEMBER
    work.session.flush()
    _seat(work, body_key, user, RESPONSIBLE)


def _seat(work: UnitOfWork, body_key: str, who: User | str, capacity: str) -> None:
    """Let somebody sit in a work group; who has no account sits there by name."""
    today = local_day(work.now)
    user = who if isinstance(who, User) else None
    name = user.full_name if user else str(who)
    there = bodies.members_on(work.session, body_key, today)
    if name.casefold() in {each.name.casefold() for each in there}:
        return
    row = BodyMemberRow(
        id=new_id(work.now),
        body_key=body_key,
        name=name,
        email=user.email if user else None,
        user_name=user.name if user else None,
        organisation_id=None,
        capacity=capacity,
        mandated=user is not None and _holds_mandate(work, user.name, today),
        must_attend=False,
        deputy_id=None,
        starts_on=today,
        ends_on=None,
    )
    work.session.add(row)
    work.session.flush()


def _holds_mandate(work: UnitOfWork, user_name: str, today: date) -> bool:
    held = people.memberships(work.session, user_name)
    return any(each.role in _MANDATED for each in held if each.holds_on(today))


def _appoint(work: UnitOfWork, question_number: str, user_name: str) -> None:
    row = WorkGroupResponsibleRow(
        id=new_id(work.now),
        question_number=question_number,
        user_name=user_name,
        starts_at=work.now,
        ends_at=None,
        leaving_reason="",
    )
    work.session.add(row)
    work.session.flush()
