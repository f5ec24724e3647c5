"""Calendars to subscribe to: made, read by their secret address, ended."""

import secrets
from datetime import timedelta
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies import service as body_service
from workflows.calendar import local_day
from workflows.errors import InvalidDataError, UnknownError
from workflows.people.model import Actor
from workflows.people.rights import Action, may, require
from workflows.people.service import active_actor
from workflows.people.sessions import digest
from workflows.planning import repository
from workflows.planning.calendar_file import feed
from workflows.planning.tables import CalendarFeedRow

MOST = 20
_ADDRESS = "met dit adres"
PAST = timedelta(days=120)
"""So long a meeting stays in a calendar."""


def make(work: UnitOfWork, body_key: str | None, *, by: Actor) -> str:
    """Make a calendar of one body, or of all bodies of *by*; return its secret.

    The secret is given back once and kept as a hash.
    """
    require(by, Action.READ_BODY)
    if body_key is not None:
        require(by, Action.READ_BODY, body_service.subject_of(work, body_key))
    if len(repository.feeds_of(work.session, by.name)) >= MOST:
        sentence = f"U hebt al {MOST} agenda’s; trek er eerst een in."
        raise InvalidDataError({"body_key": sentence})
    secret = secrets.token_urlsafe(32)
    row = CalendarFeedRow(
        id=new_id(work.now),
        user_name=by.name,
        body_key=body_key,
        token_hash=digest(secret),
        created_at=work.now,
    )
    work.session.add(row)
    work.session.flush()
    return secret


def revoke(work: UnitOfWork, feed_id: UUID, *, by: Actor) -> None:
    """End a calendar of one's own; its address leads nowhere from now on."""
    row = work.session.get(CalendarFeedRow, feed_id)
    if row is None or row.user_name != by.name or row.revoked_at is not None:
        raise UnknownError(feed_id, "De agenda")
    row.revoked_at = work.now
    work.session.flush()


def read(work: UnitOfWork, secret: str, *, site: str) -> bytes:
    """Return the calendar behind a secret, with what its owner may see today.

    Raise ``UnknownError`` for a secret that was never given or was taken back,
    and when its owner may not read that body any more.
    """
    row = repository.feed_row(work.session, digest(secret))
    owner = None if row is None else active_actor(work, row.user_name)
    if row is None or owner is None or not may(owner, Action.READ_BODY):
        raise UnknownError(_ADDRESS, "De agenda")
    keys = _keys(work, row, owner)
    found = repository.entries(work.session, keys, since=work.now - PAST, site=site)
    return feed(_name(work, row), found)


def needs_note(work: UnitOfWork, secret: str) -> bool:
    """Tell whether the reading of a calendar was last noted on an earlier day."""
    row = repository.feed_row(work.session, digest(secret))
    return row is not None and row.last_read_on != local_day(work.now)


def note_reading(work: UnitOfWork, secret: str) -> None:
    """Note the day on which a calendar was read."""
    row = repository.feed_row(work.session, digest(secret))
    if row is not None:
        row.last_read_on = local_day(work.now)
        work.session.flush()


def _keys(work: UnitOfWork, row: CalendarFeedRow, owner: Actor) -> list[str]:
    if row.body_key is None:
        return bodies.bodies_of(
            work.session,
            user_name=owner.name,
            organisation_ids=owner.organisation_ids,
            day=local_day(work.now),
        )
    subject = body_service.subject_of(work, row.body_key)
    if not may(owner, Action.READ_BODY, subject):
        raise UnknownError(_ADDRESS, "De agenda")
    return [row.body_key]


def _name(work: UnitOfWork, row: CalendarFeedRow) -> str:
    if row.body_key is None:
        return "Overleg"
    return bodies.body(work.session, row.body_key).name
