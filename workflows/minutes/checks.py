"""Checks on the forms around minutes."""

from collections.abc import Mapping
from datetime import date, datetime

from engine.registry import Filled, FormCheck
from workflows.calendar import local_day
from workflows.minutes.service import noting_problem


def _noted(filled: Filled) -> Mapping[str, str]:
    """The college takes note after the meeting, and not in the future."""
    number, on = filled.variables.get("meeting_number"), filled.data.get("noted_on")
    if not isinstance(number, str) or not isinstance(on, date):
        return {}
    day = local_day(on) if isinstance(on, datetime) else on
    problem = noting_problem(filled.work, number, day)
    return {} if problem is None else {"noted_on": problem}


CHECKS = (FormCheck(form_id="take_note", run=_noted),)
