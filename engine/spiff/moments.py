"""From a value of a diagram to a moment in UTC."""

from datetime import UTC, date, datetime, time

from engine.feel.values import Value
from engine.recurrence import (
    TimerRuleError,
    parse_duration,
    parse_moment,
    shift,
    zone_of,
)
from engine.spiff.obstacle import Cause, Obstacle
from engine.spiff.task import CaseTask

DATE_LENGTH = len("2026-11-25")


def moment(task: CaseTask, value: Value, time_of_day: time) -> datetime:
    """Return the moment that *value* means.

    A date is that day at *time_of_day*, local; a duration counts from now; a
    local date and time is in the zone of the world.
    """
    world = task.course.world
    zone = zone_of(world.zone)
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=zone)
        return aware.astimezone(UTC)
    if isinstance(value, date):
        return datetime.combine(value, time_of_day, tzinfo=zone).astimezone(UTC)
    text = value if isinstance(value, str) else task.course.expressions.text(value)
    try:
        if text.lstrip("-").startswith("P"):
            return shift(world.now, parse_duration(text), zone)
        if len(text) == DATE_LENGTH:
            return moment(task, date.fromisoformat(text), time_of_day)
        return parse_moment(text, zone)
    except (TimerRuleError, ValueError, OverflowError) as error:
        message = f"‘{text}’ is geen datum, moment of duur."
        raise Obstacle(Cause.MOMENT, message) from error
