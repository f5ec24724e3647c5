"""Questions, proposals and notes on the agendas of the meetings that they concern."""

from collections.abc import Collection
from datetime import datetime

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.model import DECIDING
from workflows.bodies.service import subject_of
from workflows.calendar import local_day, moment_in_words
from workflows.errors import NotAllowedNowError
from workflows.meetings import repository as meetings
from workflows.meetings import service as meeting_service
from workflows.meetings.model import AgendaPoint, Meeting, MeetingStatus, PointKind
from workflows.meetings.service import NewPoint, PointText
from workflows.people import repository as people
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.work_groups import repository
from workflows.work_groups.model import PolicyQuestion, WorkGroup

_TAKES_POINTS = frozenset({MeetingStatus.PLANNED, MeetingStatus.AGENDA_OPEN})
_TO_COME = _TAKES_POINTS | {MeetingStatus.INVITED}


def coordination_keys(work: UnitOfWork) -> list[str]:
    """Return the keys of the bodies that decide about policy questions."""
    return [each.key for each in bodies.bodies_of_kinds(work.session, DECIDING)]


def next_that_takes_points(
    work: UnitOfWork, body_keys: Collection[str]
) -> Meeting | None:
    """Return the first meeting to come for which nobody was invited yet."""
    after: datetime = work.now
    while found := meetings.next_of(work.session, body_keys, after):
        if found.status in _TAKES_POINTS:
            return found
        after = found.starts_at
    return None


def put(
    work: UnitOfWork, point: NewPoint, body_keys: Collection[str], *, by: str
) -> Meeting | None:
    """Put a point about a number on the next agenda; once only.

    Without a meeting to come it waits: who opens an agenda finds it.
    """
    about = point.reference or ""
    for _, there in repository.points_about(work.session, about, point.kind):
        if there.status in _TO_COME:
            return there
    meeting = next_that_takes_points(work, body_keys)
    if meeting is not None:
        meeting_service.add_point(work, meeting.number, point, by=by)
    return meeting


def question_point(question: PolicyQuestion) -> NewPoint:
    """Return the point with which a question comes on an agenda."""
    parts = [question.question, f"Aanleiding: {question.reason}"]
    if question.wished_result:
        parts.append(f"Gewenst resultaat: {question.wished_result}")
    return NewPoint(
        kind=PointKind.QUESTION,
        title=f"Beleidsvraag {question.number}: {question.title}",
        explanation="\n".join(parts),
        reference=question.number,
    )


def closing_point(group: WorkGroup) -> NewPoint:
    """Return the point with which a group proposes to close."""
    return NewPoint(
        kind=PointKind.CLOSING,
        title=f"Afsluiten van de werkgroep {group.name}",
        explanation=f"Eindverslag: {group.final_report}"
        f"\nVoorgesteld antwoord: {group.proposed_answer}",
        reference=group.question_number,
    )


def report_point(group: WorkGroup) -> NewPoint:
    """Return the point at which a group reports to a meeting."""
    return NewPoint(
        kind=PointKind.FEEDBACK,
        title=f"Terugkoppeling van de werkgroep {group.name}",
        reference=group.question_number,
    )


def feedback_point(
    work: UnitOfWork, group: WorkGroup, meeting_number: str, *, by: str
) -> AgendaPoint:
    """Return the point of a meeting for the feedback of a group; make it if needed."""
    for point in meetings.points_of(work.session, meeting_number):
        if point.kind is PointKind.FEEDBACK and (
            point.reference == group.question_number
        ):
            return point
    new = report_point(group)
    return meeting_service.add_point(work, meeting_number, new, by=by)


def deciding_point(
    work: UnitOfWork, reference: str, kind: PointKind, *, by: Actor
) -> tuple[AgendaPoint, Meeting]:
    """Return the point at which *by* may note a decision today.

    Raise ``NotAllowedNowError`` when it stands on no agenda, or the day of the
    meeting has not come; ``ForbiddenError`` when *by* does not run that meeting.
    """
    found = repository.points_about(work.session, reference, kind)
    live = [each for each in found if each[1].status is not MeetingStatus.CANCELLED]
    if not live:
        sentence = (
            f"{reference} staat nog op geen enkele agenda: plan eerst een vergadering."
        )
        raise NotAllowedNowError(reference, "waiting", sentence)
    today = local_day(work.now)
    held = [each for each in live if local_day(each[1].starts_at) <= today]
    point, meeting = (held or live)[-1]
    require(by, Action.RUN_MEETING, subject_of(work, meeting.body_key))
    if not held:
        sentence = (
            f"Over {reference} wordt beslist op {meeting.number}; een besluit kan"
            " vanaf de dag van die vergadering genoteerd worden."
        )
        raise NotAllowedNowError(reference, "planned", sentence)
    return point, meeting


def refuse_decided(
    work: UnitOfWork, reference: str, *, by: str | None, at: datetime | None
) -> None:
    """Refuse a second decision on a question, group or remark, with who and when."""
    if by is None or at is None:
        return
    name = people.full_name(work.session, by)
    sentence = (
        f"Over {reference} is al een besluit genoteerd, door {name} op"
        f" {moment_in_words(at)}. Uw besluit is niet bewaard."
    )
    raise NotAllowedNowError(reference, "decided", sentence)


def write_decision(
    work: UnitOfWork, point: AgendaPoint, text: str, *, by: Actor
) -> None:
    """Write a decision at its point, before what the minutes said there already."""
    decision = "\n".join(filter(None, (text, point.decision)))
    told = PointText(
        discussion=point.discussion, conclusion=point.conclusion, decision=decision
    )
    meeting_service.write_point(work, point.id, told, version=point.version, by=by.name)
