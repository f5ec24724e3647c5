"""What can be changed of an open task without advancing its instance.

Functions, because a service task of another instance does these things as well:
the meeting that hands out the work of the cases it talked about.
"""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

from engine.errors import TaskNotOpenError
from engine.journal import Journal, not_running
from engine.model import HumanTask, InstanceStatus, TaskState
from engine.persistence.repositories.instances import LiveInstance
from engine.persistence.repositories.tasks import TaskRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.steps import line_on

_JOURNAL = Journal()


def assign(work: UnitOfWork, task_id: UUID, *, to: str, by: str) -> HumanTask:
    """Put a task in somebody's hands, whoever had it."""
    task, live = _locked(work, task_id)
    if task.assignee == to:
        return task
    TaskRepository(work.session).hand_to(task.id, to, work.now)
    _tell(work, (task, live), "task_assigned", {"assignee": to}, by)
    return replace(task, assignee=to, claimed_at=work.now)


def reschedule(
    work: UnitOfWork, task_id: UUID, due_at: datetime, *, by: str
) -> HumanTask:
    """Give an open task another due moment, in whosever hands it is.

    What the diagram armed around the task, reminders included, stays as it is.
    """
    task, live = _locked(work, task_id)
    if task.due_at == due_at:
        return task
    TaskRepository(work.session).reschedule(task_id, due_at)
    facts = {"due_at": _written(due_at), "due_before": _written(task.due_at)}
    _tell(work, (task, live), "task_rescheduled", facts, by)
    return replace(task, due_at=due_at)


def require_open(task: HumanTask) -> None:
    """Refuse a task that was completed or cancelled, with who and when."""
    if task.state is not TaskState.OPEN:
        raise TaskNotOpenError(
            task.id, task.state, task.completed_by, task.completed_at
        )


def require_running(work: UnitOfWork, live: LiveInstance) -> None:
    """Refuse a task of an instance that is suspended, with who and when."""
    if live.instance.status is not InstanceStatus.RUNNING:
        raise not_running(work, live.instance)


def _locked(work: UnitOfWork, task_id: UUID) -> tuple[HumanTask, LiveInstance]:
    task, live = TaskRepository(work.session).lock(task_id)
    require_open(task)
    require_running(work, live)
    return task, live


def _tell(
    work: UnitOfWork,
    locked: tuple[HumanTask, LiveInstance],
    kind: str,
    facts: dict[str, str | None],
    by: str,
) -> None:
    task, live = locked
    told = line_on(kind, task.element_id, task.name, **facts)
    _JOURNAL.add(work, live, told, by=by)


def _written(moment: datetime | None) -> str | None:
    """Write a moment as the journal keeps it."""
    return None if moment is None else moment.astimezone(UTC).isoformat()
