"""The course of a case, as a short list of steps: done, under way, late."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.model import HumanTask, TaskState
from web.badges import Urgency, due_badge
from web.dutch import day_of, plain_day


class StepState(StrEnum):
    """Where a step stands; values are CSS classes."""

    DONE = "done"
    BUSY = "busy"
    LATE = "late"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseStep:
    """A step of the course; *note* says when and by whom, or how long still."""

    element_id: str
    name: str
    state: StepState
    note: str


def course_of(
    tasks: Iterable[HumanTask], names: Mapping[str, str], *, now: datetime
) -> list[CourseStep]:
    """Return the steps of *tasks*, what is done first.

    *names* maps user names to full names; cancelled tasks are left out.
    """
    done = [task for task in tasks if task.state is TaskState.COMPLETED]
    waiting = [task for task in tasks if task.state is TaskState.OPEN]
    done.sort(key=lambda task: (task.completed_at or task.created_at, task.token))
    waiting.sort(key=lambda task: (task.created_at, task.token))
    return [
        *(_finished(task, names) for task in done),
        *(_under_way(task, now) for task in waiting),
    ]


def _finished(task: HumanTask, names: Mapping[str, str]) -> CourseStep:
    by = names.get(task.completed_by or "", task.completed_by)
    day = plain_day(day_of(task.completed_at)) if task.completed_at else "?"
    return CourseStep(
        element_id=task.element_id,
        name=task.name,
        state=StepState.DONE,
        note=f"Klaar op {day}" + (f" door {by}" if by else ""),
    )


def _under_way(task: HumanTask, now: datetime) -> CourseStep:
    badge = due_badge(task.due_at, now=now)
    late = badge.urgency is Urgency.LATE
    until = badge.text if late else f"tegen {badge.text}"
    words = "" if badge.urgency is Urgency.NONE else f" – {until}"
    return CourseStep(
        element_id=task.element_id,
        name=task.name,
        state=StepState.LATE if late else StepState.BUSY,
        note=f"Bezig{words}",
    )
