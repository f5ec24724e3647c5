"""The facts of a user task, evaluated when a token gets there."""

from datetime import datetime, time
from decimal import Decimal

from engine.feel.values import Value as FeelValue
from engine.spiff.dialect import DEFAULT_PRIORITY
from engine.spiff.flow import Drawn
from engine.spiff.moments import moment
from engine.spiff.obstacle import Cause, Obstacle, shown
from engine.spiff.task import CaseTask
from engine.spiff.texts import Text, Value
from engine.step import TaskOpened
from engine.zone import END_OF_DAY

START_OF_DAY = time(0, 0)


def task_opened(task: CaseTask, drawn: Drawn) -> TaskOpened:
    """Evaluate who does the task of *task*, by when, and with which form."""
    facts = drawn.facts
    who, when = facts.assignment, facts.schedule
    return TaskOpened(
        token=task.id,
        element_id=drawn.id,
        process_id=task.workflow.spec.process_id,
        name=drawn.name or drawn.id,
        lane=drawn.lane,
        assignee=_one(task, who.assignee),
        candidate_groups=_many(task, who.candidate_groups),
        candidate_users=_many(task, who.candidate_users),
        due_at=_when(task, when.due_date, END_OF_DAY),
        follow_up_at=_when(task, when.follow_up_date, START_OF_DAY),
        priority=_priority(task, facts.priority),
        form_id=facts.form_id,
    )


def _evaluate(task: CaseTask, value: Value | None) -> FeelValue:
    if value is None:
        return None
    return task.course.expressions.of(value, task.view())


def _one(task: CaseTask, value: Value | None) -> str | None:
    found = _evaluate(task, value)
    if found is None or isinstance(found, str):
        return found or None
    text = f"De behandelaar van de taak is geen tekst: {shown(found)}."
    raise Obstacle(Cause.ASSIGNMENT, text)


def _many(task: CaseTask, value: Value | None) -> tuple[str, ...]:
    found = _evaluate(task, value)
    if isinstance(found, str):
        names = found.split(",") if isinstance(value, Text) else [found]
        return tuple(name.strip() for name in names if name.strip())
    listed = [] if found is None else found
    if isinstance(listed, list):
        names = [name for name in listed if isinstance(name, str)]
        if len(names) == len(listed):
            return tuple(names)
    text = f"De kandidaten van de taak zijn geen lijst van teksten: {shown(found)}."
    raise Obstacle(Cause.ASSIGNMENT, text)


def _priority(task: CaseTask, value: Value | None) -> int:
    found = _evaluate(task, value)
    if found is None:
        return DEFAULT_PRIORITY
    try:
        return int(Decimal(str(found)))
    except (ArithmeticError, ValueError) as error:
        text = f"De prioriteit van de taak is geen getal: {shown(found)}."
        raise Obstacle(Cause.ASSIGNMENT, text) from error


def _when(task: CaseTask, value: Value | None, time_of_day: time) -> datetime | None:
    found = _evaluate(task, value)
    return None if found is None else moment(task, found, time_of_day)
