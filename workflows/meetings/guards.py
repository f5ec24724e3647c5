"""What stands in the way of a change to a meeting, and the mark that it leaves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Never

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.model import Body
from workflows.calendar import local_day
from workflows.errors import InvalidDataError, NotAllowedNowError, OvertakenError
from workflows.meetings import repository
from workflows.meetings.model import OVER, PREPARED
from workflows.meetings.tables import AgendaPointRow, MeetingRow
from workflows.minutes.repository import approval_of
from workflows.people import repository as people

_FURTHEST = timedelta(days=3653)


def row_at(work: UnitOfWork, number: str, version: int | None) -> MeetingRow:
    """Return the locked row of a meeting; refuse when it is newer than *version*."""
    row = repository.locked_row(work.session, number)
    if version is not None and row.version != version:
        refuse_late(work, f"Vergadering {number}", row)
    return row


def refuse_late(
    work: UnitOfWork, thing: str, row: MeetingRow | AgendaPointRow
) -> Never:
    """Refuse a change on what somebody else changed first, with who and when."""
    by = people.full_name(work.session, row.changed_by) if row.changed_by else ""
    raise OvertakenError(thing, by or "iemand anders", row.changed_at or work.now)


def touch(work: UnitOfWork, row: MeetingRow | AgendaPointRow, by: str) -> None:
    """Note that a row was changed, so that who saves an older one loses."""
    row.version += 1
    row.changed_at = work.now
    row.changed_by = by
    work.session.flush()


def require_prepared(row: MeetingRow, verb: str) -> None:
    """Refuse what can only be done before a meeting is held."""
    if row.status not in PREPARED:
        sentence = f"Deze vergadering kan niet meer worden {verb}."
        raise NotAllowedNowError(
            row.number, row.status, sentence, by=row.changed_by, at=row.changed_at
        )


def require_open(work: UnitOfWork, row: MeetingRow) -> None:
    """Refuse what would change a meeting that is over, or approved minutes."""
    if row.status in OVER:
        sentence = f"Vergadering {row.number} is afgesloten of afgelast."
        raise NotAllowedNowError(
            row.number, row.status, sentence, by=row.changed_by, at=row.changed_at
        )
    approval = approval_of(work.session, row.number)
    if approval is not None:
        at, by = approval
        sentence = (
            f"Het verslag van {row.number} is goedgekeurd; er wijzigt niets meer."
        )
        raise NotAllowedNowError(row.number, "approved", sentence, by=by, at=at)


def require_short(texts: Mapping[str, str], longest: int) -> None:
    """Refuse texts that are too long, by field."""
    problems = {
        name: f"Schrijf hoogstens {longest} tekens."
        for name, text in texts.items()
        if len(text) > longest
    }
    if problems:
        raise InvalidDataError(problems)


def require_ahead(work: UnitOfWork, body: Body, starts_at: datetime) -> None:
    """Refuse a moment that is past, too far away, or after the end of the body."""
    if body.ends_on is not None and local_day(starts_at) > body.ends_on:
        raise InvalidDataError({"starts_at": f"{body.name} bestaat dan niet meer."})
    if starts_at <= work.now:
        sentence = "Kies een dag en een uur in de toekomst."
        raise InvalidDataError({"starts_at": sentence})
    if starts_at - work.now > _FURTHEST:
        sentence = "Kies een dag binnen de tien jaar."
        raise InvalidDataError({"starts_at": sentence})
