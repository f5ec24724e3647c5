"""Queries on policy questions and work groups, giving model values."""

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.persistence.base import Base
from workflows.errors import UnknownError
from workflows.meetings.model import OVER, AgendaPoint, Meeting, PointKind
from workflows.meetings.repository import meeting, to_point
from workflows.meetings.tables import AgendaPointRow, MeetingRow
from workflows.people.tables import UserRow
from workflows.work_groups.model import (
    ACTIVE,
    Feedback,
    GroupMeeting,
    GroupStatus,
    PolicyQuestion,
    QuestionStatus,
    Responsible,
    WorkGroup,
)
from workflows.work_groups.tables import (
    PolicyQuestionRow,
    WorkGroupFeedbackRow,
    WorkGroupMeetingRow,
    WorkGroupResponsibleRow,
    WorkGroupRow,
)


def question(session: Session, number: str) -> PolicyQuestion:
    """Return a question by its number; raise ``UnknownError`` without."""
    return _to_question(question_row(session, number))


def question_or_none(session: Session, number: str) -> PolicyQuestion | None:
    """Return a question by its number, or nothing."""
    row = session.get(PolicyQuestionRow, number)
    return None if row is None else _to_question(row)


def question_row(
    session: Session, number: str, *, locked: bool = False
) -> PolicyQuestionRow:
    """Return the row of a question, to be changed; *locked* keeps others off it."""
    row = session.get(
        PolicyQuestionRow, number, with_for_update=locked, populate_existing=locked
    )
    if row is None:
        raise UnknownError(number, "De beleidsvraag")
    return row


def questions(
    session: Session,
    *,
    asked_by: str | None = None,
    statuses: Collection[QuestionStatus] = (),
) -> list[PolicyQuestion]:
    """Return the questions, the newest first."""
    query = select(PolicyQuestionRow).order_by(
        PolicyQuestionRow.asked_at.desc(), PolicyQuestionRow.number.desc()
    )
    if asked_by is not None:
        query = query.where(PolicyQuestionRow.asked_by == asked_by)
    if statuses:
        query = query.where(PolicyQuestionRow.status.in_(statuses))
    return [_to_question(row) for row in session.scalars(query)]


def questions_waiting(session: Session) -> list[PolicyQuestion]:
    """Return the undecided questions that stand on no agenda, the oldest first."""
    query = (
        select(PolicyQuestionRow)
        .where(PolicyQuestionRow.status == QuestionStatus.ASKED)
        .where(~on_an_agenda(PolicyQuestionRow.number, PointKind.QUESTION))
        .order_by(PolicyQuestionRow.asked_at, PolicyQuestionRow.number)
    )
    return [_to_question(row) for row in session.scalars(query)]


def closings_waiting(session: Session) -> list[WorkGroup]:
    """Return the groups that propose to close and stand on no agenda with it."""
    number = WorkGroupRow.question_number
    query = (
        select(WorkGroupRow)
        .where(WorkGroupRow.status.in_(ACTIVE), WorkGroupRow.proposed_at.is_not(None))
        .where(WorkGroupRow.closing_decided_at.is_(None))
        .where(~on_an_agenda(number, PointKind.CLOSING))
        .order_by(WorkGroupRow.proposed_at, number)
    )
    return [_to_group(row) for row in session.scalars(query)]


def on_an_agenda(
    reference: InstrumentedAttribute[str], kind: PointKind
) -> ColumnElement[bool]:
    """Tell in SQL whether a meeting that is not over has a point on a number."""
    return exists(
        select(AgendaPointRow.id)
        .join(MeetingRow, MeetingRow.number == AgendaPointRow.meeting_number)
        .where(AgendaPointRow.reference == reference, AgendaPointRow.kind == kind)
        .where(MeetingRow.status.not_in(OVER))
    )


def points_about(
    session: Session, reference: str, kind: PointKind
) -> list[tuple[AgendaPoint, Meeting]]:
    """Return the points on a number with their meetings, in the order of time."""
    query = (
        select(AgendaPointRow)
        .join(MeetingRow, MeetingRow.number == AgendaPointRow.meeting_number)
        .where(AgendaPointRow.reference == reference, AgendaPointRow.kind == kind)
        .order_by(MeetingRow.starts_at, AgendaPointRow.position)
    )
    return [
        (to_point(row), meeting(session, row.meeting_number))
        for row in session.scalars(query)
    ]


def group(session: Session, number: str) -> WorkGroup:
    """Return a work group by the number of its question."""
    return _to_group(group_row(session, number))


def group_or_none(session: Session, number: str) -> WorkGroup | None:
    """Return the work group of a question, if it was founded."""
    row = session.get(WorkGroupRow, number)
    return None if row is None else _to_group(row)


def group_row(session: Session, number: str, *, locked: bool = False) -> WorkGroupRow:
    """Return the row of a work group, to be changed."""
    row = session.get(
        WorkGroupRow, number, with_for_update=locked, populate_existing=locked
    )
    if row is None:
        raise UnknownError(number, "De werkgroep")
    return row


def active(session: Session) -> list[WorkGroup]:
    """Return the groups that report at each coordination meeting, by name."""
    return _groups(session, WorkGroupRow.status.in_(ACTIVE))


def groups(session: Session) -> list[WorkGroup]:
    """Return all groups: those that still work first, then by name."""
    found = _groups(session)
    return sorted(found, key=lambda each: each.status is GroupStatus.CLOSED)


def founded_in(session: Session, meeting_number: str) -> list[WorkGroup]:
    """Return the groups that a meeting founded, for the note to the college."""
    return _groups(session, WorkGroupRow.founded_in == meeting_number)


def feedback_for(session: Session, meeting_number: str) -> list[Feedback]:
    """Return the notes that are expected at a meeting, by name of the group."""
    return _feedback(session, WorkGroupFeedbackRow.meeting_number == meeting_number)


def feedback_for_all(
    session: Session, meeting_numbers: Iterable[str]
) -> list[Feedback]:
    """Return the notes that are expected at any of these meetings."""
    numbers = list(meeting_numbers)
    return _feedback(session, WorkGroupFeedbackRow.meeting_number.in_(numbers))


def feedback_of(session: Session, question_number: str) -> list[Feedback]:
    """Return the notes of a group in the order of the meetings."""
    return _feedback(session, WorkGroupFeedbackRow.question_number == question_number)


def last_feedback(session: Session) -> dict[str, Feedback]:
    """Return the newest note of each group, by the number of its question."""
    return {each.question_number: each for each in _feedback(session)}


def feedback_row(
    session: Session, question_number: str, meeting_number: str
) -> WorkGroupFeedbackRow | None:
    """Return the row of a note, to be changed."""
    query = select(WorkGroupFeedbackRow).where(
        WorkGroupFeedbackRow.question_number == question_number,
        WorkGroupFeedbackRow.meeting_number == meeting_number,
    )
    return session.scalar(query)


def responsibles(session: Session, question_number: str) -> list[Responsible]:
    """Return who answered for the feedback, the first one first."""
    query = (
        select(WorkGroupResponsibleRow, UserRow.full_name)
        .outerjoin(UserRow, UserRow.name == WorkGroupResponsibleRow.user_name)
        .where(WorkGroupResponsibleRow.question_number == question_number)
        .order_by(WorkGroupResponsibleRow.starts_at, WorkGroupResponsibleRow.id)
    )
    return [_to_responsible(found) for found in session.execute(query)]


def present_responsible_row(
    session: Session, question_number: str
) -> WorkGroupResponsibleRow | None:
    """Return the row of who answers for the feedback now."""
    query = select(WorkGroupResponsibleRow).where(
        WorkGroupResponsibleRow.question_number == question_number,
        WorkGroupResponsibleRow.ends_at.is_(None),
    )
    return session.scalar(query)


def meetings_of(session: Session, question_number: str) -> list[GroupMeeting]:
    """Return the meetings that a group held, the newest first."""
    query = (
        select(WorkGroupMeetingRow)
        .where(WorkGroupMeetingRow.question_number == question_number)
        .order_by(WorkGroupMeetingRow.held_on.desc(), WorkGroupMeetingRow.id.desc())
    )
    return [
        GroupMeeting(
            id=row.id,
            held_on=row.held_on,
            note=row.note,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_by,
        )
        for row in session.scalars(query)
    ]


def days_met(
    session: Session, question_numbers: Iterable[str]
) -> dict[str, list[date]]:
    """Return the days on which groups met, by the number of their question."""
    query = select(
        WorkGroupMeetingRow.question_number, WorkGroupMeetingRow.held_on
    ).where(WorkGroupMeetingRow.question_number.in_(list(question_numbers)))
    found: dict[str, list[date]] = {}
    for number, day in session.execute(query):
        found.setdefault(number, []).append(day)
    return found


def _groups(session: Session, *conditions: ColumnElement[bool]) -> list[WorkGroup]:
    query = (
        select(WorkGroupRow)
        .where(*conditions)
        .order_by(WorkGroupRow.name, WorkGroupRow.question_number)
    )
    return [_to_group(row) for row in session.scalars(query)]


def _feedback(session: Session, *conditions: ColumnElement[bool]) -> list[Feedback]:
    query = (
        select(WorkGroupFeedbackRow, WorkGroupRow.name, MeetingRow.starts_at)
        .join(
            WorkGroupRow,
            WorkGroupRow.question_number == WorkGroupFeedbackRow.question_number,
        )
        .join(MeetingRow, MeetingRow.number == WorkGroupFeedbackRow.meeting_number)
        .where(*conditions)
        .order_by(MeetingRow.starts_at, WorkGroupRow.name)
    )
    return [_to_feedback(found) for found in session.execute(query)]


def _to_question(row: PolicyQuestionRow) -> PolicyQuestion:
    return PolicyQuestion(**_values(row, PolicyQuestion))


def _to_group(row: WorkGroupRow) -> WorkGroup:
    return WorkGroup(**_values(row, WorkGroup))


def _to_feedback(
    found: Row[WorkGroupFeedbackRow, str, datetime],
) -> Feedback:
    row, group_name, meeting_at = found
    return Feedback(
        question_number=row.question_number,
        group_name=group_name,
        meeting_number=row.meeting_number,
        meeting_at=meeting_at,
        due_at=row.due_at,
        state=row.state,
        note=row.note,
        given_at=row.given_at,
        given_by=row.given_by,
    )


def _to_responsible(found: Row[WorkGroupResponsibleRow, str | None]) -> Responsible:
    row, full_name = found
    return Responsible(
        user_name=row.user_name,
        full_name=full_name or row.user_name,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        leaving_reason=row.leaving_reason,
    )


def _values(row: Base, kind: type[PolicyQuestion | WorkGroup]) -> dict[str, Any]:
    """Read the columns of a row that bear the names of the fields of a value."""
    return {each.name: getattr(row, each.name) for each in fields(kind)}
