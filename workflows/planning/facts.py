"""What the duties of a year are judged by, read from the rows."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.duties import duties
from workflows.bodies.duty import (
    Duty,
    GroupFact,
    MeetingFact,
    Paperwork,
    Standing,
    Terms,
    YearFacts,
)
from workflows.bodies.model import LOCAL_CONSULTATION, Body, BodyKind
from workflows.calendar import local_day
from workflows.city import service as city
from workflows.deadlines.model import add_period
from workflows.meetings import repository as meetings
from workflows.meetings.model import Meeting, MeetingStatus
from workflows.minutes.model import Minutes
from workflows.minutes.repository import minutes_of_all
from workflows.work_groups import repository as work_groups
from workflows.work_groups.model import (
    Feedback,
    FeedbackState,
    WorkGroup,
    compared_since,
)

_STANDINGS = {
    MeetingStatus.HELD: Standing.HELD,
    MeetingStatus.CLOSED: Standing.HELD,
    MeetingStatus.CANCELLED: Standing.CANCELLED,
}
_GIVEN = {
    FeedbackState.ASKED: None,
    FeedbackState.GIVEN: True,
    FeedbackState.MISSING: False,
    FeedbackState.MISSED: False,
}
_WATCHED = (*LOCAL_CONSULTATION, BodyKind.PERIODIC)
_YEAR = timedelta(days=366)


def duties_of(work: UnitOfWork, year: int, *, on: date | None = None) -> list[Duty]:
    """Return the duties of a year as they stand on a day (today), worst first."""
    return duties(facts_of(work, year, on or local_day(work.now)))


def facts_of(work: UnitOfWork, year: int, today: date) -> YearFacts:
    """Read everything that the duties of a year are judged by."""
    session = work.session
    watched = [
        body
        for body in bodies.bodies_of_kinds(session, _WATCHED)
        if _exists_in(body, year)
    ]
    around = meetings.meetings_between(
        session,
        min(date(year, 1, 1), today) - _YEAR,
        max(date(year, 12, 31), today) + _YEAR,
    )
    terms = city.values(work)
    held = [_meeting(each) for each in around]
    return YearFacts(
        year=year,
        today=today,
        bodies=watched,
        meetings=_with_papers(
            session, _with_points(session, held, watched), watched, terms
        ),
        groups=list(_groups(session, year, today, held)),
        terms=Terms(
            plan_by=plan_by(year, terms),
            gap_ends=_gap_ends(watched, held, today, terms, year=year),
        ),
    )


def plan_by(year: int, terms: Mapping[str, object]) -> date:
    """Return the last day on which yearly duties can do without a date."""
    return add_period(date(year, 12, 31), f"-{terms['year_plan_by']}")


def _exists_in(body: Body, year: int) -> bool:
    began = body.starts_on.year <= year
    return began and (body.ends_on is None or body.ends_on.year >= year)


def _meeting(meeting: Meeting) -> MeetingFact:
    return MeetingFact(
        number=meeting.number,
        body_key=meeting.body_key,
        day=local_day(meeting.starts_at),
        standing=_STANDINGS.get(meeting.status, Standing.PLANNED),
    )


def _with_points(
    session: Session, held: Iterable[MeetingFact], watched: Collection[Body]
) -> list[MeetingFact]:
    """Add which of the points with a yearly minimum each meeting talked about."""
    codes = {
        point.code for body in watched for point in body.points if point.yearly_minimum
    }
    found = meetings.codes_discussed(session, codes)
    return [
        replace(each, discussed=frozenset(found.get(each.number, ()))) for each in held
    ]


def _with_papers(
    session: Session,
    held: Iterable[MeetingFact],
    watched: Collection[Body],
    terms: Mapping[str, object],
) -> list[MeetingFact]:
    """Add minutes and feedback to the meetings of the coordination group."""
    coordination = {body.key for body in watched if body.kind in LOCAL_CONSULTATION}
    facts = list(held)
    numbers = [each.number for each in facts if each.body_key in coordination]
    minutes = minutes_of_all(session, numbers)
    feedback = _feedback(work_groups.feedback_for_all(session, numbers))
    return [
        replace(
            each,
            paperwork=_paperwork(each.day, minutes.get(each.number), terms),
            feedback=feedback.get(each.number),
        )
        if each.body_key in coordination
        else each
        for each in facts
    ]


def _paperwork(
    day: date, minutes: Minutes | None, terms: Mapping[str, object]
) -> Paperwork:
    """Minutes go out after they were drafted and members could comment."""
    drafted_by = add_period(day, str(terms["meeting_minutes"]))
    sent_at = minutes.sent_at if minutes else None
    return Paperwork(
        minutes_by=add_period(drafted_by, str(terms["meeting_comments"])),
        minutes_sent_on=local_day(sent_at) if sent_at else None,
        noted_by=add_period(day, str(terms["college_note"])),
        noted_on=minutes.noted_on if minutes else None,
    )


def _feedback(notes: Iterable[Feedback]) -> dict[str, dict[str, bool | None]]:
    found: dict[str, dict[str, bool | None]] = {}
    for note in notes:
        found.setdefault(note.meeting_number, {})[note.group_name] = _GIVEN[note.state]
    return found


def _groups(
    session: Session, year: int, today: date, held: Iterable[MeetingFact]
) -> Iterable[GroupFact]:
    """Count how often groups and core group met over the same days."""
    until = min(today, date(year, 12, 31))
    core = {each.key for each in bodies.bodies_of_kinds(session, _CORE)}
    core_days = [
        each.day
        for each in held
        if each.body_key in core and each.standing is Standing.HELD
    ]
    groups = [
        each
        for each in work_groups.active(session)
        if local_day(each.founded_at) <= until
    ]
    own = work_groups.days_met(session, [each.question_number for each in groups])
    for group in groups:
        yield _group(group, own.get(group.question_number, []), core_days, until)


def _group(
    group: WorkGroup, own: Iterable[date], core: Iterable[date], until: date
) -> GroupFact:
    since = compared_since(local_day(group.founded_at), until)
    return GroupFact(
        number=group.question_number,
        name=group.name,
        body_key=group.body_key,
        met=sum(since <= day <= until for day in own),
        core_met=sum(since <= day <= until for day in core),
    )


def _gap_ends(
    watched: Iterable[Body],
    held: Iterable[MeetingFact],
    today: date,
    terms: Mapping[str, object],
    *,
    year: int,
) -> dict[str, date]:
    """Return per body by when its next meeting must be held.

    A body that never met counts from the start of this year, or of an earlier one
    that is looked back on: what was late in it stays late.
    """
    start = date(min(year, today.year), 1, 1)
    facts = list(held)
    found = {}
    for body in watched:
        length = _gap(body, terms)
        if length is None:
            continue
        past = [
            each.day
            for each in facts
            if each.body_key == body.key
            and each.standing is not Standing.CANCELLED
            and each.day < today
        ]
        end = max(past, default=max(body.starts_on, start))
        for period in length:
            end = add_period(end, period)
        found[body.key] = end
    return found


def _gap(body: Body, terms: Mapping[str, object]) -> list[str] | None:
    if body.kind is BodyKind.CORE_GROUP:
        return [str(terms["core_group_gap"])]
    if body.kind is BodyKind.PERIODIC and body.rhythm:
        return [body.rhythm, str(terms["rhythm_grace"])]
    return None


_CORE = (BodyKind.CORE_GROUP,)
