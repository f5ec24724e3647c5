"""What a pack holds, for the city or for one partner.

A point on a case that the audience may not see isn't there, nor what hangs on it;
the points are counted anew, so that nobody can tell how many are missing.
"""

from collections.abc import Iterable
from datetime import timedelta

from workflows.actions.model import ActionPoint
from workflows.calendar import ZONE, day_in_words, local_day
from workflows.meetings.agenda import last_discussed_in_words
from workflows.meetings.model import POINT_KIND_NAMES, AgendaPoint, Meeting, PointKind
from workflows.packs.audiences import Audience
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
from workflows.packs.sources import Sources

_TOPICS = frozenset({PointKind.QUESTION, PointKind.REMARK, PointKind.CLOSING})
_TOLD_APART = _TOPICS | {PointKind.FEEDBACK, PointKind.ACTION}
"""The kinds whose text stands in a part of its own, not in the agenda."""


def pack_of(sources: Sources, audience: Audience) -> Pack:
    """Make the pack of a meeting as it stands now, for one audience."""
    meeting = sources.meeting
    session = sources.work.session
    sight = Sight(session, meeting.body_key, audience.organisation_ids)
    points = _visible(sources, sight)
    year = sources.figures
    return Pack(
        audience=audience.key,
        audience_name=audience.name,
        body=meeting.body_name,
        meeting=when(meeting),
        points=tuple(_points(sources, points, sight)),
        feedback=tuple(_feedback(sources, sight)),
        actions=tuple(_actions(sources, sight)),
        topics=tuple(_topics(points, sight)),
        figures_year=year.year,
        quality=year.quality,
        figures=year.figures,
        tables=year.tables,
        lists=year.lists,
        cases=tuple(_cases(sources, points, sight)),
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


def _visible(sources: Sources, sight: Sight) -> list[AgendaPoint]:
    hidden = {
        each.number
        for each in sources.actions
        if not _sees_action(sources, each, sight)
    }
    return [
        point
        for point in sources.points
        if sight.sees(point.case_number)
        and sight.reads(point.title, point.explanation)
        and not (point.kind is PointKind.ACTION and point.reference in hidden)
    ]


def _sees_action(sources: Sources, action: ActionPoint, sight: Sight) -> bool:
    """An action point is hidden with its case, and with the point that it came from."""
    if sight.is_city:
        return True
    came_from = sources.cases_of_actions.get(action.number)
    return (
        sight.sees(action.case_number)
        and sight.sees(came_from)
        and sight.reads(action.text)
    )


def _points(
    sources: Sources, points: Iterable[AgendaPoint], sight: Sight
) -> Iterable[PackPoint]:
    for position, point in enumerate(points, start=1):
        yield PackPoint(
            position=position,
            code=point.code or "",
            kind=POINT_KIND_NAMES[point.kind],
            title=_spared(sources, point.case_number, point.title, sight),
            explanation=_explanation(sources, point, sight),
            warning=point.warning or "",
            case_number=point.case_number or "",
        )


def _explanation(sources: Sources, point: AgendaPoint, sight: Sight) -> str:
    """Tell of a required point when it was discussed last, counted now."""
    if point.kind is PointKind.REQUIRED:
        return last_discussed_in_words(sources.last_discussed.get(point.code or ""))
    if point.kind in _TOLD_APART:
        return ""
    return _spared(sources, point.case_number, point.explanation, sight)


def _spared(sources: Sources, number: str | None, text: str, sight: Sight) -> str:
    if number is None or sight.is_city:
        return text
    return sight.spares(sources.case(number).case, text)


def _feedback(sources: Sources, sight: Sight) -> Iterable[FeedbackLine]:
    for each in sources.feedback:
        yield FeedbackLine(
            group=each.group_name,
            state=each.state_name,
            late=each.is_late,
            due=day_in_words(local_day(each.due_at)) if each.due_at else "",
            note=each.note if sight.reads(each.note) else "",
        )


def _actions(sources: Sources, sight: Sight) -> Iterable[ActionLine]:
    today = local_day(sources.work.now)
    for each in sources.actions:
        if _sees_action(sources, each, sight):
            yield ActionLine(
                number=each.number,
                text=_spared(sources, each.case_number, each.text, sight),
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
    sources: Sources, points: Iterable[AgendaPoint], sight: Sight
) -> Iterable[CaseSheet]:
    chosen = {
        point.case_number: point.explanation
        for point in points
        if point.kind is PointKind.CASE and point.case_number
    }
    for number, explanation in chosen.items():
        sheet = sheet_of(sources.case(number), sight, explanation=explanation)
        if sheet is not None:
            yield sheet
