"""Whom the loop of a policy question writes to, and what."""

from collections.abc import Callable, Iterable, Mapping

from engine.persistence.unit_of_work import UnitOfWork
from workflows import letters
from workflows.bodies import repository as bodies
from workflows.bodies.contacts import people_of
from workflows.bodies.model import BodyKind, Contact
from workflows.calendar import local_day
from workflows.errors import InvalidDataError, UnknownError
from workflows.letters import Letter
from workflows.people import repository as people
from workflows.people.model import Role, User
from workflows.work_groups import repository
from workflows.work_groups.agenda import COORDINATION
from workflows.work_groups.model import WorkGroup

SUBJECT = "work_groups"


def write(
    work: UnitOfWork,
    template: str,
    question_number: str,
    to: Iterable[Contact],
    **told: str,
) -> int:
    """Write a mail about a question to people; return to how many.

    *told* is what the template names besides title and number of the question
    and the name of its work group.
    """
    question = repository.question(work.session, question_number)
    group = repository.group_or_none(work.session, question_number)
    facts = {
        "number": question_number,
        "title": question.title,
        "group": group.name if group else "",
        **told,
    }
    letter = Letter(
        subject=SUBJECT, template=template, about=question_number, facts=facts
    )
    return letters.send(work, letter, to, instance_id=question.instance_id)


def contacts(
    work: UnitOfWork, question_number: str, names: Iterable[str]
) -> list[Contact]:
    """Return who is meant by ``responsible``, ``chair`` and ``head_of_service``."""
    found: dict[str, Contact] = {}
    for name in names:
        if name not in _RESOLVERS:
            known = ", ".join(_RESOLVERS)
            sentence = f"‘{name}’ is geen bestemmeling; kies uit {known}."
            raise InvalidDataError({"to": sentence})
        for each in _RESOLVERS[name](work, question_number):
            found.setdefault(each.email.casefold(), each)
    return list(found.values())


def user_contact(work: UnitOfWork, user_name: str) -> list[Contact]:
    """Return somebody with an open account, or nobody."""
    try:
        user = people.user(work.session, user_name)
    except UnknownError:
        return []
    return [_contact(user)] if user.active else []


def head_of_service(work: UnitOfWork, _question_number: str = "") -> list[Contact]:
    """Return who leads the service today."""
    found = people.holders_of(
        work.session, Role.HEAD_OF_SERVICE, on=local_day(work.now)
    )
    return [_contact(user) for user in found]


def _responsible(work: UnitOfWork, question_number: str) -> list[Contact]:
    """The responsible; while there is none the reminder goes to who leads."""
    group: WorkGroup = repository.group(work.session, question_number)
    if group.without_since is not None:
        return head_of_service(work)
    return user_contact(work, group.responsible)


def _chair(work: UnitOfWork, question_number: str) -> list[Contact]:
    """The chair of the coordination group, or of what stands for it."""
    found = bodies.bodies_of_kinds(work.session, COORDINATION)
    ordered = sorted(
        found, key=lambda body: body.kind is not BodyKind.COORDINATION_GROUP
    )
    chosen = next((body for body in ordered if body.chair), None)
    if chosen is None:
        return head_of_service(work, question_number)
    return people_of(work, chosen.key, "chair")


def _contact(user: User) -> Contact:
    return Contact(name=user.full_name, email=user.email, user_name=user.name)


_RESOLVERS: Mapping[str, Callable[[UnitOfWork, str], list[Contact]]] = {
    "responsible": _responsible,
    "chair": _chair,
    "head_of_service": head_of_service,
}
"""Whom a diagram can name."""
