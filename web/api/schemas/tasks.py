"""Tasks."""

from marshmallow import fields

from engine.model import TaskState
from engine.worklist import TaskSort
from web.api.fields import Asked, Choice, Data, Moment, Text, Whole
from web.api.schemas.shown import Shown


class TaskQuery(Asked):
    """Which tasks: *assignee* and *group* are alternatives, the rest narrows."""

    assignee = Text(longest=200, shortest=1)
    group = Text(longest=200, shortest=1)
    state = Choice(TaskState, load_default=TaskState.OPEN.value)
    q = Text(longest=200, load_default="")
    case = Text(longest=40, shortest=1)
    due_before = Moment()
    sort = Choice(TaskSort, load_default=TaskSort.DUE.value)
    cursor = Text(longest=500, shortest=1)
    limit = Whole(least=1, most=200, load_default=50)


class Task(Shown):
    """A piece of work for a person."""

    id = fields.UUID(required=True)
    instance_id = fields.UUID(required=True)
    case_number = fields.String(required=True, attribute="business_key")
    label = fields.String(required=True)
    process_id = fields.String(required=True)
    element_id = fields.String(required=True)
    name = fields.String(required=True)
    lane = fields.String(required=True, allow_none=True)
    state = fields.Enum(TaskState, by_value=True, required=True)
    assignee = fields.String(required=True, allow_none=True)
    claimed_at = fields.AwareDateTime(required=True, allow_none=True)
    candidate_groups = fields.List(fields.String(), required=True)
    candidate_users = fields.List(fields.String(), required=True)
    due_at = fields.AwareDateTime(required=True, allow_none=True)
    follow_up_at = fields.AwareDateTime(required=True, allow_none=True)
    priority = fields.Integer(required=True)
    form_id = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    completed_at = fields.AwareDateTime(required=True, allow_none=True)
    completed_by = fields.String(required=True, allow_none=True)


class TaskPage(Shown):
    """A page of tasks."""

    items = fields.List(fields.Nested(Task), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class TaskForm(Shown):
    """What a person fills in: the form-js schema, what it shows, what was typed."""

    schema = fields.Dict(required=True, allow_none=True)
    variables = fields.Dict(required=True)
    draft = fields.Dict(required=True, allow_none=True)


class TaskDetail(Task):
    """A task with its form; a task that is over has none any more."""

    form = fields.Nested(TaskForm, required=True, allow_none=True)


class Assignment(Asked):
    """In whose hands a task is put: a user name."""

    assignee = Text(longest=200, shortest=1, required=True)


class DueMoment(Asked):
    """The new due moment of a task, with its zone."""

    due_at = Moment(required=True)


class TaskData(Asked):
    """The values of the form, by key; an absent key keeps the stored value."""

    data = Data(required=True)
