"""What an agenda proposes: the required points, and what waits for the meeting."""

from collections.abc import Iterable

from engine.persistence.unit_of_work import UnitOfWork
from workflows.actions import repository as actions
from workflows.actions.model import ActionPoint, headline
from workflows.bodies import repository as bodies
from workflows.bodies.model import DECIDING, Body, RequiredPoint
from workflows.calendar import day_in_words, local_day
from workflows.meetings import repository, service
from workflows.meetings.guards import touch
from workflows.meetings.model import (
    AgendaPoint,
    LastDiscussed,
    Meeting,
    MeetingStatus,
    PointKind,
)
from workflows.meetings.service import NewPoint
from workflows.remarks import repository as remarks
from workflows.remarks.service import agenda_point
from workflows.work_groups import agenda as work_group_agenda
from workflows.work_groups import mails as question_mails
from workflows.work_groups import repository as work_groups


def open_agenda(work: UnitOfWork, number: str, *, by: str) -> None:
    """Propose the points of an agenda; what stands on it already is left alone."""
    meeting = repository.meeting(work.session, number)
    body = bodies.body(work.session, meeting.body_key)
    present = repository.points_of(work.session, number)
    known = {_key(point) for point in present}
    for new in _proposals(work, body, meeting):
        if _key(new) not in known:
            service.add_point(work, number, new, by=by)
            _tell_asker(work, new, meeting)
    mark_required(work, body, meeting)
    row = repository.locked_row(work.session, number)
    if row.status is MeetingStatus.PLANNED:
        row.status = MeetingStatus.AGENDA_OPEN
        touch(work, row, by)


def mark_required(work: UnitOfWork, body: Body, meeting: Meeting) -> None:
    """Write on the required points when they were discussed, and whether they must."""
    known = repository.discussed_points(
        work.session, body.key, local_day(meeting.starts_at)
    )
    required = {point.code: point for point in body.points}
    for point in repository.points_of(work.session, meeting.number):
        if point.code not in required or point.kind is not PointKind.REQUIRED:
            continue
        row = repository.point_row(work.session, point.id)
        row.explanation = last_discussed_in_words(known.get(point.code))
        row.warning = forced_because(required[point.code], known.get(point.code))
    work.session.flush()


def last_discussed_in_words(last: LastDiscussed | None) -> str:
    """Tell when a point was discussed last."""
    if last is None or last.on is None:
        return "Nog niet eerder besproken."
    return f"Laatst besproken op {day_in_words(last.on, weekday=True)}."


def forced_because(point: RequiredPoint, last: LastDiscussed | None) -> str | None:
    """Tell why a point must stay on the agenda; None when it need not.

    A point with a yearly minimum is forced until it was discussed so often in
    the calendar year of the meeting.
    """
    done = last.this_year if last else 0
    if done >= point.yearly_minimum:
        return None
    times = "keer" if point.yearly_minimum == 1 else "keren"
    return (
        f"Moet minstens {point.yearly_minimum} {times} per kalenderjaar besproken"
        f" worden; dit jaar {f'pas {done} keer' if done else 'nog niet'} gebeurd."
    )


def _tell_asker(work: UnitOfWork, new: NewPoint, meeting: Meeting) -> None:
    """A question that waited for an agenda: who asked it hears that it has one."""
    if new.kind is PointKind.QUESTION and new.reference is not None:
        question = work_groups.question(work.session, new.reference)
        question_mails.tell_on_agenda(work, question, meeting)


def _proposals(work: UnitOfWork, body: Body, meeting: Meeting) -> Iterable[NewPoint]:
    for point in body.points:
        yield NewPoint(kind=PointKind.REQUIRED, title=point.title, code=point.code)
    if body.kind in DECIDING:
        yield from _of_work_groups(work)
    for remark in remarks.waiting(work.session, body.key):
        yield agenda_point(remark)
    for action in actions.open_of_body(work.session, body.key):
        yield _action_point(action)


def _of_work_groups(work: UnitOfWork) -> Iterable[NewPoint]:
    for group in work_groups.active(work.session):
        yield work_group_agenda.report_point(group)
    for question in work_groups.questions_waiting(work.session):
        yield work_group_agenda.question_point(question)
    for group in work_groups.closings_waiting(work.session):
        yield work_group_agenda.closing_point(group)


def _action_point(action: ActionPoint) -> NewPoint:
    due = day_in_words(action.due_on)
    return NewPoint(
        kind=PointKind.ACTION,
        title=f"Actiepunt {action.number}: {headline(action.text)}",
        explanation=f"Trekker: {action.owner_name}, tegen {due}.",
        case_number=action.case_number,
        reference=action.number,
    )


def _key(point: AgendaPoint | NewPoint) -> tuple[PointKind, str | None]:
    """Return what a proposal is about: it comes on an agenda once."""
    return point.kind, point.code or point.reference or point.title
