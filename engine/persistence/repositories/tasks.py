"""Human tasks: opening, reading, claiming; lists are in ``task_lists``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import BindParameter, Row, bindparam, insert, select, update
from sqlalchemy.orm import Session

from engine.errors import NotFoundError
from engine.model import HumanTask, Instance, TaskState
from engine.persistence.base import table_of
from engine.persistence.identity import new_id
from engine.persistence.repositories.instances import LIVE, LiveInstance, to_live
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.tables.tasks import TaskKeyRow, TaskRow
from engine.step import TaskOpened
from engine.worklist import words

END_OF_TIME = datetime(9999, 1, 1, tzinfo=UTC)
KIND = "Taak"
COLUMNS = (
    TaskRow.id,
    TaskRow.instance_id,
    TaskRow.token,
    TaskRow.element_id,
    TaskRow.process_id,
    TaskRow.name,
    TaskRow.lane,
    TaskRow.state,
    TaskRow.assignee,
    TaskRow.claimed_at,
    TaskRow.candidate_groups,
    TaskRow.candidate_users,
    TaskRow.due_at,
    TaskRow.follow_up_at,
    TaskRow.priority,
    TaskRow.form_id,
    TaskRow.business_key,
    TaskRow.label,
    TaskRow.created_at,
    TaskRow.completed_at,
    TaskRow.completed_by,
)
_NAMES = tuple(column.key for column in COLUMNS)


def to_task(row: Row[*tuple[object, ...]]) -> HumanTask:
    """Read the columns of ``COLUMNS``, the first ones of *row*."""
    values = dict(zip(_NAMES, row, strict=False))
    values["candidate_groups"] = tuple(values["candidate_groups"])  # type: ignore[arg-type]
    values["candidate_users"] = tuple(values["candidate_users"])  # type: ignore[arg-type]
    return HumanTask(**values)  # type: ignore[arg-type]


class TaskRepository:
    """Opens, reads and hands out tasks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, task_id: UUID) -> HumanTask:
        """Return the task; raise ``NotFoundError`` when there is none."""
        row = self._session.execute(_GET, {"key": task_id}).one_or_none()
        if row is None:
            raise NotFoundError(KIND, task_id)
        return to_task(row)

    def lock(self, task_id: UUID) -> tuple[HumanTask, LiveInstance]:
        """Read the task with its live instance, and keep others off both."""
        connection = self._session.connection()
        row = connection.execute(_LOCK, {"key": task_id}).one_or_none()
        if row is None:
            raise NotFoundError(KIND, task_id)
        return to_task(row), to_live(row, len(COLUMNS))

    def of_instance(self, instance_id: UUID) -> list[HumanTask]:
        """Return all tasks of an instance, oldest first."""
        rows = self._session.execute(_OF_INSTANCE, {"key": instance_id})
        return [to_task(row) for row in rows]

    def open(
        self, instance: Instance, opened: Sequence[TaskOpened], now: datetime
    ) -> list[UUID]:
        """Insert open tasks with their keys, in two statements; return their ids."""
        if not opened:
            return []
        rows = [_task_values(instance, task, now) for task in opened]
        connection = self._session.connection()
        connection.execute(_INSERT, rows)
        connection.execute(_INSERT_KEYS, [key for row in rows for key in keys_of(row)])
        return [row["id"] for row in rows if isinstance(row["id"], UUID)]

    def hand_to(self, task_id: UUID, assignee: str | None, at: datetime) -> None:
        """Put an open task in somebody's hands, or in nobody's."""
        claimed = assignee is not None
        values = {"key": task_id, "who": assignee, "at": at if claimed else None}
        connection = self._session.connection()
        connection.execute(_HAND_TO, values)
        connection.execute(_CLAIM_KEYS, {"key": task_id, "is_claimed": claimed})

    def reschedule(self, task_id: UUID, due_at: datetime) -> None:
        """Give an open task another due moment, also in the order of the lists."""
        connection = self._session.connection()
        connection.execute(_RESCHEDULE, {"key": task_id, "due": due_at})
        connection.execute(_SORT_KEYS, {"key": task_id, "due": due_at})

    def save_draft(
        self, task_id: UUID, data: Mapping[str, str], by: str, at: datetime
    ) -> None:
        """Keep what a person filled in so far, as JSON texts by name."""
        values = {"key": task_id, "data": dict(data), "who": by, "at": at}
        self._session.connection().execute(_SAVE_DRAFT, values)

    def draft(self, task_id: UUID) -> Mapping[str, str] | None:
        """Return what was filled in so far."""
        return self._session.execute(_DRAFT, {"key": task_id}).scalar_one_or_none()


def _task_values(
    instance: Instance, task: TaskOpened, now: datetime
) -> dict[str, object]:
    return {
        "id": new_id(now),
        "instance_id": instance.id,
        "token": task.token,
        "element_id": task.element_id,
        "process_id": task.process_id,
        "name": task.name,
        "lane": task.lane,
        "state": TaskState.OPEN,
        "assignee": task.assignee,
        "claimed_at": now if task.assignee else None,
        "candidate_groups": list(task.candidate_groups),
        "candidate_users": list(task.candidate_users),
        "due_at": task.due_at,
        "sort_due": task.due_at or END_OF_TIME,
        "follow_up_at": task.follow_up_at,
        "priority": task.priority,
        "form_id": task.form_id,
        "business_key": instance.business_key,
        "label": instance.label,
        "created_at": now,
    }


def keys_of(row: Mapping[str, object]) -> Iterable[dict[str, object]]:
    """List the keys under which a task is found: candidates and words."""
    text = f"{row['name']} {row['label']} {row['business_key']}"
    named = {
        "group": row["candidate_groups"],
        "user": row["candidate_users"],
        "word": words(text),
    }
    for kind, names in named.items():
        for name in sorted(set(names)):  # type: ignore[call-overload]
            yield {
                "task_id": row["id"],
                "kind": kind,
                "name": name,
                "claimed": row["assignee"] is not None,
                "sort_due": row["sort_due"],
            }


_TASK = table_of(TaskRow)
_TASK_KEY = table_of(TaskKeyRow)
_INSTANCE = table_of(InstanceRow)
_INSERT = insert(_TASK)
_INSERT_KEYS = insert(_TASK_KEY)
_KEY: BindParameter[UUID] = bindparam("key")
_GET = select(*COLUMNS).where(TaskRow.id == _KEY)
# The instance comes first: all writers lock in that order, so none deadlock.
_LOCK = (
    select(
        *(_TASK.c[column.key] for column in COLUMNS),
        *(_INSTANCE.c[column.key] for column in LIVE),
    )
    .select_from(_INSTANCE.join(_TASK, _TASK.c.instance_id == _INSTANCE.c.id))
    .where(_TASK.c.id == _KEY)
    .with_for_update()
)
_OF_INSTANCE = select(*COLUMNS).where(TaskRow.instance_id == _KEY).order_by(TaskRow.id)
_HAND_TO = (
    update(_TASK)
    .where(TaskRow.id == _KEY, TaskRow.state == TaskState.OPEN)
    .values(assignee=bindparam("who"), claimed_at=bindparam("at"))
)
_CLAIM_KEYS = (
    update(_TASK_KEY)
    .where(TaskKeyRow.task_id == _KEY)
    .values(claimed=bindparam("is_claimed"))
)
_RESCHEDULE = (
    update(_TASK)
    .where(TaskRow.id == _KEY, TaskRow.state == TaskState.OPEN)
    .values(due_at=bindparam("due"), sort_due=bindparam("due"))
)
_SORT_KEYS = (
    update(_TASK_KEY)
    .where(TaskKeyRow.task_id == _KEY)
    .values(sort_due=bindparam("due"))
)
_SAVE_DRAFT = (
    update(_TASK)
    .where(TaskRow.id == _KEY, TaskRow.state == TaskState.OPEN)
    .values(
        draft=bindparam("data"), draft_by=bindparam("who"), draft_at=bindparam("at")
    )
)
_DRAFT = select(TaskRow.draft).where(TaskRow.id == _KEY)
