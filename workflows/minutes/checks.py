"""Checks on the forms around minutes."""

from collections.abc import Mapping
from datetime import date, datetime

from engine.registry import Filled, FormCheck
from workflows.bodies.service import subject_of
from workflows.calendar import local_day
from workflows.meetings.repository import meeting_row
from workflows.minutes.service import noting_problem
from workflows.people.rights import Action, refusal
from workflows.people.service import actor


def _noted(filled: Filled) -> Mapping[str, str]:
    """The college takes note after the meeting, and not in the future."""
    number, on = filled.variables.get("meeting_number"), filled.data.get("noted_on")
    if not isinstance(number, str) or not isinstance(on, date):
        return {}
    day = local_day(on) if isinstance(on, datetime) else on
    problem = noting_problem(filled.work, number, day)
    return {} if problem is None else {"noted_on": problem}


def _approved(filled: Filled) -> Mapping[str, str]:
    """Minutes are approved by the chair, or by who stands in for him."""
    number = filled.variables.get("meeting_number")
    if not isinstance(number, str) or filled.data.get("approval_choice") != "approve":
        return {}
    meeting = meeting_row(filled.work.session, number)
    reason = refusal(
        actor(filled.work, filled.by),
        Action.APPROVE_MINUTES,
        subject_of(filled.work, meeting.body_key),
    )
    return {} if reason is None else {"approval_choice": reason}


CHECKS = (
    FormCheck(form_id="approve_minutes", run=_approved),
    FormCheck(form_id="take_note", run=_noted),
)
