"""What the pages on policy questions and work groups show, read in one go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.model import BodyKind, Member
from workflows.calendar import local_day
from workflows.meetings import repository as meetings
from workflows.meetings.model import OVER, MeetingStatus, PointKind
from workflows.people.model import Actor
from workflows.people.rights import Action, Subject, may, require
from workflows.work_groups import agenda, repository, service
from workflows.work_groups.loop import Loop, Mark, marks_of
from workflows.work_groups.model import (
    Feedback,
    Frequency,
    GroupMeeting,
    PolicyQuestion,
    Responsible,
    WorkGroup,
    compared_since,
)

_MET = (MeetingStatus.HELD, MeetingStatus.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A work group in the list, with its last note and how often it met."""

    group: WorkGroup
    feedback: Feedback | None
    frequency: Frequency
    is_past_end: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFile:
    """A question with all that became of it."""

    question: PolicyQuestion
    group: WorkGroup | None
    agenda: Sequence[tuple[str, datetime]]
    marks: Sequence[Mark]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFile(QuestionFile):
    """A work group with its question, members, notes and meetings."""

    group: WorkGroup
    members: Sequence[Member]
    responsibles: Sequence[Responsible]
    feedback: Sequence[Feedback]
    meetings: Sequence[GroupMeeting]
    frequency: Frequency
    is_past_end: bool


def group_lines(work: UnitOfWork, actor: Actor) -> list[GroupLine]:
    """Return the work groups that *actor* may see."""
    require(actor, Action.READ_WORK_GROUP)
    groups = repository.groups(work.session)
    if not _sees_all(work, actor):
        seats = _seats(work, actor)
        groups = [group for group in groups if group.body_key in seats]
    last = repository.last_feedback(work.session)
    met = repository.days_met(work.session, [group.question_number for group in groups])
    core = _core_days(work)
    return [
        GroupLine(
            group=group,
            feedback=last.get(group.question_number),
            frequency=_frequency(work, group, met.get(group.question_number, []), core),
            is_past_end=_is_past_end(work, group),
        )
        for group in groups
    ]


def questions_for(work: UnitOfWork, actor: Actor) -> list[PolicyQuestion]:
    """Return the questions that *actor* may see, the newest first."""
    found = repository.questions(work.session)
    if _sees_all(work, actor):
        return found
    seats = _seats(work, actor)
    own = {
        group.question_number
        for group in repository.groups(work.session)
        if group.body_key in seats
    }
    return [each for each in found if each.asked_by == actor.name or each.number in own]


def question_file(work: UnitOfWork, number: str, actor: Actor) -> QuestionFile:
    """Return a question; raise ``ForbiddenError`` when it doesn't concern *actor*."""
    loop = _loop(work, number)
    _require_concerned(work, number, actor)
    return QuestionFile(
        question=loop.question,
        group=loop.group,
        agenda=loop.agenda,
        marks=marks_of(loop),
    )


def group_file(work: UnitOfWork, number: str, actor: Actor) -> GroupFile:
    """Return a work group; raise ``ForbiddenError`` when it doesn't concern *actor*."""
    group = repository.group(work.session, number)
    loop = _loop(work, number)
    _require_concerned(work, number, actor)
    held = repository.meetings_of(work.session, number)
    days = [each.held_on for each in held]
    return GroupFile(
        question=loop.question,
        group=group,
        agenda=loop.agenda,
        marks=marks_of(loop),
        members=bodies.members_ever(work.session, group.body_key),
        responsibles=repository.responsibles(work.session, number),
        feedback=loop.feedback,
        meetings=held,
        frequency=_frequency(work, group, days, _core_days(work)),
        is_past_end=_is_past_end(work, group),
    )


def _loop(work: UnitOfWork, number: str) -> Loop:
    points = repository.points_about(work.session, number, PointKind.QUESTION)
    return Loop(
        question=repository.question(work.session, number),
        group=repository.group_or_none(work.session, number),
        agenda=[
            (meeting.number, meeting.starts_at)
            for _, meeting in points
            if meeting.status is not MeetingStatus.CANCELLED
        ],
        feedback=repository.feedback_of(work.session, number),
    )


def _require_concerned(work: UnitOfWork, number: str, actor: Actor) -> None:
    subject = service.subject_of_question(work, number)
    require(actor, Action.READ_WORK_GROUP, subject)


def _sees_all(work: UnitOfWork, actor: Actor) -> bool:
    """The city does, and who sits in the bodies that decide about questions."""
    if actor.is_city:
        return True
    deciding = set(agenda.coordination_keys(work))
    return bool(deciding & _seats(work, actor))


def _seats(work: UnitOfWork, actor: Actor) -> set[str]:
    found = bodies.bodies_of(
        work.session,
        user_name=actor.name,
        organisation_ids=actor.organisation_ids,
        day=local_day(work.now),
    )
    return set(found)


def _core_days(work: UnitOfWork) -> list[date]:
    """Return the days on which the core group met in the past year."""
    today = local_day(work.now)
    keys = bodies.bodies_of_kinds(work.session, [BodyKind.CORE_GROUP])
    since = compared_since(date.min, today)
    return [
        local_day(meeting.starts_at)
        for body in keys
        for meeting in meetings.meetings_between(work.session, since, today, body.key)
        if meeting.status in _MET
    ]


def _frequency(
    work: UnitOfWork, group: WorkGroup, own: Collection[date], core: Collection[date]
) -> Frequency:
    founded = local_day(group.founded_at)
    since = compared_since(founded, local_day(work.now))
    # The meeting that founded the group is no yardstick for it.
    return Frequency(
        since=since,
        own=sum(day >= since for day in own),
        core=sum(day >= since and day > founded for day in core),
    )


def _is_past_end(work: UnitOfWork, group: WorkGroup) -> bool:
    return group.is_active and group.ends_on < local_day(work.now)


def may_ask(work: UnitOfWork, actor: Actor) -> bool:
    """Tell whether *actor* may ask a question, for the button."""
    if not may(actor, Action.ASK_POLICY_QUESTION):
        return False
    return actor.is_city or bool(_seats(work, actor))


def may_decide(work: UnitOfWork, actor: Actor, number: str, kind: PointKind) -> bool:
    """Tell whether *actor* may note a decision about a number now, for the form."""
    today = local_day(work.now)
    found = repository.points_about(work.session, number, kind)
    begun = [
        meeting
        for _, meeting in found
        if meeting.status not in OVER and local_day(meeting.starts_at) <= today
    ]
    return bool(begun) and may(actor, Action.RUN_MEETING, Subject())
