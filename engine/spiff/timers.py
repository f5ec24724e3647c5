"""Timers of tokens: from the text in the diagram to a moment in UTC."""

from datetime import date, datetime

from engine.recurrence import Kind, TimerRuleError, due, following
from engine.spiff.event import TimerEvent
from engine.spiff.obstacle import Cause, Obstacle, shown
from engine.spiff.task import CaseTask
from engine.step import TimerArmed


def arm_timer(task: CaseTask, event: TimerEvent) -> None:
    """Arm a timer; the present moment is its anchor."""
    rule, kind = _rule(task, event)
    world = task.course.world
    try:
        due_at = due(rule, kind=kind, anchor=world.now, zone=world.zone)
    except TimerRuleError as error:
        raise Obstacle(Cause.TIMER, str(error)) from error
    task.internal_data["timer"] = {
        "rule": rule,
        "kind": kind.value,
        "anchor": world.now.isoformat(),
        "iteration": 1,
    }
    _announce(task, due_at)


def rearm_timer(task: CaseTask) -> bool:
    """Arm the next firing of a cycle; tell whether there is one."""
    timer = task.internal_data.get("timer", {})
    if timer.get("kind") != Kind.CYCLE:
        return False
    firing = following(
        timer["rule"],
        anchor=datetime.fromisoformat(timer["anchor"]),
        zone=task.course.world.zone,
        iteration=timer["iteration"],
        now=task.course.world.now,
    )
    if firing is None:
        return False
    timer["iteration"] = firing.iteration
    _announce(task, firing.due_at)
    return True


def _announce(task: CaseTask, due_at: datetime) -> None:
    timer = task.internal_data["timer"]
    task.course.effects.announce(
        task.id,
        TimerArmed(
            token=task.id,
            element_id=task.task_spec.drawn.id,
            iteration=timer["iteration"],
            rule=timer["rule"],
            due_at=due_at,
        ),
    )


def _rule(task: CaseTask, event: TimerEvent) -> tuple[str, Kind]:
    """Return the rule as ISO 8601 text; a FEEL value tells its own kind."""
    expressions = task.course.expressions
    value = expressions.of(event.text, task.view())
    if isinstance(value, str):
        return value, Kind(event.kind.value)
    text = expressions.text(value)
    if value is None or text is None:
        message = f"De timer geeft geen moment of duur: {shown(value)}."
        raise Obstacle(Cause.TIMER, message)
    if isinstance(value, date):
        return text, Kind.DATE
    return text, Kind.DURATION
