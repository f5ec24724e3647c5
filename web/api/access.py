"""What a caller may see: each case and task passes ``rights`` before it is shown."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from engine.model import HumanTask, Instance
from engine.persistence.unit_of_work import UnitOfWork
from web.api.fields import is_storable
from web.auth import actor
from web.services import services
from web.task_view import subject_of
from workflows.cases import repository as cases
from workflows.cases.model import Case
from workflows.errors import UnknownError
from workflows.people.model import Actor
from workflows.people.rights import Action, Subject, acted_for, require


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenTask:
    """A task that the caller may see, with the case around it when there is one."""

    task: HumanTask
    case: Case | None
    subject: Subject

    @property
    def acts_for(self) -> str | None:
        """The absent person in whose place the caller works on it."""
        return acted_for(actor(), self.subject)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenInstance:
    """An instance that the caller may see, with its case when there is one."""

    instance: Instance
    case: Case | None


def allowed(action: Action) -> Actor:
    """Return the caller when his roles and token let him do *action* somewhere.

    What he may see of it is for the query, or for the checks below.
    """
    found = actor()
    require(found, action)
    return found


def own_subject(found: Actor) -> Subject | None:
    """Return a case of one's own agency to ask rights about; None for the city."""
    if found.is_city:
        return None
    return Subject(organisation_id=min(found.organisation_ids, default=None, key=str))


def own_cases(work: UnitOfWork, found: Actor) -> Collection[str] | None:
    """Return the numbers that an agency is kept to; None for the city."""
    if found.is_city:
        return None
    return cases.numbers_of(work.session, found.organisation_ids)


def own_instances(work: UnitOfWork, found: Actor) -> Collection[UUID] | None:
    """Return the instances that an agency is kept to; None for the city."""
    if found.is_city:
        return None
    return cases.instances_of(work.session, found.organisation_ids)


def see_case(work: UnitOfWork, number: str, action: Action = Action.READ_CASE) -> Case:
    """Return a case; raise ``ForbiddenError`` when the caller may not *action*."""
    if not is_storable(number):
        kind, shown = "Het dossier", "met dit nummer"
        raise UnknownError(shown, kind)
    found = cases.case(work.session, number)
    require(actor(), action, found.subject)
    return found


def see_task(
    work: UnitOfWork, task_id: UUID, action: Action = Action.READ_TASK
) -> SeenTask:
    """Return a task; raise ``ForbiddenError`` when the caller may not *action*."""
    task = services().engine.tasks.get(work, task_id)
    case = cases.case_of_instance(work.session, task.instance_id)
    subject = subject_of(task, case)
    require(actor(), action, subject)
    return SeenTask(task=task, case=case, subject=subject)


def see_instance(work: UnitOfWork, instance_id: UUID) -> SeenInstance:
    """Return an instance; one without a case is for who may start processes."""
    instance = services().engine.instances.get(work, instance_id)
    case = cases.case_of_instance(work.session, instance_id)
    if case is None:
        require(actor(), Action.START_PROCESS)
    else:
        require(actor(), Action.READ_CASE, case.subject)
    return SeenInstance(instance=instance, case=case)
