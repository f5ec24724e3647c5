"""Whom the loop of a policy question writes to, and what."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from engine.persistence.unit_of_work import UnitOfWork
from workflows import letters
from workflows.bodies import repository as bodies
from workflows.bodies.contacts import account, holders, meant, people_of
from workflows.bodies.model import DECIDING, BodyKind, Contact
from workflows.calendar import day_in_words, local_day
from workflows.letters import Letter
from workflows.meetings.model import Meeting
from workflows.people.model import Role
from workflows.work_groups import repository
from workflows.work_groups.model import PolicyQuestion, WorkGroup

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


def tell_on_agenda(
    work: UnitOfWork, question: PolicyQuestion, meeting: Meeting
) -> None:
    """Tell the asker on which agenda his question stands."""
    write(
        work,
        "on_agenda",
        question.number,
        account(work, question.asked_by),
        meeting=f"{meeting.body_name} ({meeting.number})",
        day=day_in_words(local_day(meeting.starts_at), weekday=True),
    )


def contacts(
    work: UnitOfWork, question_number: str, names: Iterable[str]
) -> list[Contact]:
    """Return who is meant by ``responsible``, ``chair`` and ``head_of_service``."""
    known = {
        name: partial(find, work, question_number) for name, find in _RESOLVERS.items()
    }
    return meant(names, known)


def head_of_service(work: UnitOfWork, _question_number: str = "") -> list[Contact]:
    """Return who leads the service today."""
    return holders(work, Role.HEAD_OF_SERVICE)


def _responsible(work: UnitOfWork, question_number: str) -> list[Contact]:
    """The responsible; while there is none the reminder goes to who leads."""
    group: WorkGroup = repository.group(work.session, question_number)
    if group.without_since is not None:
        return head_of_service(work)
    return account(work, group.responsible)


def _chair(work: UnitOfWork, _question_number: str) -> list[Contact]:
    """The chair of the coordination group, or of what stands for it."""
    found = bodies.bodies_of_kinds(work.session, DECIDING)
    ordered = sorted(
        found, key=lambda body: body.kind is not BodyKind.COORDINATION_GROUP
    )
    chosen = next((body for body in ordered if body.chair), None)
    if chosen is None:
        return head_of_service(work)
    return people_of(work, chosen.key, "chair")


_RESOLVERS: Mapping[str, Callable[[UnitOfWork, str], list[Contact]]] = {
    "responsible": _responsible,
    "chair": _chair,
    "head_of_service": head_of_service,
}
"""Whom a diagram can name."""
