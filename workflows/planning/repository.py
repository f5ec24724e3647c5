"""Queries of the year and its calendars."""

from collections.abc import Collection
from datetime import date, datetime, time

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workflows.bodies.tables import BodyRow
from workflows.calendar import local_moment
from workflows.meetings.model import MeetingStatus
from workflows.meetings.tables import MeetingRow
from workflows.planning.calendar_file import CalendarEntry
from workflows.planning.model import (
    ConsultationYear,
    Escalation,
    Feed,
    Outcome,
    SchoolHoliday,
)
from workflows.planning.tables import (
    CalendarFeedRow,
    ConsultationYearRow,
    DutyEscalationRow,
    DutyOutcomeRow,
    SchoolHolidayRow,
)


def year(session: Session, wanted: int) -> ConsultationYear | None:
    """Return a year that was opened."""
    row = session.get(ConsultationYearRow, wanted)
    if row is None:
        return None
    return ConsultationYear(
        year=row.year,
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        instance_id=row.instance_id,
        checked_at=row.checked_at,
        closed_at=row.closed_at,
    )


def count_in(session: Session, body_keys: Collection[str], wanted: int) -> int:
    """Count the meetings of some bodies in a year; not those that were cancelled."""
    query = select(func.count(MeetingRow.number)).where(
        MeetingRow.body_key.in_(body_keys),
        MeetingRow.status != MeetingStatus.CANCELLED,
        MeetingRow.starts_at >= local_moment(date(wanted, 1, 1), time.min),
        MeetingRow.starts_at < local_moment(date(wanted + 1, 1, 1), time.min),
    )
    return session.scalar(query) or 0


def last_day_met(session: Session, body_key: str, before: date) -> datetime | None:
    """Return when a body met last before a day."""
    query = select(func.max(MeetingRow.starts_at)).where(
        MeetingRow.body_key == body_key,
        MeetingRow.status != MeetingStatus.CANCELLED,
        MeetingRow.starts_at < local_moment(before, time.min),
    )
    return session.scalar(query)


def escalations(session: Session, wanted: int) -> list[Escalation]:
    """Return the duties of a year that were told late, the newest first."""
    query = (
        select(DutyEscalationRow)
        .where(DutyEscalationRow.year == wanted)
        .order_by(DutyEscalationRow.at.desc(), DutyEscalationRow.duty_key)
    )
    return [
        Escalation(
            year=row.year,
            duty_key=row.duty_key,
            title=row.title,
            words=row.words,
            told=row.told,
            at=row.at,
        )
        for row in session.scalars(query)
    ]


def escalated(session: Session, wanted: int) -> frozenset[str]:
    """Return the keys of the duties that were told already."""
    query = select(DutyEscalationRow.duty_key).where(DutyEscalationRow.year == wanted)
    return frozenset(session.scalars(query))


def outcomes(session: Session, wanted: int) -> list[Outcome]:
    """Return how the duties of a closed year stood, in the order of their days."""
    query = (
        select(DutyOutcomeRow)
        .where(DutyOutcomeRow.year == wanted)
        .order_by(DutyOutcomeRow.due_on, DutyOutcomeRow.duty_key)
    )
    return [
        Outcome(
            duty_key=row.duty_key,
            title=row.title,
            state=row.state,
            words=row.words,
            due_on=row.due_on,
        )
        for row in session.scalars(query)
    ]


def school_holidays(session: Session, start: date, end: date) -> list[SchoolHoliday]:
    """Return the school holidays that touch the days from *start* to *end*."""
    query = (
        select(SchoolHolidayRow)
        .where(SchoolHolidayRow.starts_on <= end, SchoolHolidayRow.ends_on >= start)
        .order_by(SchoolHolidayRow.starts_on, SchoolHolidayRow.id)
    )
    return [
        SchoolHoliday(
            id=row.id, name=row.name, starts_on=row.starts_on, ends_on=row.ends_on
        )
        for row in session.scalars(query)
    ]


def feeds_of(session: Session, user_name: str) -> list[Feed]:
    """Return the calendars of somebody that still work, the newest first."""
    query = (
        select(CalendarFeedRow, BodyRow.name)
        .outerjoin(BodyRow, BodyRow.key == CalendarFeedRow.body_key)
        .where(
            CalendarFeedRow.user_name == user_name,
            CalendarFeedRow.revoked_at.is_(None),
        )
        .order_by(CalendarFeedRow.created_at.desc(), CalendarFeedRow.id.desc())
    )
    return [_to_feed(row, name) for row, name in session.execute(query)]


def feed_row(session: Session, token_hash: str) -> CalendarFeedRow | None:
    """Return the row of a calendar that still works, by the hash of its secret."""
    query = select(CalendarFeedRow).where(
        CalendarFeedRow.token_hash == token_hash,
        CalendarFeedRow.revoked_at.is_(None),
    )
    return session.scalar(query)


def entry_of(session: Session, number: str, *, site: str) -> CalendarEntry:
    """Return a meeting as a calendar shows it.

    *site* is the address of Woonflow; without it the entry has no page.
    """
    query = select(MeetingRow, BodyRow.name).join(
        BodyRow, BodyRow.key == MeetingRow.body_key
    )
    row, body_name = session.execute(query.where(MeetingRow.number == number)).one()
    return _to_entry(row, body_name, site)


def entries(
    session: Session, body_keys: Collection[str], *, since: datetime, site: str
) -> list[CalendarEntry]:
    """Return the meetings of some bodies from a moment on, cancelled ones too."""
    query = (
        select(MeetingRow, BodyRow.name)
        .join(BodyRow, BodyRow.key == MeetingRow.body_key)
        .where(MeetingRow.body_key.in_(body_keys), MeetingRow.starts_at >= since)
        .order_by(MeetingRow.starts_at, MeetingRow.number)
    )
    return [_to_entry(row, name, site) for row, name in session.execute(query)]


def _to_entry(row: MeetingRow, body_name: str, site: str) -> CalendarEntry:
    """A meeting is known by its process, which no other city has as well."""
    return CalendarEntry(
        uid=f"{row.instance_id or row.number}@woonflow",
        number=row.number,
        title=body_name,
        starts_at=row.starts_at,
        minutes_long=row.minutes_long,
        place=row.place,
        sequence=row.version - 1,
        changed_at=row.changed_at or row.planned_at,
        cancelled=row.status is MeetingStatus.CANCELLED,
        url=f"{site.rstrip('/')}/overleg/vergaderingen/{row.number}" if site else "",
    )


def _to_feed(row: CalendarFeedRow, body_name: str | None) -> Feed:
    return Feed(
        id=row.id,
        user_name=row.user_name,
        body_key=row.body_key,
        body_name=body_name,
        created_at=row.created_at,
        last_read_on=row.last_read_on,
    )
