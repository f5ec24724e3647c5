"""Work lists: pages and counts of tasks, as fast at 100,000 open tasks as at few.

A page is the merge of a few index ranges, one per candidate key and one for
the assignee, each cut off at the length of the page. A search for a rare word
starts from the word instead, because walking the ranges would be a long way to
few tasks.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Row,
    Select,
    Text,
    and_,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import Tuple

from engine.model import HumanTask, TaskState
from engine.persistence.repositories.tasks import COLUMNS, to_task
from engine.persistence.tables.tasks import TaskKeyRow, TaskRow
from engine.worklist import (
    COUNT_CAP,
    CursorError,
    Page,
    TaskQuery,
    TaskSort,
    asked_words,
    read_cursor,
    write_cursor,
)

RARE = 500
SORTED_BY: dict[TaskSort, InstrumentedAttribute[object]] = {
    TaskSort.DUE: TaskRow.sort_due,
    TaskSort.CREATED: TaskRow.created_at,
    TaskSort.PRIORITY: TaskRow.priority,
    TaskSort.NAME: TaskRow.name,
    TaskSort.COMPLETED: TaskRow.completed_at,
}
BACKWARD = frozenset({TaskSort.PRIORITY, TaskSort.COMPLETED})
READ_VALUE: dict[TaskSort, Callable[[str], object]] = {
    TaskSort.DUE: datetime.fromisoformat,
    TaskSort.CREATED: datetime.fromisoformat,
    TaskSort.COMPLETED: datetime.fromisoformat,
    TaskSort.PRIORITY: int,
    TaskSort.NAME: str,
}
# Literal text, because a partial index serves no bound value.
IS_OPEN: ColumnElement[bool] = literal_column("task.state = 'open'", Boolean)
Rows = Select[*tuple[object, ...]]


class TaskLists:
    """Finds and counts tasks."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def find(self, query: TaskQuery) -> Page[HumanTask]:
        """Return one page of the tasks that *query* asks for."""
        rows = self._session.execute(self._page(query)).all()
        shown = rows[: query.limit]
        more = len(rows) > query.limit
        return Page(
            items=tuple(to_task(row) for row in shown),
            next_cursor=_cursor(query, shown[-1]) if more else None,
        )

    def count(self, query: TaskQuery) -> int:
        """Count the tasks, up to ``COUNT_CAP``: nobody reads a longer list."""
        if self._walks_ranges(query):
            found = union(*self._ranges(query, COUNT_CAP)).subquery()
            ids = select(found.c.id).limit(COUNT_CAP).subquery()
        else:
            statement = select(TaskRow.id).where(*_conditions(query))
            ids = statement.limit(COUNT_CAP).subquery()
        counted = self._session.scalar(select(func.count()).select_from(ids))
        return counted or 0

    def _page(self, query: TaskQuery) -> Rows:
        if not self._walks_ranges(query):
            return _ordered(_all(query), query)
        found = union(*self._ranges(query, query.limit + 1)).subquery()
        # The outer limit comes before the join, so few rows are fetched.
        keys = select(found.c.id).order_by(found.c.sort_due, found.c.id)
        wanted = keys.limit(query.limit + 1).subquery()
        tasks = select(*COLUMNS, TaskRow.sort_due).join(
            wanted, wanted.c.id == TaskRow.id
        )
        return tasks.order_by(TaskRow.sort_due, TaskRow.id)

    def _walks_ranges(self, query: TaskQuery) -> bool:
        """Tell whether the index ranges are the shortest way to the tasks."""
        return (
            query.state is TaskState.OPEN
            and query.sort is TaskSort.DUE
            and query.business_keys is None
            and bool(query.keys)
            and not any(self._is_rare(word) for word in asked_words(query.text))
        )

    def _is_rare(self, word: str) -> bool:
        some = select(TaskKeyRow.task_id).where(_word(word)).limit(RARE).subquery()
        counted = self._session.scalar(select(func.count()).select_from(some))
        return (counted or 0) < RARE

    def _ranges(self, query: TaskQuery, length: int) -> Sequence[Rows]:
        # Each value of *claimed* is its own range, or the index isn't in order.
        both = (False, True) if query.unclaimed is None else (not query.unclaimed,)
        ranges = [
            _candidate_range(query, key, claimed=claimed)
            for key in query.keys
            for claimed in both
        ]
        if query.assignee is not None:
            ranges.append(_assignee_range(query))
        cut = [one.limit(length).subquery() for one in ranges]
        return [select(one.c.sort_due, one.c.id) for one in cut]


def _candidate_range(query: TaskQuery, key: tuple[str, str], *, claimed: bool) -> Rows:
    """Walk the open tasks under one candidate key, in order of their due moment."""
    kind, name = key
    columns = (TaskKeyRow.sort_due, TaskKeyRow.task_id.label("id"))
    walk = select(*columns).where(
        TaskKeyRow.kind == kind,
        TaskKeyRow.name == name,
        TaskKeyRow.claimed.is_(claimed),
    )
    walk = walk.where(_after(query, TaskKeyRow.sort_due, TaskKeyRow.task_id))
    if query.due_before is not None:
        walk = walk.where(TaskKeyRow.sort_due < query.due_before)
    narrowing = [*_of_task(query), *_having_words(query, TaskKeyRow.task_id)]
    if narrowing:
        walk = walk.join(TaskRow, TaskRow.id == TaskKeyRow.task_id).where(*narrowing)
    return walk.order_by(TaskKeyRow.sort_due, TaskKeyRow.task_id)


def _assignee_range(query: TaskQuery) -> Rows:
    """Walk the open tasks in the hands of the assignee."""
    walk = select(TaskRow.sort_due, TaskRow.id).where(
        IS_OPEN,
        TaskRow.assignee == query.assignee,
        _after(query, TaskRow.sort_due, TaskRow.id),
        *_of_task(query),
        *_having_words(query, TaskRow.id),
    )
    if query.due_before is not None:
        walk = walk.where(TaskRow.sort_due < query.due_before)
    return walk.order_by(TaskRow.sort_due, TaskRow.id)


def _all(query: TaskQuery) -> Rows:
    columns = (*COLUMNS, SORTED_BY[query.sort].label("sorted_by"))
    return select(*columns).where(*_conditions(query))


def _conditions(query: TaskQuery) -> list[ColumnElement[bool]]:
    """Say all of *query* about a task row, in no particular way."""
    is_open = query.state is TaskState.OPEN
    conditions = [IS_OPEN if is_open else TaskRow.state == query.state]
    conditions += [*_of_task(query), _who(query)]
    if query.unclaimed is not None:
        empty = TaskRow.assignee.is_(None)
        conditions.append(empty if query.unclaimed else ~empty)
    if query.due_before is not None:
        conditions.append(TaskRow.sort_due < query.due_before)
    if query.business_keys is not None:
        conditions.append(TaskRow.business_key.in_(sorted(query.business_keys)))
    for word in asked_words(query.text):
        having = select(TaskKeyRow.task_id).where(_word(word))
        conditions.append(TaskRow.id.in_(having))
    return conditions


def _who(query: TaskQuery) -> ColumnElement[bool]:
    """Say whose task it may be; keys are gone once a task has ended."""
    ways = [_may_take(query, kind, name) for kind, name in query.keys]
    if query.assignee is not None:
        ways.append(TaskRow.assignee == query.assignee)
    return or_(*ways) if ways else true()


def _may_take(query: TaskQuery, kind: str, name: str) -> ColumnElement[bool]:
    if query.state is TaskState.OPEN:
        return exists().where(
            TaskKeyRow.task_id == TaskRow.id,
            TaskKeyRow.kind == kind,
            TaskKeyRow.name == name,
        )
    column = TaskRow.candidate_groups if kind == "group" else TaskRow.candidate_users
    return type_coerce(column, Text).contains(f'"{name}"', autoescape=True)


def _of_task(query: TaskQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.element_id is not None:
        conditions.append(TaskRow.element_id == query.element_id)
    if query.lane is not None:
        conditions.append(TaskRow.lane == query.lane)
    return conditions


def _having_words(
    query: TaskQuery, task_id: InstrumentedAttribute[UUID]
) -> list[ColumnElement[bool]]:
    word_rows = TaskKeyRow.__table__.alias("word")
    return [
        exists().where(
            word_rows.c.task_id == task_id,
            word_rows.c.kind == "word",
            word_rows.c.name >= word,
            word_rows.c.name < _end_of_range(word),
        )
        for word in sorted(asked_words(query.text))
    ]


def _word(beginning: str) -> ColumnElement[bool]:
    return and_(
        TaskKeyRow.kind == "word",
        TaskKeyRow.name >= beginning,
        TaskKeyRow.name < _end_of_range(beginning),
    )


def _end_of_range(beginning: str) -> str:
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


def _after(
    query: TaskQuery,
    value: InstrumentedAttribute[datetime],
    key: InstrumentedAttribute[UUID],
) -> ColumnElement[bool]:
    if query.cursor is None:
        return true()
    return tuple_(value, key) > _place(query)


def _ordered(statement: Rows, query: TaskQuery) -> Rows:
    column = SORTED_BY[query.sort]
    backward = query.sort in BACKWARD
    if query.cursor is not None:
        here, last = tuple_(column, TaskRow.id), _place(query)
        statement = statement.where(here < last if backward else here > last)
    order = (column.desc(), TaskRow.id.desc()) if backward else (column, TaskRow.id)
    return statement.order_by(*order).limit(query.limit + 1)


def _place(query: TaskQuery) -> Tuple:
    """Return where the page before this one ended."""
    place = read_cursor(query.cursor or "", query.sort)
    try:
        value, last = READ_VALUE[query.sort](place["value"]), UUID(place["id"])
    except ValueError as error:
        raise CursorError from error
    kind = SORTED_BY[query.sort].type
    return tuple_(literal(value, kind), literal(last, TaskRow.id.type))


def _cursor(query: TaskQuery, last: Row[*tuple[object, ...]]) -> str:
    value = last[len(COLUMNS)]
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return write_cursor(query.sort, {"value": text, "id": str(last[0])})
