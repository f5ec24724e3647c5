"""Use cases of meetings and their agenda."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.errors import MessageNotExpectedError
from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from engine.registry import ServiceCall
from workflows.bodies import repository as bodies
from workflows.bodies.model import BUNDLE_KEY, PROCESSES, Body
from workflows.calendar import local_day, moment_in_words
from workflows.cases.service import Beginning, CaseEngine
from workflows.errors import InvalidDataError, NotAllowedNowError, UnknownError
from workflows.meetings import repository
from workflows.meetings.guards import (
    refuse_late,
    require_ahead,
    require_open,
    require_prepared,
    require_short,
    row_at,
    touch,
)
from workflows.meetings.model import (
    AgendaPoint,
    Meeting,
    MeetingStatus,
    PointKind,
    Presence,
)
from workflows.meetings.tables import (
    AgendaPointRow,
    AttendanceRow,
    MeetingLineRow,
    MeetingRow,
)
from workflows.numbering.repository import next_number
from workflows.people.model import Actor
from workflows.people.rights import Action, require

LONGEST_TEXT = 20_000
LONGEST_TITLE = 300
LONGEST_REASON = 2000
_LONGEST_MINUTES = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """A meeting to be planned; *reason* tells why it is held beside the rhythm."""

    body_key: str
    starts_at: datetime
    minutes_long: int = 90
    place: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPoint:
    """A point for an agenda; see ``AgendaPoint`` for *reference*."""

    kind: PointKind
    title: str
    explanation: str = ""
    code: str | None = None
    case_number: str | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointText:
    """What the minutes say of a point."""

    discussion: str = ""
    conclusion: str = ""
    decision: str = ""


def plan(
    work: UnitOfWork, engine: CaseEngine, new: NewMeeting, *, by: Actor
) -> Meeting:
    """Plan a meeting: number, row and process instance in one unit of work."""
    require(by, Action.RUN_MEETING)
    body = bodies.body(work.session, new.body_key)
    row = _planned(work, body, new, by.name)
    instance = engine.instances.start(work, **_beginning(body, row), by=by.name)
    row.instance_id = instance.id
    work.session.flush()
    return repository.meeting(work.session, row.number)


def plan_from(call: ServiceCall, new: NewMeeting) -> Meeting:
    """Plan a meeting from within a service task, without asking who may.

    Its process starts when the step of the task is stored, in the same transaction.
    """
    body = bodies.body(call.work.session, new.body_key)
    row = _planned(call.work, body, new, call.actor)
    row.instance_id = call.start(**_beginning(body, row))
    call.work.session.flush()
    return repository.meeting(call.work.session, row.number)


def move(  # noqa: PLR0913 - all by keyword, all of one move
    work: UnitOfWork,
    engine: CaseEngine,
    number: str,
    starts_at: datetime,
    *,
    by: Actor,
    version: int,
) -> Meeting:
    """Move a meeting that was not held; its terms are counted anew.

    Raise ``OvertakenError`` when somebody changed it since *version*.
    """
    require(by, Action.RUN_MEETING)
    row = row_at(work, number, version)
    require_prepared(row, "verplaatst")
    require_ahead(work, bodies.body(work.session, row.body_key), starts_at)
    before = row.starts_at
    row.starts_at = starts_at
    touch(work, row, by.name)
    then, now = moment_in_words(before), moment_in_words(starts_at)
    text = f"Verplaatst van {then} naar {now}."
    add_line(work, number, by=by.name, text=text)
    _tell(work, engine, number, "meeting_moved", by=by)
    return repository.meeting(work.session, number)


def cancel(
    work: UnitOfWork, engine: CaseEngine, number: str, *, reason: str, by: Actor
) -> Meeting:
    """Cancel a meeting that was not held; its process ends."""
    require(by, Action.RUN_MEETING)
    row = repository.locked_row(work.session, number)
    require_prepared(row, "afgelast")
    if not reason.strip():
        raise InvalidDataError(
            {"reason": "Vul in waarom de vergadering niet doorgaat."}
        )
    require_short({"reason": reason}, LONGEST_REASON)
    row.status = MeetingStatus.CANCELLED
    row.cancelled_reason = reason.strip()
    touch(work, row, by.name)
    add_line(work, number, by=by.name, text=f"Afgelast: {reason.strip()}")
    _tell(work, engine, number, "meeting_cancelled", by=by)
    return repository.meeting(work.session, number)


def add_point(work: UnitOfWork, number: str, new: NewPoint, *, by: str) -> AgendaPoint:
    """Put a point at the end of an agenda, without asking who may.

    Raise ``InvalidDataError`` without a title, ``NotAllowedNowError`` when the
    meeting is over or its minutes are approved.
    """
    row = repository.locked_row(work.session, number)
    require_open(work, row)
    require_short({"title": new.title}, LONGEST_TITLE)
    require_short({"explanation": new.explanation}, LONGEST_TEXT)
    if not new.title.strip():
        raise InvalidDataError({"title": "Geef het agendapunt een titel."})
    point = AgendaPointRow(
        id=new_id(work.now),
        meeting_number=number,
        position=_last_position(work, number) + 1,
        kind=new.kind,
        code=new.code,
        title=new.title.strip(),
        explanation=new.explanation.strip(),
        warning=None,
        case_number=new.case_number,
        reference=new.reference,
        added_by=by,
        added_at=work.now,
        discussion="",
        conclusion="",
        decision="",
        version=1,
    )
    work.session.add(point)
    work.session.flush()
    return repository.to_point(point)


def order_points(
    work: UnitOfWork, number: str, point_ids: Sequence[UUID], *, by: str
) -> None:
    """Give the points of an agenda this order; points that it misses come behind."""
    row = repository.locked_row(work.session, number)
    require_open(work, row)
    present = [each.id for each in repository.points_of(work.session, number)]
    wanted = [each for each in point_ids if each in present]
    rest = [each for each in present if each not in wanted]
    for position, point_id in enumerate([*wanted, *rest], start=1):
        repository.point_row(work.session, point_id).position = position
    touch(work, row, by)


def drop_point(work: UnitOfWork, point_id: UUID, *, by: str) -> None:
    """Take a point off the agenda; not one that was discussed already."""
    number = repository.point_row(work.session, point_id).meeting_number
    # First the meeting, then the point: as everybody does, so nobody waits for ever.
    row = repository.locked_row(work.session, number)
    point = repository.locked_point(work.session, point_id)
    require_open(work, row)
    if repository.to_point(point).is_discussed:
        sentence = "Over dit punt staat al iets in het verslag; het blijft staan."
        raise NotAllowedNowError(str(point_id), "discussed", sentence)
    add_line(work, row.number, by=by, text=f"Van de agenda gehaald: {point.title}")
    work.session.delete(point)
    touch(work, row, by)


def record_attendance(
    work: UnitOfWork,
    number: str,
    entries: Mapping[UUID, tuple[Presence, str]],
    *,
    by: str,
    version: int | None = None,
) -> None:
    """Write down who was there: per member how, and who came instead.

    With *version* somebody else's later change makes a ``OvertakenError``.
    """
    row = row_at(work, number, version)
    require_open(work, row)
    members = {
        each.member_id for each in repository.attendance_of(work.session, number)
    }
    strangers = entries.keys() - members
    if strangers:
        raise UnknownError(min(strangers, key=str), "Het lid")
    known = repository.attendance_rows(work.session, number)
    for member_id, (presence, replaced_by) in entries.items():
        require_short({f"replaced-{member_id}": replaced_by}, LONGEST_TITLE)
        attendance = known.get(member_id) or AttendanceRow(
            id=new_id(work.now), meeting_number=number, member_id=member_id
        )
        attendance.presence = presence
        attendance.replaced_by = replaced_by.strip()
        attendance.recorded_at = work.now
        attendance.recorded_by = by
        work.session.add(attendance)
    touch(work, row, by)


def write_point(
    work: UnitOfWork, point_id: UUID, text: PointText, *, version: int, by: str
) -> int:
    """Write what the minutes say of a point; return its new version.

    The same text again changes nothing. Raise ``OvertakenError`` with
    who and when if somebody wrote since *version*, ``NotAllowedNowError`` when
    the minutes are approved.
    """
    number = repository.point_row(work.session, point_id).meeting_number
    # Shared: who writes other points goes on, who approves the minutes waits.
    row = repository.locked_row(work.session, number, shared=True)
    point = repository.locked_point(work.session, point_id)
    require_open(work, row)
    texts = {
        "discussion": text.discussion.strip(),
        "conclusion": text.conclusion.strip(),
        "decision": text.decision.strip(),
    }
    require_short(texts, LONGEST_TEXT)
    if all(getattr(point, name) == value for name, value in texts.items()):
        return point.version
    if point.version != version:
        refuse_late(work, f"Het punt ‘{point.title}’", point)
    for name, value in texts.items():
        setattr(point, name, value)
    touch(work, point, by)
    return point.version


def warn(work: UnitOfWork, point_id: UUID, warning: str | None) -> None:
    """Write bad news on a point, such as a missing feedback note, or take it off."""
    repository.point_row(work.session, point_id).warning = warning
    work.session.flush()


def add_line(work: UnitOfWork, number: str, *, by: str, text: str) -> None:
    """Note what happened around a meeting."""
    row = MeetingLineRow(
        id=new_id(work.now), meeting_number=number, at=work.now, by=by, text=text
    )
    work.session.add(row)
    work.session.flush()


def _beginning(body: Body, row: MeetingRow) -> Beginning:
    """Return what the process of a meeting starts with."""
    return {
        "bundle_key": BUNDLE_KEY,
        "process_id": PROCESSES[body.kind],
        "variables": {
            "meeting_number": row.number,
            "body_key": body.key,
            "body_name": body.name,
            "chair": body.chair,
            "secretary": body.secretary,
        },
        "business_key": row.number,
        "label": body.name,
    }


def _planned(work: UnitOfWork, body: Body, new: NewMeeting, by: str) -> MeetingRow:
    _check_new(work, body, new)
    row = _add_row(work, body, new, by)
    text = f"Gepland op {moment_in_words(new.starts_at)}."
    add_line(work, row.number, by=by, text=text)
    return row


def _check_new(work: UnitOfWork, body: Body, new: NewMeeting) -> None:
    problems = {}
    if body.kind not in PROCESSES:
        problems["body_key"] = (
            f"Voor {body.name} worden hier geen vergaderingen gepland."
        )
    if not 0 < new.minutes_long <= _LONGEST_MINUTES:
        problems["minutes_long"] = "Vul een duur in van 1 tot 600 minuten."
    if problems:
        raise InvalidDataError(problems)
    require_short({"place": new.place}, LONGEST_TITLE)
    require_short({"reason": new.reason}, LONGEST_REASON)
    require_ahead(work, body, new.starts_at)


def _add_row(work: UnitOfWork, body: Body, new: NewMeeting, by: str) -> MeetingRow:
    year = local_day(new.starts_at).year
    # Takes a lock, so that of two who plan the same meeting one sees the other.
    sequence = next_number(work.session, f"meeting-{body.prefix}", year)
    _refuse_double(work, body, new.starts_at)
    row = MeetingRow(
        number=f"{body.prefix}-{year}-{sequence}",
        body_key=body.key,
        sequence=sequence,
        starts_at=new.starts_at,
        minutes_long=new.minutes_long,
        place=new.place.strip(),
        reason=new.reason.strip(),
        status=MeetingStatus.PLANNED,
        planned_at=work.now,
        planned_by=by,
        version=1,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _refuse_double(work: UnitOfWork, body: Body, starts_at: datetime) -> None:
    number = repository.planned_at(work.session, body.key, starts_at)
    if number is not None:
        sentence = f"{body.name} vergadert dan al: {number}."
        raise InvalidDataError({"starts_at": sentence})


def _last_position(work: UnitOfWork, number: str) -> int:
    points = repository.points_of(work.session, number)
    return max((each.position for each in points), default=0)


def _tell(
    work: UnitOfWork, engine: CaseEngine, number: str, message: str, *, by: Actor
) -> None:
    try:
        engine.messages.correlate(
            work, name=message, correlation_key=number, variables={}, by=by.name
        )
    except MessageNotExpectedError as error:
        sentence = f"Vergadering {number} is al te ver om dit nog te doen."
        raise NotAllowedNowError(number, message, sentence) from error
