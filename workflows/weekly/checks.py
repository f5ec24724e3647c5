"""What must be right before a weekly meeting closes: a sentence per thing that isn't.

The form of the task asks it, so that the task stays open; the closing asks it
again, in the same transaction.
"""

from collections.abc import Mapping

from engine.persistence.unit_of_work import UnitOfWork
from engine.registry import Filled, FormCheck
from workflows.meetings import repository as meetings
from workflows.meetings.checks import without_attendance
from workflows.meetings.model import Meeting
from workflows.weekly import repository
from workflows.weekly.attendance import missing_people
from workflows.weekly.model import Place

FORM = "hold_meeting"
CONTROL = "meeting_remarks"
_NAMED = 10


def refusals(work: UnitOfWork, meeting: Meeting) -> list[str]:
    """Say all that stands in the way of the closing; empty when nothing does."""
    found = (
        _undiscussed(work, meeting),
        without_attendance(work, meeting.number),
        missing_people(work, meeting),
    )
    return [sentence for sentence in found if sentence]


def hold(filled: Filled) -> Mapping[str, str]:
    """Refuse to complete the meeting as long as it can't close."""
    number = filled.variables.get("meeting_number")
    if not isinstance(number, str):
        return {}
    meeting = meetings.meeting(filled.work.session, number)
    found = refusals(filled.work, meeting)
    return {CONTROL: " ".join(found)} if found else {}


def _undiscussed(work: UnitOfWork, meeting: Meeting) -> str | None:
    waiting = [
        each
        for each in repository.places(work.session, meeting.number)
        if not each.is_discussed
    ]
    if not waiting:
        return None
    named = ", ".join(map(_name, waiting[:_NAMED]))
    if len(waiting) == 1:
        return f"Dossier {named} is nog niet besproken."
    rest = len(waiting) - _NAMED
    more = f" en nog {rest} andere" if rest > 0 else ""
    return f"{len(waiting)} dossiers zijn nog niet besproken: {named}{more}."


def _name(place: Place) -> str:
    return f"{place.number} ({place.address})"


CHECKS = (FormCheck(form_id=FORM, run=hold),)
