"""What runs: instances, timers, incidents, messages and the training clock."""

from datetime import timedelta

from marshmallow import fields

from engine.model import InstanceStatus
from engine.training import LONGEST_JUMP
from web.api.fields import Asked, Data, Moment, Text, Whole
from web.api.schemas.shown import Shown

MOST_DAYS = LONGEST_JUMP // timedelta(days=1)


class Instance(Shown):
    """A process instance; *waiting_at* and *variables* are for the city only."""

    id = fields.UUID(required=True)
    bundle_hash = fields.String(required=True)
    process_id = fields.String(required=True)
    business_key = fields.String(required=True)
    label = fields.String(required=True)
    status = fields.Enum(InstanceStatus, by_value=True, required=True)
    version = fields.Integer(required=True)
    milestone = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    started_at = fields.AwareDateTime(required=True)
    started_by = fields.String(required=True)
    ended_at = fields.AwareDateTime(required=True, allow_none=True)
    case_number = fields.String(required=True, allow_none=True)
    waiting_at = fields.List(fields.String(), required=True, allow_none=True)
    variables = fields.Dict(required=True, allow_none=True)


class NewInstance(Asked):
    """A process to start; *data* holds its variables as plain JSON values."""

    process_id = Text(longest=200, shortest=1, required=True)
    business_key = Text(longest=100, shortest=1, required=True)
    label = Text(longest=200, load_default="")
    data = Data(load_default=dict)


class PageQuery(Asked):
    """Which page."""

    cursor = Text(longest=500, shortest=1)
    limit = Whole(least=1, most=200, load_default=50)


class TimerQuery(PageQuery):
    """Which timers: all that the caller may see, or those of one case."""

    case = Text(longest=40, shortest=1)


class Timer(Shown):
    """A timer that is armed."""

    id = fields.UUID(required=True)
    instance_id = fields.UUID(required=True)
    case_number = fields.String(required=True)
    label = fields.String(required=True)
    element_id = fields.String(required=True)
    iteration = fields.Integer(required=True)
    rule = fields.String(required=True)
    due_at = fields.AwareDateTime(required=True)
    armed_at = fields.AwareDateTime(required=True)


class TimerPage(Shown):
    """A page of timers, soonest first."""

    items = fields.List(fields.Nested(Timer), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Incident(Shown):
    """Work that can't go on by itself."""

    id = fields.UUID(required=True)
    instance_id = fields.UUID(required=True)
    element_id = fields.String(required=True)
    kind = fields.String(required=True)
    message = fields.String(required=True)
    raised_at = fields.AwareDateTime(required=True)
    resolved_at = fields.AwareDateTime(required=True, allow_none=True)
    resolved_by = fields.String(required=True, allow_none=True)


class IncidentPage(Shown):
    """A page of open incidents, newest first."""

    items = fields.List(fields.Nested(Incident), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class Message(Asked):
    """A message; *data* is what it brings along."""

    name = Text(longest=200, shortest=1, required=True)
    correlation_key = Text(longest=200, shortest=1, required=True)
    data = Data(load_default=dict)


class Delivery(Shown):
    """That a message arrived, and where when it is a message of no case."""

    name = fields.String(required=True)
    correlation_key = fields.String(required=True)
    reached = fields.List(fields.UUID())
    started = fields.List(fields.UUID())


class Signal(Asked):
    """A signal; *data* is what it brings along."""

    name = Text(longest=200, shortest=1, required=True)
    data = Data(load_default=dict)


class Broadcast(Shown):
    """Which instances a signal reached, and which it started."""

    name = fields.String(required=True)
    reached = fields.List(fields.UUID(), required=True)
    started = fields.List(fields.UUID(), required=True)


class ClockMove(Asked):
    """How far the training clock goes: to a moment, or a number of days."""

    to = Moment()
    days = Whole(least=1, most=MOST_DAYS)


class ClockMoved(Shown):
    """What happened on the way; *complete* is false when something stayed due."""

    now = fields.AwareDateTime(required=True)
    fired = fields.Integer(required=True)
    sent = fields.Integer(required=True)
    ran = fields.Integer(required=True)
    complete = fields.Boolean(required=True)
