"""Work lists: pages and counts of tasks, as fast at 100,000 open tasks as at few.

A page is the merge of a few index ranges, one per candidate key and one for
the assignee, each cut off at the length of the page. A search for a rare word
starts from the word instead, because walking the ranges would be a long way to
few tasks.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    SQLColumnExpression,
    func,
    literal,
    select,
    true,
    tuple_,
    union,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.model import HumanTask, TaskState
from engine.persistence.repositories.task_conditions import (
    IS_OPEN,
    is_word,
    of_columns,
    of_row,
    with_columns,
    with_words,
)
from engine.persistence.repositories.tasks import COLUMNS, to_task
from engine.persistence.tables.tasks import TaskKeyRow, TaskRow
from engine.worklist import (
    CursorError,
    Page,
    TaskQuery,
    TaskSort,
    asked_words,
    read_cursor,
    write_cursor,
)

RARE = 500
"""A word of fewer tasks than this is the place to start from."""

Rows = Select[*tuple[object, ...]]
Column = InstrumentedAttribute[object]

SORTED_BY: dict[TaskSort, Column] = {
    TaskSort.DUE: cast("Column", TaskRow.sort_due),
    # Keys grow with time, so their order is that of the creation.
    TaskSort.CREATED: cast("Column", TaskRow.id),
    TaskSort.PRIORITY: cast("Column", TaskRow.priority),
    TaskSort.NAME: cast("Column", TaskRow.name),
    TaskSort.COMPLETED: cast("Column", TaskRow.completed_at),
}
ON_KEYS: dict[TaskSort, Column] = {
    TaskSort.DUE: cast("Column", TaskKeyRow.sort_due),
    TaskSort.CREATED: cast("Column", TaskKeyRow.task_id),
}
"""The orders in which the keys of tasks can be walked."""

NEWEST_FIRST = frozenset({TaskSort.PRIORITY, TaskSort.COMPLETED, TaskSort.CREATED})
READ_VALUE: dict[TaskSort, Callable[[str], object]] = {
    TaskSort.DUE: datetime.fromisoformat,
    TaskSort.CREATED: UUID,
    TaskSort.COMPLETED: datetime.fromisoformat,
    TaskSort.PRIORITY: int,
    TaskSort.NAME: str,
}


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
        """Count the tasks, up to the cap of *query*: nobody reads a longer list."""
        rare = self._rare_words(query)
        if _walks_ranges(query, rare):
            found = union(*_ranges(query, query.count_cap)).subquery()
            ids = select(found.c.id).limit(query.count_cap)
        else:
            common = asked_words(query.text) - rare
            conditions = of_row(query, rare=rare, common=common)
            ids = select(TaskRow.id).where(*conditions).limit(query.count_cap)
        counted = select(func.count()).select_from(ids.subquery())
        return self._session.scalar(counted) or 0

    def _page(self, query: TaskQuery) -> Rows:
        rare = self._rare_words(query)
        column = SORTED_BY[query.sort].label("sorted_by")
        if not _walks_ranges(query, rare):
            common = asked_words(query.text) - rare
            conditions = of_row(query, rare=rare, common=common)
            rows = select(*COLUMNS, column).where(*conditions)
            rows = rows.where(_after(query, SORTED_BY[query.sort], TaskRow.id))
            return _ordered(rows, query).limit(query.limit + 1)
        # The limit comes before the join, so few rows are fetched.
        found = union(*_ranges(query, query.limit + 1)).subquery()
        order = _order(query, found.c.value, found.c.id)
        wanted = select(found.c.id).order_by(*order).limit(query.limit + 1).subquery()
        rows = select(*COLUMNS, column).join(wanted, wanted.c.id == TaskRow.id)
        return _ordered(rows, query)

    def _rare_words(self, query: TaskQuery) -> frozenset[str]:
        """Probe which words of a search few tasks have."""
        asked = asked_words(query.text) if query.state is TaskState.OPEN else ()
        return frozenset(word for word in asked if self._is_rare(word))

    def _is_rare(self, word: str) -> bool:
        some = select(TaskKeyRow.task_id).where(is_word(word)).limit(RARE).subquery()
        counted = self._session.scalar(select(func.count()).select_from(some))
        return (counted or 0) < RARE


def _walks_ranges(query: TaskQuery, rare: frozenset[str]) -> bool:
    """Tell whether the index ranges are the shortest way to the tasks."""
    return (
        query.state is TaskState.OPEN
        and query.sort in ON_KEYS
        and query.business_keys is None
        and bool(query.keys)
        and not rare
    )


def _ranges(query: TaskQuery, length: int) -> Sequence[Rows]:
    # Each value of *claimed* is its own range, or the index isn't in order.
    both = (False, True) if query.unclaimed is None else (not query.unclaimed,)
    ranges = [
        _candidate_range(query, key, claimed=claimed)
        for key in query.keys
        for claimed in both
    ]
    if query.unclaimed is not True:
        ranges += [_assignee_range(query, name) for name in query.assignees]
    cut = [one.limit(length).subquery() for one in ranges]
    return [select(one.c.value, one.c.id) for one in cut]


def _candidate_range(query: TaskQuery, key: tuple[str, str], *, claimed: bool) -> Rows:
    """Walk the open tasks under one candidate key."""
    kind, name = key
    value, task_id = ON_KEYS[query.sort], TaskKeyRow.task_id
    walk = select(value.label("value"), task_id.label("id")).where(
        TaskKeyRow.kind == kind,
        TaskKeyRow.name == name,
        TaskKeyRow.claimed.is_(claimed),
        _after(query, value, task_id),
        *with_columns(query, task_id),
        *with_words(asked_words(query.text), task_id),
    )
    if query.due_before is not None:
        walk = walk.where(TaskKeyRow.sort_due < query.due_before)
    return walk.order_by(*_order(query, value, task_id))


def _assignee_range(query: TaskQuery, name: str) -> Rows:
    """Walk the open tasks in somebody's hands."""
    value = SORTED_BY[query.sort]
    walk = select(value.label("value"), TaskRow.id.label("id")).where(
        IS_OPEN,
        TaskRow.assignee == name,
        _after(query, value, TaskRow.id),
        *of_columns(query),
        *with_words(asked_words(query.text), TaskRow.id),
    )
    if query.due_before is not None:
        walk = walk.where(TaskRow.sort_due < query.due_before)
    return walk.order_by(*_order(query, value, TaskRow.id))


def _ordered(rows: Rows, query: TaskQuery) -> Rows:
    return rows.order_by(*_order(query, SORTED_BY[query.sort], TaskRow.id))


def _order(
    query: TaskQuery, value: SQLColumnExpression[object], key: SQLColumnExpression[UUID]
) -> Sequence[SQLColumnExpression[object]]:
    if query.sort in NEWEST_FIRST:
        return (value.desc(), key.desc())
    return (value, key)


def _after(
    query: TaskQuery, value: SQLColumnExpression[object], key: SQLColumnExpression[UUID]
) -> ColumnElement[bool]:
    """Ask for what comes after the page before this one."""
    if query.cursor is None:
        return true()
    place = read_cursor(query.cursor, query.sort)
    try:
        last, last_key = READ_VALUE[query.sort](place["value"]), UUID(place["id"])
    except ValueError as error:
        raise CursorError from error
    here = tuple_(value, key)
    kinds = SORTED_BY[query.sort].type, TaskRow.id.type
    there = tuple_(literal(last, kinds[0]), literal(last_key, kinds[1]))
    return here < there if query.sort in NEWEST_FIRST else here > there


def _cursor(query: TaskQuery, last: Row[*tuple[object, ...]]) -> str:
    value = last[len(COLUMNS)]
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    return write_cursor(query.sort, {"value": text, "id": str(last[0])})
