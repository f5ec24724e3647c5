"""What a pack holds, for the city or for one partner.

A point on a case that the audience may not see isn't there, nor what hangs on it;
the points are counted anew, so that nobody can tell how many are missing.
"""

from collections.abc import Iterable
from datetime import timedelta

from engine.persistence.unit_of_work import UnitOfWork
from workflows.actions import repository as actions
from workflows.actions.model import ActionPoint
from workflows.calendar import ZONE, day_in_words, local_day
from workflows.cases import repository as cases
from workflows.meetings import repository
from workflows.meetings.agenda import last_discussed_in_words
from workflows.meetings.model import (
    POINT_KIND_NAMES,
    AgendaPoint,
    LastDiscussed,
    Meeting,
    PointKind,
)
from workflows.packs.audiences import Audience
from workflows.packs.keyfigures import running_year
from workflows.packs.model import (
    ActionLine,
    CaseSheet,
    FeedbackLine,
    Pack,
    PackPoint,
    Topic,
    When,
)
from workflows.packs.sheets import sheet_of
from workflows.packs.sight import Sight
from workflows.work_groups import repository as work_groups

_TOPICS = frozenset({PointKind.QUESTION, PointKind.REMARK, PointKind.CLOSING})
_TOLD_APART = _TOPICS | {PointKind.FEEDBACK, PointKind.ACTION}
"""The kinds whose text stands in a part of its own, not in the agenda."""


def pack_of(work: UnitOfWork, number: str, audience: Audience) -> Pack:
    """Make the pack of a meeting as it stands now, for one audience."""
    meeting = repository.meeting(work.session, number)
    sight = Sight(work.session, meeting.body_key, audience.organisation_ids)
    points = _visible(work, meeting, sight)
    year = running_year(work)
    return Pack(
        audience=audience.key,
        audience_name=audience.name,
        body=meeting.body_name,
        meeting=when(meeting),
        points=tuple(_points(work, meeting, points, sight)),
        feedback=tuple(_feedback(work, meeting, sight)),
        actions=tuple(_actions(work, meeting, sight)),
        topics=tuple(_topics(points, sight)),
        figures_year=year.year,
        quality=year.quality,
        figures=year.figures,
        tables=year.tables,
        lists=year.lists,
        cases=tuple(_cases(work, points, sight)),
    )


def when(meeting: Meeting) -> When:
    """Write when and where a meeting is."""
    start = meeting.starts_at.astimezone(ZONE)
    end = start + timedelta(minutes=meeting.minutes_long)
    return When(
        number=meeting.number,
        day=day_in_words(start.date(), weekday=True),
        hours=f"van {start:%H.%M} tot {end:%H.%M} uur",
        place=meeting.place,
        reason=meeting.reason,
    )


def _visible(work: UnitOfWork, meeting: Meeting, sight: Sight) -> list[AgendaPoint]:
    open_ones = actions.open_of_body(work.session, meeting.body_key)
    hidden = {each.number for each in open_ones if not _sees_action(work, each, sight)}
    return [
        point
        for point in repository.points_of(work.session, meeting.number)
        if sight.sees(point.case_number)
        and sight.reads(point.title, point.explanation)
        and not (point.kind is PointKind.ACTION and point.reference in hidden)
    ]


def _sees_action(work: UnitOfWork, action: ActionPoint, sight: Sight) -> bool:
    """An action point is hidden with its case, and with the point that it came from."""
    if sight.is_city:
        return True
    if not sight.sees(action.case_number) or not sight.reads(action.text):
        return False
    if action.point_id is None:
        return True
    came_from = repository.point_row(work.session, action.point_id)
    return sight.sees(came_from.case_number)


def _points(
    work: UnitOfWork, meeting: Meeting, points: Iterable[AgendaPoint], sight: Sight
) -> Iterable[PackPoint]:
    last = repository.discussed_points(
        work.session, meeting.body_key, local_day(meeting.starts_at)
    )
    for position, point in enumerate(points, start=1):
        yield PackPoint(
            position=position,
            code=point.code or "",
            kind=POINT_KIND_NAMES[point.kind],
            title=_spared(work, point, point.title, sight),
            explanation=_explanation(work, point, last.get(point.code or ""), sight),
            warning=point.warning or "",
            case_number=point.case_number or "",
        )


def _explanation(
    work: UnitOfWork, point: AgendaPoint, last: LastDiscussed | None, sight: Sight
) -> str:
    """Tell of a required point when it was discussed last, counted now."""
    if point.kind is PointKind.REQUIRED:
        return last_discussed_in_words(last)
    if point.kind in _TOLD_APART:
        return ""
    return _spared(work, point, point.explanation, sight)


def _spared(work: UnitOfWork, point: AgendaPoint, text: str, sight: Sight) -> str:
    if point.case_number is None or sight.is_city:
        return text
    return sight.spares(cases.case_file(work.session, point.case_number), text)


def _feedback(
    work: UnitOfWork, meeting: Meeting, sight: Sight
) -> Iterable[FeedbackLine]:
    for each in work_groups.feedback_for(work.session, meeting.number):
        yield FeedbackLine(
            group=each.group_name,
            state=each.state_name,
            late=each.is_late,
            due=day_in_words(local_day(each.due_at)) if each.due_at else "",
            note=each.note if sight.reads(each.note) else "",
        )


def _actions(work: UnitOfWork, meeting: Meeting, sight: Sight) -> Iterable[ActionLine]:
    today = local_day(work.now)
    for each in actions.open_of_body(work.session, meeting.body_key):
        if not _sees_action(work, each, sight):
            continue
        text = each.text
        if each.case_number is not None and not sight.is_city:
            case = cases.case_file(work.session, each.case_number)
            text = sight.spares(case, text)
        yield ActionLine(
            number=each.number,
            text=text,
            owner=each.owner_name,
            due=day_in_words(each.due_on),
            overdue=each.due_on < today,
            case_number=each.case_number or "",
        )


def _topics(points: Iterable[AgendaPoint], sight: Sight) -> Iterable[Topic]:
    """Tell what is asked; a remark on a process is told to the city only."""
    for position, point in enumerate(points, start=1):
        if point.kind not in _TOPICS:
            continue
        if point.kind is PointKind.REMARK and not sight.is_city:
            continue
        yield Topic(
            position=position,
            kind=POINT_KIND_NAMES[point.kind],
            title=point.title,
            text=point.explanation,
        )


def _cases(
    work: UnitOfWork, points: Iterable[AgendaPoint], sight: Sight
) -> Iterable[CaseSheet]:
    chosen = {
        point.case_number: point.explanation
        for point in points
        if point.kind is PointKind.CASE and point.case_number
    }
    for number, explanation in chosen.items():
        sheet = sheet_of(work, number, sight, explanation=explanation)
        if sheet is not None:
            yield sheet
