"""Queries of the year and its calendars."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from workflows.bodies.tables import BodyRow
from workflows.meetings.model import MeetingStatus
from workflows.meetings.tables import MeetingRow
from workflows.planning.calendar_file import CalendarEntry


def entry_of(session: Session, number: str, *, site: str) -> CalendarEntry:
    """Return a meeting as a calendar shows it; *site* is the address of Woonflow."""
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
        url=f"{site.rstrip('/')}/overleg/vergaderingen/{row.number}",
    )
