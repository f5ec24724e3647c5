"""Queries on meetings, giving model values."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, or_, select
from sqlalchemy.orm import Session

from workflows.bodies.repository import sits_on
from workflows.bodies.tables import BodyMemberRow, BodyRow
from workflows.calendar import local_day, local_moment
from workflows.errors import UnknownError
from workflows.meetings.model import (
    OVER,
    AgendaPoint,
    Attendance,
    LastDiscussed,
    Meeting,
    MeetingLine,
    MeetingStatus,
)
from workflows.meetings.tables import (
    AgendaPointRow,
    AttendanceRow,
    MeetingLineRow,
    MeetingRow,
)
from workflows.people.tables import OrganisationNameRow

_HELD = (MeetingStatus.HELD, MeetingStatus.CLOSED)


def meeting(session: Session, number: str) -> Meeting:
    """Return a meeting by its number; raise ``UnknownError`` without."""
    found = session.execute(_meetings().where(MeetingRow.number == number)).first()
    if found is None:
        raise UnknownError(number, "De vergadering")
    return _to_meeting(found)


def meeting_row(session: Session, number: str) -> MeetingRow:
    """Return the row of a meeting, to be changed; raise ``UnknownError`` without."""
    row = session.get(MeetingRow, number)
    if row is None:
        raise UnknownError(number, "De vergadering")
    return row


def locked_row(session: Session, number: str, *, shared: bool = False) -> MeetingRow:
    """Return the row of a meeting as it is now, locked until the commit.

    Those who ask for a *shared* lock hold it together; who changes the row waits
    for them.
    """
    query = (
        select(MeetingRow)
        .where(MeetingRow.number == number)
        .with_for_update(read=shared)
        .execution_options(populate_existing=True)
    )
    row = session.scalar(query)
    if row is None:
        raise UnknownError(number, "De vergadering")
    return row


def is_meeting(session: Session, key: str) -> bool:
    """Tell whether a business key is the number of a meeting."""
    found = session.scalar(select(MeetingRow.number).where(MeetingRow.number == key))
    return found is not None


def meetings_between(
    session: Session, start: date, end: date, body_key: str | None = None
) -> list[Meeting]:
    """Return the meetings from *start* up to and including *end*, in order."""
    query = _meetings().where(
        MeetingRow.starts_at >= local_moment(start, time.min),
        MeetingRow.starts_at <= local_moment(end, time.max),
    )
    if body_key is not None:
        query = query.where(MeetingRow.body_key == body_key)
    return _listed(session, query)


def next_of(
    session: Session, body_keys: Collection[str], after: datetime
) -> Meeting | None:
    """Return the first meeting of these bodies after a moment; not a cancelled one."""
    query = (
        _meetings()
        .where(
            MeetingRow.body_key.in_(body_keys),
            MeetingRow.starts_at > after,
            MeetingRow.status.not_in(OVER),
        )
        .order_by(MeetingRow.starts_at, MeetingRow.number)
        .limit(1)
    )
    found = session.execute(query).first()
    return None if found is None else _to_meeting(found)


def planned_at(session: Session, body_key: str, moment: datetime) -> str | None:
    """Return the number of the meeting of a body at a moment; not a cancelled one."""
    query = select(MeetingRow.number).where(
        MeetingRow.body_key == body_key,
        MeetingRow.starts_at == moment,
        MeetingRow.status != MeetingStatus.CANCELLED,
    )
    return session.scalar(query.limit(1))


def previous_of(session: Session, before: Meeting, *, limit: int = 1) -> list[Meeting]:
    """Return the meetings of the same body that were held before, newest first."""
    query = (
        _meetings()
        .where(
            MeetingRow.body_key == before.body_key,
            MeetingRow.starts_at < before.starts_at,
            MeetingRow.status.in_(_HELD),
        )
        .order_by(MeetingRow.starts_at.desc())
        .limit(limit)
    )
    return [_to_meeting(found) for found in session.execute(query)]


def points_of(session: Session, number: str) -> list[AgendaPoint]:
    """Return the points of an agenda in their order."""
    query = (
        select(AgendaPointRow)
        .where(AgendaPointRow.meeting_number == number)
        .order_by(AgendaPointRow.position, AgendaPointRow.id)
    )
    return [to_point(row) for row in session.scalars(query)]


def point_row(session: Session, point_id: UUID) -> AgendaPointRow:
    """Return the row of a point, to be changed; raise ``UnknownError`` without."""
    row = session.get(AgendaPointRow, point_id)
    if row is None:
        raise UnknownError(point_id, "Het agendapunt")
    return row


def locked_point(session: Session, point_id: UUID) -> AgendaPointRow:
    """Return the row of a point as it is now, locked until the commit."""
    query = (
        select(AgendaPointRow)
        .where(AgendaPointRow.id == point_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalar(query)
    if row is None:
        raise UnknownError(point_id, "Het agendapunt")
    return row


def attendance_of(session: Session, number: str) -> list[Attendance]:
    """Return who sat in the body on the day of the meeting, and whether he came.

    Members by name; *presence* is None as long as nobody wrote it down.
    """
    here = meeting_row(session, number)
    day = local_day(here.starts_at)
    query = (
        select(BodyMemberRow, AttendanceRow, _organisation_name(day))
        .outerjoin(
            AttendanceRow,
            (AttendanceRow.member_id == BodyMemberRow.id)
            & (AttendanceRow.meeting_number == number),
        )
        .where(BodyMemberRow.body_key == here.body_key)
        .where(or_(sits_on(day), AttendanceRow.id.is_not(None)))
        .order_by(BodyMemberRow.name, BodyMemberRow.id)
    )
    return [_to_attendance(found) for found in session.execute(query)]


def attendance_rows(session: Session, number: str) -> dict[UUID, AttendanceRow]:
    """Return what was written down of the attendance, by member."""
    query = select(AttendanceRow).where(AttendanceRow.meeting_number == number)
    return {row.member_id: row for row in session.scalars(query)}


def mandate_uris(session: Session, body_key: str) -> dict[UUID, str]:
    """Return the URI of the mandate of each member of a body of whom it is known."""
    query = select(BodyMemberRow.id, BodyMemberRow.mandate_uri).where(
        BodyMemberRow.body_key == body_key, BodyMemberRow.mandate_uri.is_not(None)
    )
    return {key: uri for key, uri in session.execute(query) if uri is not None}


def discussed_points(
    session: Session, body_key: str, before: date
) -> dict[str, LastDiscussed]:
    """Return per code when it was discussed last, and how often in that year.

    The year is that of *before*: one query for a whole agenda.
    """
    first = local_moment(before.replace(month=1, day=1), time.min)
    in_year = func.count(MeetingRow.number).filter(MeetingRow.starts_at >= first)
    query = (
        select(AgendaPointRow.code, func.max(MeetingRow.starts_at), in_year)
        .join(MeetingRow, AgendaPointRow.meeting_number == MeetingRow.number)
        .where(*_discussed(body_key, before), AgendaPointRow.code.is_not(None))
        .group_by(AgendaPointRow.code)
    )
    return {
        code: LastDiscussed(code=code, on=local_day(latest), this_year=count)
        for code, latest, count in session.execute(query)
        if code is not None
    }


def codes_discussed(session: Session, codes: Collection[str]) -> dict[str, set[str]]:
    """Return by meeting which of these required points its minutes speak of."""
    query = select(AgendaPointRow.meeting_number, AgendaPointRow.code).where(
        AgendaPointRow.code.in_(codes), _says_something()
    )
    found: dict[str, set[str]] = {}
    for number, code in session.execute(query):
        found.setdefault(number, set()).add(code or "")
    return found


def lines_of(session: Session, number: str) -> list[MeetingLine]:
    """Return what happened around a meeting, the newest first."""
    query = (
        select(MeetingLineRow)
        .where(MeetingLineRow.meeting_number == number)
        .order_by(MeetingLineRow.at.desc(), MeetingLineRow.id.desc())
    )
    return [
        MeetingLine(at=row.at, by=row.by, text=row.text)
        for row in session.scalars(query)
    ]


def to_point(row: AgendaPointRow) -> AgendaPoint:
    """Return a point as a value."""
    return AgendaPoint(
        id=row.id,
        meeting_number=row.meeting_number,
        position=row.position,
        kind=row.kind,
        code=row.code,
        title=row.title,
        explanation=row.explanation,
        warning=row.warning,
        case_number=row.case_number,
        reference=row.reference,
        added_by=row.added_by,
        discussion=row.discussion,
        conclusion=row.conclusion,
        decision=row.decision,
        version=row.version,
    )


def _meetings() -> Select[MeetingRow, str]:
    return select(MeetingRow, BodyRow.name).join(
        BodyRow, BodyRow.key == MeetingRow.body_key
    )


def _listed(session: Session, query: Select[MeetingRow, str]) -> list[Meeting]:
    ordered = query.order_by(MeetingRow.starts_at, MeetingRow.number)
    return [_to_meeting(found) for found in session.execute(ordered)]


def _discussed(body_key: str, before: date) -> Iterable[ColumnElement[bool]]:
    """A point counts as discussed when the minutes say something about it."""
    return (
        MeetingRow.body_key == body_key,
        MeetingRow.starts_at < local_moment(before, time.min),
        MeetingRow.status.in_(_HELD),
        _says_something(),
    )


def _says_something() -> ColumnElement[bool]:
    return or_(
        AgendaPointRow.discussion != "",
        AgendaPointRow.conclusion != "",
        AgendaPointRow.decision != "",
    )


def _organisation_name(day: date) -> ColumnElement[str | None]:
    """The name that the organisation of a member bore on that day."""
    return (
        select(OrganisationNameRow.name)
        .where(OrganisationNameRow.organisation_id == BodyMemberRow.organisation_id)
        .order_by((OrganisationNameRow.starts_on <= day).desc())
        .order_by(OrganisationNameRow.starts_on.desc())
        .limit(1)
        .correlate(BodyMemberRow)
        .scalar_subquery()
    )


def _to_meeting(found: Row[MeetingRow, str]) -> Meeting:
    row, body_name = found
    return Meeting(
        number=row.number,
        body_key=row.body_key,
        body_name=body_name,
        sequence=row.sequence,
        starts_at=row.starts_at,
        minutes_long=row.minutes_long,
        place=row.place,
        reason=row.reason,
        status=row.status,
        instance_id=row.instance_id,
        planned_at=row.planned_at,
        planned_by=row.planned_by,
        agenda_approved_at=row.agenda_approved_at,
        agenda_approved_by=row.agenda_approved_by,
        called_at=row.called_at,
        invited_at=row.invited_at,
        held_at=row.held_at,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
        cancelled_reason=row.cancelled_reason,
        version=row.version,
    )


def _to_attendance(
    found: Row[BodyMemberRow, AttendanceRow | None, str | None],
) -> Attendance:
    member, row, organisation_name = found
    return Attendance(
        member_id=member.id,
        member_name=member.name,
        organisation_name=organisation_name,
        capacity=member.capacity,
        must_attend=member.must_attend,
        presence=None if row is None else row.presence,
        replaced_by="" if row is None else row.replaced_by,
    )
