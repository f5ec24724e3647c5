"""What a work list asks of a task row, condition by condition.

A condition about the words or the columns of a task is a look-up per row by
primary key. ``OFFSET 0`` keeps PostgreSQL from turning that look-up into a
join of everything, which is slower when a page is all that is wanted.
"""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Text,
    and_,
    exists,
    literal_column,
    or_,
    select,
    true,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute

from engine.model import TaskState
from engine.persistence.base import table_of
from engine.persistence.tables.tasks import TaskKeyRow, TaskRow
from engine.worklist import TaskQuery

Condition = ColumnElement[bool]
Key = InstrumentedAttribute[UUID]

# Literal text, because a partial index serves no bound value.
IS_OPEN: Condition = TaskRow.state == literal_column("'open'", TaskRow.state.type)


def of_row(
    query: TaskQuery, *, rare: Iterable[str], common: Iterable[str]
) -> list[Condition]:
    """Say all of *query* about a task row; its words are *rare* and *common*."""
    is_open = query.state is TaskState.OPEN
    conditions = [IS_OPEN if is_open else TaskRow.state == query.state]
    conditions += [*of_columns(query), _who(query)]
    if query.unclaimed is not None:
        empty = TaskRow.assignee.is_(None)
        conditions.append(empty if query.unclaimed else ~empty)
    if query.due_before is not None:
        conditions.append(TaskRow.sort_due < query.due_before)
    if query.business_keys is not None:
        conditions.append(TaskRow.business_key.in_(sorted(query.business_keys)))
    having = (select(TaskKeyRow.task_id).where(is_word(word)) for word in rare)
    conditions += [TaskRow.id.in_(ids) for ids in having]
    return [*conditions, *with_words(common, TaskRow.id)]


def of_columns(query: TaskQuery) -> list[Condition]:
    """Say what *query* asks of the columns that no index holds."""
    asked = ((TaskRow.element_id, query.element_id), (TaskRow.lane, query.lane))
    return [column == value for column, value in asked if value is not None]


def with_columns(query: TaskQuery, task_id: Key) -> list[Condition]:
    """Say the same as ``of_columns`` about the task with key *task_id*."""
    conditions = of_columns(query)
    if not conditions:
        return []
    found = select(TaskRow.id).where(TaskRow.id == task_id, *conditions)
    return [exists(found.offset(0))]


def with_words(words: Iterable[str], task_id: Key) -> list[Condition]:
    """Ask that the task with key *task_id* has a word for each beginning."""
    other = table_of(TaskKeyRow).alias("word")
    return [
        exists(
            select(other.c.task_id)
            .where(
                other.c.task_id == task_id,
                other.c.kind == "word",
                other.c.name >= word,
                other.c.name < _end_of_range(word),
            )
            .offset(0)
        )
        for word in sorted(words)
    ]


def is_word(beginning: str) -> Condition:
    """Say that a key row is a word that begins so."""
    return and_(
        TaskKeyRow.kind == "word",
        TaskKeyRow.name >= beginning,
        TaskKeyRow.name < _end_of_range(beginning),
    )


def _end_of_range(beginning: str) -> str:
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)


def _who(query: TaskQuery) -> Condition:
    """Say whose task it may be; keys are gone once a task has ended."""
    ways = [_may_take(query, kind, name) for kind, name in query.keys]
    ways += [TaskRow.assignee == name for name in query.assignees]
    return or_(*ways) if ways else true()


def _may_take(query: TaskQuery, kind: str, name: str) -> Condition:
    if query.state is TaskState.OPEN:
        return exists().where(
            TaskKeyRow.task_id == TaskRow.id,
            TaskKeyRow.kind == kind,
            TaskKeyRow.name == name,
        )
    column = TaskRow.candidate_groups if kind == "group" else TaskRow.candidate_users
    return type_coerce(column, Text).contains(f'"{name}"', autoescape=True)
