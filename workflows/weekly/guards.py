"""What stands in the way of writing in a weekly meeting."""

from sqlalchemy import select

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.model import BodyKind
from workflows.bodies.tables import BodyRow
from workflows.errors import (
    ClosedMeanwhileError,
    InvalidDataError,
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
    query = (
        select(MeetingRow)
        .where(MeetingRow.number == number)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    row = work.session.scalar(query)
    if row is None:
        raise UnknownError(number, "Het overleg")
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
    query = (
        select(BodyRow.key).where(BodyRow.kind == BodyKind.WEEKLY).order_by(BodyRow.key)
    )
    key = work.session.scalar(query.limit(1))
    if key is None:
        raise UnknownError(BodyKind.WEEKLY, "Het overlegorgaan")
    return key


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


def require_short(texts: dict[str, str], longest: int) -> None:
    """Refuse texts that are too long, by field."""
    problems = {
        name: f"Schrijf hoogstens {longest} tekens."
        for name, text in texts.items()
        if len(text) > longest
    }
    if problems:
        raise InvalidDataError(problems)
