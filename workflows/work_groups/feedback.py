"""The notes with which work groups report to the meetings."""

from datetime import datetime

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.meetings import repository as meetings
from workflows.meetings.model import OVER, MeetingStatus
from workflows.work_groups import repository
from workflows.work_groups.agenda import feedback_point
from workflows.work_groups.model import FeedbackState
from workflows.work_groups.tables import WorkGroupFeedbackRow

MISSING = "De nota van de werkgroep ontbreekt."
MISSED = "De werkgroep koppelde niet terug op deze vergadering."


def expect(
    work: UnitOfWork,
    question_number: str,
    meeting_number: str,
    *,
    by: str,
    due_at: datetime | None = None,
) -> None:
    """Note that a work group owes a meeting a note, until *due_at*; once only.

    A meeting that moved gives more time: what was red is not, until it is late again.
    """
    row = _row(work, question_number, meeting_number)
    row.due_at = due_at or row.due_at
    if row.state is FeedbackState.MISSING and due_at and due_at > work.now:
        row.state = FeedbackState.ASKED
        _show(work, question_number, meeting_number, note=None, warning=None, by=by)
    work.session.flush()


def give(
    work: UnitOfWork, question_number: str, meeting_number: str, *, text: str, by: str
) -> None:
    """Put the note of a work group on the agenda; it takes the red away."""
    row = _row(work, question_number, meeting_number)
    row.state = FeedbackState.GIVEN
    row.note = text
    row.given_at = work.now
    row.given_by = by
    _show(work, question_number, meeting_number, note=text, warning=None, by=by)


def miss(
    work: UnitOfWork,
    question_number: str,
    meeting_number: str,
    *,
    over: bool,
    by: str,
) -> bool:
    """Turn the point red as long as there is no note; tell whether it did.

    *over*: the meeting has passed without it. A meeting that was cancelled, or
    moved to later since its terms were counted, makes nobody late.
    """
    row = _row(work, question_number, meeting_number)
    if row.state is FeedbackState.GIVEN or _is_early(work, row, over=over):
        return False
    row.state = FeedbackState.MISSED if over else FeedbackState.MISSING
    warning = MISSED if over else MISSING
    _show(work, question_number, meeting_number, note=None, warning=warning, by=by)
    return True


def _row(
    work: UnitOfWork, question_number: str, meeting_number: str
) -> WorkGroupFeedbackRow:
    found = repository.feedback_row(work.session, question_number, meeting_number)
    if found is not None:
        return found
    row = WorkGroupFeedbackRow(
        id=new_id(work.now),
        question_number=question_number,
        meeting_number=meeting_number,
        due_at=None,
        state=FeedbackState.ASKED,
        note="",
        given_at=None,
        given_by=None,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _is_early(work: UnitOfWork, row: WorkGroupFeedbackRow, *, over: bool) -> bool:
    meeting = meetings.meeting(work.session, row.meeting_number)
    if meeting.status is MeetingStatus.CANCELLED:
        return True
    term = meeting.starts_at if over else row.due_at
    return term is not None and work.now < term


def _show(  # noqa: PLR0913 - all of one point
    work: UnitOfWork,
    question_number: str,
    meeting_number: str,
    *,
    note: str | None,
    warning: str | None,
    by: str,
) -> None:
    if meetings.meeting(work.session, meeting_number).status in OVER:
        # Its agenda is closed; the note is kept with the work group.
        work.session.flush()
        return
    group = repository.group(work.session, question_number)
    point = feedback_point(work, group, meeting_number, by=by)
    row = meetings.point_row(work.session, point.id)
    row.warning = warning
    if note is not None:
        row.explanation = note
    work.session.flush()
