"""Agenda points that people bring: members hand them in, the secretary puts them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.service import subject_of
from workflows.bodies.sharing import view_of
from workflows.calendar import moment_in_words
from workflows.cases import repository as cases
from workflows.errors import InvalidDataError, NotAllowedNowError, UnknownError
from workflows.meetings import repository, service, steps
from workflows.meetings.model import AgendaPoint, Meeting, MeetingStatus, PointKind
from workflows.meetings.service import NewPoint
from workflows.people.model import Actor
from workflows.people.rights import Action, may, require

_OPEN = frozenset({MeetingStatus.PLANNED, MeetingStatus.AGENDA_OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A point as somebody hands it in; *case* is the number of a dossier, or empty."""

    title: str
    explanation: str = ""
    case: str = ""


def hand_in(work: UnitOfWork, number: str, handed: Handed, *, by: Actor) -> AgendaPoint:
    """Put a point on an agenda: members until the term, who runs it until the end.

    Somebody from outside the city names only dossiers that he may see.
    """
    meeting = repository.meeting(work.session, number)
    require(by, Action.ADD_AGENDA_POINT, subject_of(work, meeting.body_key))
    if not takes_points(work, meeting, by):
        raise NotAllowedNowError(number, meeting.status, _closed(work, meeting))
    case_number = None
    if handed.case.strip():
        case_number = _seen_case(work, meeting, handed.case.strip(), by)
    new = NewPoint(
        kind=PointKind.CASE if case_number else PointKind.FREE,
        title=handed.title,
        explanation=handed.explanation,
        case_number=case_number,
    )
    return service.add_point(work, number, new, by=by.name)


def takes_points(work: UnitOfWork, meeting: Meeting, actor: Actor) -> bool:
    """Tell whether *actor* can put a point on the agenda now."""
    if may(actor, Action.RUN_MEETING):
        return meeting.status in _OPEN | {MeetingStatus.INVITED, MeetingStatus.HELD}
    until = items_until(work, meeting)
    return meeting.status in _OPEN and (until is None or work.now <= until)


def items_until(work: UnitOfWork, meeting: Meeting) -> datetime | None:
    """Return until when members hand in points; the weekly meeting has no term."""
    found = {term.name: term.at for term in steps.terms(work, meeting)}
    return found.get("items_until")


def drop(work: UnitOfWork, point_id: UUID, *, by: Actor) -> str:
    """Take a point off its agenda; return the number of the meeting.

    A point that must still be discussed this year stays.
    """
    require(by, Action.RUN_MEETING)
    point = repository.to_point(repository.point_row(work.session, point_id))
    if point.kind is PointKind.REQUIRED and point.warning is not None:
        sentence = f"{point.code} kan niet van de agenda. {point.warning}"
        raise NotAllowedNowError(str(point_id), "forced", sentence)
    service.drop_point(work, point_id, by=by.name)
    return point.meeting_number


def turn(work: UnitOfWork, point_id: UUID, *, places: int, by: Actor) -> str:
    """Move a point up (negative) or down its agenda; return the meeting's number."""
    require(by, Action.RUN_MEETING)
    number = repository.point_row(work.session, point_id).meeting_number
    order = [point.id for point in repository.points_of(work.session, number)]
    at = order.index(point_id)
    order.insert(min(max(at + places, 0), len(order) - 1), order.pop(at))
    service.order_points(work, number, order, by=by.name)
    return number


def _seen_case(work: UnitOfWork, meeting: Meeting, case: str, by: Actor) -> str:
    sentence = f"Dossier {case} bestaat niet, of u mag het niet zien."
    try:
        found = cases.case_file(work.session, case)
    except UnknownError as error:
        raise InvalidDataError({"case": sentence}) from error
    if by.is_city:
        return found.number
    seen = view_of(
        work.session,
        by.organisation_ids,
        case_number=found.number,
        body_key=meeting.body_key,
    )
    if seen is None:
        raise InvalidDataError({"case": sentence})
    return found.number


def _closed(work: UnitOfWork, meeting: Meeting) -> str:
    until = items_until(work, meeting)
    if until is None or until > work.now:
        return "Op deze agenda kunnen geen punten meer bij."
    told = moment_in_words(until)
    return f"Punten indienen kon tot {told}. Spreek de secretaris aan."
