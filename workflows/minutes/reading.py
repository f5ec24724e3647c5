"""The minutes of a meeting as one value, for a reader or an organisation.

What somebody from outside may not see of cases is left out here, and nowhere else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.actions import repository as actions
from workflows.actions.model import Decision, ListedAction
from workflows.bodies import repository as bodies
from workflows.bodies.model import Body
from workflows.bodies.sharing import view_of
from workflows.meetings import absence, repository
from workflows.meetings.model import AgendaPoint, Attendance, Meeting
from workflows.minutes.model import Minutes
from workflows.minutes.repository import minutes_of
from workflows.people import repository as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A meeting with everything that its minutes tell.

    *hidden* counts the points on cases that the reader may not see. *uris* are
    those of the mandates of members, where they are known.
    """

    meeting: Meeting
    body: Body
    minutes: Minutes
    attendance: tuple[Attendance, ...]
    neglected: tuple[str, ...]
    points: tuple[AgendaPoint, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[ListedAction, ...]
    chair_name: str
    secretary_name: str
    uris: Mapping[UUID, str]
    hidden: int = 0


def record_of(work: UnitOfWork, number: str) -> Record:
    """Return the whole of a meeting, as the city sees it."""
    meeting = repository.meeting(work.session, number)
    body = bodies.body(work.session, meeting.body_key)
    attendance = repository.attendance_of(work.session, number)
    return Record(
        meeting=meeting,
        body=body,
        minutes=minutes_of(work.session, number),
        attendance=tuple(attendance),
        neglected=tuple(absence.neglected_duty(attendance)),
        points=tuple(repository.points_of(work.session, number)),
        decisions=tuple(actions.decisions_of_meeting(work.session, number)),
        actions=tuple(actions.actions_of_meeting(work.session, number)),
        chair_name=_name(work, body.chair),
        secretary_name=_name(work, body.secretary),
        uris=repository.mandate_uris(work.session, body.key),
    )


def for_organisations(
    work: UnitOfWork, record: Record, organisation_ids: Collection[UUID]
) -> Record:
    """Return what these organisations may read of it: no cases but those they see."""
    visible = visible_points(
        work, record.meeting.body_key, record.points, organisation_ids
    )
    shown = {point.id for point in visible}
    cases = {point.case_number for point in visible} | {None}
    return replace(
        record,
        points=visible,
        decisions=tuple(
            each
            for each in record.decisions
            if each.case_number in cases
            and (each.point_id is None or each.point_id in shown)
        ),
        actions=tuple(
            each
            for each in record.actions
            if each.action.case_number in cases
            and (each.action.point_id is None or each.action.point_id in shown)
        ),
        hidden=len(record.points) - len(visible),
    )


def visible_points(
    work: UnitOfWork,
    body_key: str,
    points: Collection[AgendaPoint],
    organisation_ids: Collection[UUID],
) -> tuple[AgendaPoint, ...]:
    """Return the points that are about no case, or one that these may see."""
    numbers = {point.case_number for point in points if point.case_number}
    seen = {
        number
        for number in numbers
        if view_of(
            work.session, organisation_ids, case_number=number, body_key=body_key
        )
        is not None
    }
    return tuple(
        point
        for point in points
        if point.case_number is None or point.case_number in seen
    )


def has_cases(record: Record) -> bool:
    """Tell whether the minutes are about cases, so that partners get their own."""
    return any(point.case_number for point in record.points)


def _name(work: UnitOfWork, user_name: str | None) -> str:
    return people.full_name(work.session, user_name) if user_name else ""
