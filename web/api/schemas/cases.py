"""Cases and their journal."""

from enum import StrEnum

from marshmallow import fields

from web.api.fields import Asked, Choice, Data, Day, Flag, Key, Text, Whole
from web.api.schemas.shown import Shown
from workflows.cases.model import CaseKind, CaseStatus


class CaseOrder(StrEnum):
    """The orders of the list; both stay whole while cases come in."""

    NEWEST = "newest"
    OLDEST = "oldest"


class CaseQuery(Asked):
    """Which cases."""

    q = Text(longest=200, load_default="")
    kind = Choice(CaseKind)
    status = Choice(CaseStatus)
    milestone = Text(longest=200, shortest=1)
    outcome = Text(longest=200, shortest=1)
    inspector = Text(longest=200, shortest=1)
    opened_from = Day()
    opened_until = Day()
    overdue = Flag(load_default=False)
    sort = Choice(CaseOrder, load_default=CaseOrder.NEWEST.value)
    cursor = Text(longest=500, shortest=1)
    limit = Whole(least=1, most=200, load_default=50)


class Vlok(Shown):
    """The numbers of a case in VLOK, the legal register."""

    case = fields.String(required=True, allow_none=True)
    inspection = fields.String(required=True, allow_none=True)
    entity = fields.String(required=True, allow_none=True)


class Case(Shown):
    """A case; *status*, *milestone* and *outcome* are those of its process."""

    number = fields.String(required=True)
    kind = fields.Enum(CaseKind, by_value=True, required=True)
    kind_name = fields.String(required=True)
    organisation_id = fields.UUID(required=True, allow_none=True)
    organisation_name = fields.String(required=True, allow_none=True)
    address = fields.String(required=True)
    owner_name = fields.String(required=True)
    owner_email = fields.String(required=True, allow_none=True)
    occupant_name = fields.String(required=True, allow_none=True)
    inspector = fields.String(required=True, allow_none=True)
    instance_id = fields.UUID(required=True)
    status = fields.Enum(CaseStatus, by_value=True, required=True)
    milestone = fields.String(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)
    outcome_name = fields.String(required=True, allow_none=True)
    opened_at = fields.AwareDateTime(required=True)
    opened_by = fields.String(required=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    next_due_at = fields.AwareDateTime(required=True, allow_none=True)
    vlok = fields.Nested(Vlok, required=True)


class CasePage(Shown):
    """A page of cases; *total* counts all that the query finds."""

    items = fields.List(fields.Nested(Case), required=True)
    total = fields.Integer(required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class NewCase(Asked):
    """A case to open: *data* holds the values of the form of its kind."""

    kind = Choice(CaseKind, required=True)
    data = Data(required=True)
    organisation_id = Key(allow_none=True)


class NewNote(Asked):
    """A note on a case."""

    text = Text(longest=4000, shortest=1, required=True)


class Withdrawal(Asked):
    """Why a case stops."""

    reason = Text(longest=1000, shortest=1, required=True)


class JournalQuery(Asked):
    """Which part of a journal."""

    cursor = Text(longest=500, shortest=1)
    limit = Whole(least=1, most=500, load_default=200)


class JournalLine(Shown):
    """Something that happened; *sentence* tells it in Dutch."""

    sequence = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)
    kind = fields.String(required=True)
    actor = fields.String(required=True)
    element_id = fields.String(required=True, allow_none=True)
    element_name = fields.String(required=True, allow_none=True)
    facts = fields.Dict(required=True)
    digest = fields.String(required=True)
    sentence = fields.String(required=True)


class JournalPage(Shown):
    """A page of a journal, oldest first."""

    items = fields.List(fields.Nested(JournalLine), required=True)
    next_cursor = fields.String(required=True, allow_none=True)
