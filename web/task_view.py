"""What is shown beside a task: its case, the facts, the course so far."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from engine.model import HumanTask
from engine.persistence.unit_of_work import UnitOfWork
from web.course import CourseStep, course_of
from web.dutch import plain
from web.phases import still_to_come
from web.services import services
from web.suspension import Suspension, suspension_of
from web.task_origin import TaskOrigin, origin_of
from workflows.cases import repository as cases
from workflows.cases.model import Case
from workflows.people import repository as people
from workflows.people.model import ROLE_NAMES, Actor, Role
from workflows.people.rights import Action, Subject, acted_for, require
from workflows.works.proofs import Proof
from workflows.works.proofs import of_case as proofs_of_case

Facts = list[tuple[str, str]]

LONGEST_COURSE = 6
AFTER_WORKS = frozenset({"plan_reinspection", "reinspect"})
"""The tasks for which it matters what shows that the works were done."""


@dataclass(frozen=True, kw_only=True)
class TaskInReach:
    """A task that somebody may act on; *case* is None for a task without one.

    *acts_for* is the absent person in whose place the reader would work on it.
    """

    task: HumanTask
    case: Case | None
    subject: Subject
    acts_for: str | None


@dataclass(frozen=True, kw_only=True)
class TaskGlance(TaskInReach):
    """A task with the case around it, for a page."""

    facts: Facts
    course: list[CourseStep]
    suspension: Suspension | None
    origin: TaskOrigin | None
    proofs: list[Proof]


def reach(work: UnitOfWork, actor: Actor, task_id: UUID, action: Action) -> TaskInReach:
    """Return a task for *actor*; raise ``ForbiddenError`` when he may not *action*."""
    task = services().engine.tasks.get(work, task_id)
    case = cases.case_of_instance(work.session, task.instance_id)
    subject = subject_of(task, case)
    require(actor, action, subject)
    return TaskInReach(
        task=task, case=case, subject=subject, acts_for=acted_for(actor, subject)
    )


def glance(
    work: UnitOfWork, actor: Actor, task_id: UUID, action: Action = Action.READ_TASK
) -> TaskGlance:
    """Return what a page shows of a task in ``reach``."""
    found = reach(work, actor, task_id, action)
    case = found.case
    past = services().engine.tasks.of_instance(work, found.task.instance_id)
    steps = course_of(past, names_of(work), now=work.now)
    return TaskGlance(
        task=found.task,
        case=case,
        subject=found.subject,
        acts_for=found.acts_for,
        facts=facts_of(case),
        course=steps[-LONGEST_COURSE:] + (still_to_come(work, case) if case else []),
        suspension=suspension_of(work, case),
        origin=origin_of(work, found.task) if case is None else None,
        proofs=_proofs(work, found),
    )


def _proofs(work: UnitOfWork, found: TaskInReach) -> list[Proof]:
    if found.case is None or found.task.element_id not in AFTER_WORKS:
        return []
    return proofs_of_case(work, found.case.number)


def subject_of(task: HumanTask, case: Case | None) -> Subject:
    """Return what rights on *task* are asked about."""
    return Subject(
        organisation_id=case.organisation_id if case else None,
        inspector=case.inspector if case else None,
        assignee=task.assignee,
        candidate_groups=task.candidate_groups,
        candidate_users=task.candidate_users,
    )


def facts_of(case: Case | None) -> Facts:
    """Return the facts of a case that a caseworker wants at hand."""
    if case is None:
        return []
    facts = [
        ("Aanvrager", case.organisation_name or case.owner_name),
        ("Eigenaar", case.owner_name),
        ("Bewoner", case.occupant_name),
        ("Fase", case.milestone),
        ("VLOK", case.vlok.case),
    ]
    return [(label, plain(value)) for label, value in facts if value]


def names_of(work: UnitOfWork) -> Mapping[str, str]:
    """Return the full name of each user name."""
    return {user.name: user.full_name for user in people.users(work.session)}


def who(task: HumanTask, names: Mapping[str, str]) -> str:
    """Say who has a task: a person, or the groups that may take it."""
    if task.assignee:
        return names.get(task.assignee, task.assignee)
    groups = [_group_name(group) for group in task.candidate_groups]
    return f"nog niemand ({', '.join(groups)})" if groups else "nog niemand"


def _group_name(group: str) -> str:
    return ROLE_NAMES[Role(group)] if group in list(Role) else group
