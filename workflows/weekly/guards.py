"""What stands in the way of writing in a weekly meeting."""

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.model import BodyKind
from workflows.errors import (
    ClosedMeanwhileError,
    NotAllowedNowError,
    UnknownError,
)
from workflows.meetings import repository as meetings
from workflows.meetings.model import OVER, Meeting, MeetingStatus
from workflows.meetings.tables import MeetingRow
from workflows.people import repository as people
from workflows.weekly import repository

THING = "Dit overleg"


def hold_open(work: UnitOfWork, number: str) -> MeetingRow:
    """Return the row of an open meeting, and keep it open until the commit.

    Those who write share the lock; who closes waits for them, and they find it
    closed afterwards. Raise ``ClosedMeanwhileError`` with who and when.
    """
    row = meetings.locked_row(work.session, number, shared=True)
    refuse_closed(work, row)
    return row


def refuse_closed(work: UnitOfWork, row: MeetingRow) -> None:
    """Refuse to change a meeting that is over, with who ended it and when."""
    if row.status not in OVER:
        return
    if row.status is MeetingStatus.CANCELLED or row.closed_at is None:
        sentence = f"Overleg {row.number} gaat niet door."
        raise NotAllowedNowError(row.number, row.status, sentence)
    by = people.full_name(work.session, row.closed_by) if row.closed_by else "iemand"
    raise ClosedMeanwhileError(THING, by, row.closed_at)


def weekly_meeting(work: UnitOfWork, number: str) -> Meeting:
    """Return a weekly meeting; a meeting of another body is not found here."""
    meeting = meetings.meeting(work.session, number)
    if meeting.body_key != weekly_body_key(work):
        raise UnknownError(number, "Het wekelijks overleg")
    return meeting


def weekly_body_key(work: UnitOfWork) -> str:
    """Return the key of the body that meets weekly."""
    return bodies.key_of_kind(work.session, BodyKind.WEEKLY)


def require_running(work: UnitOfWork, case_number: str) -> None:
    """Refuse a case that was closed: it has left the list."""
    if not repository.is_running(work.session, case_number):
        raise gone(case_number)


def gone(case_number: str) -> NotAllowedNowError:
    """Return the refusal of a case that stands on no list any more."""
    sentence = (
        f"Dossier {case_number} loopt niet meer en staat dus niet op de lijst"
        " van dit overleg."
    )
    return NotAllowedNowError(case_number, "closed", sentence)
