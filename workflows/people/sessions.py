"""Sessions: who is signed in, on which device, until when.

Only the hash of a token is stored; the browser gets the token itself once.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.people.model import UserSession
from workflows.people.tables import UserRow, UserSessionRow

LENGTH = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=5)
LONGEST_DEVICE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who holds a token; *needs_touch* when its use was noted five minutes ago."""

    user_name: str
    needs_touch: bool


def open_session(work: UnitOfWork, user_name: str, *, device: str) -> str:
    """Open a session (the password was checked); return its token."""
    token = secrets.token_urlsafe(32)
    row = UserSessionRow(
        id=new_id(work.now),
        user_name=user_name,
        token_hash=digest(token),
        device=device[:LONGEST_DEVICE],
        created_at=work.now,
        last_seen_at=work.now,
        expires_at=work.now + LENGTH,
        revoked_at=None,
    )
    work.session.add(row)
    work.session.flush()
    return token


def holder(work: UnitOfWork, token: str) -> Holder | None:
    """Return who holds this token, None when it holds no more or he may not come in."""
    query = (
        select(UserSessionRow.user_name, UserSessionRow.last_seen_at)
        .join(UserRow, UserRow.name == UserSessionRow.user_name)
        .where(*_is_live(work, token), UserRow.active)
    )
    found = work.session.execute(query).one_or_none()
    if found is None:
        return None
    name, seen_at = found
    return Holder(user_name=name, needs_touch=work.now - seen_at >= SEEN_EVERY)


def touch(work: UnitOfWork, token: str) -> None:
    """Note that the session is in use."""
    row = _live(work, token)
    if row is not None:
        row.last_seen_at = work.now
        work.session.flush()


def sessions_of(work: UnitOfWork, user_name: str) -> list[UserSession]:
    """Return the live sessions of a user, the newest first."""
    query = (
        select(UserSessionRow)
        .where(
            UserSessionRow.user_name == user_name,
            UserSessionRow.revoked_at.is_(None),
            UserSessionRow.expires_at > work.now,
        )
        .order_by(UserSessionRow.created_at.desc())
    )
    return [_to_session(row) for row in work.session.scalars(query)]


def end_session(work: UnitOfWork, token: str) -> None:
    """Sign out: the token holds no more."""
    _revoke(work, UserSessionRow.token_hash == digest(token))


def revoke_session(work: UnitOfWork, user_name: str, session_id: UUID) -> None:
    """End one session of a user, on whichever device."""
    _revoke(
        work, UserSessionRow.id == session_id, UserSessionRow.user_name == user_name
    )


def revoke_sessions(work: UnitOfWork, user_name: str) -> None:
    """End all sessions of a user."""
    _revoke(work, UserSessionRow.user_name == user_name)


def digest(token: str) -> str:
    """Return what is stored of a random token."""
    return sha256(token.encode()).hexdigest()


def _live(work: UnitOfWork, token: str) -> UserSessionRow | None:
    return work.session.scalar(select(UserSessionRow).where(*_is_live(work, token)))


def _is_live(work: UnitOfWork, token: str) -> tuple[ColumnElement[bool], ...]:
    return (
        UserSessionRow.token_hash == digest(token),
        UserSessionRow.revoked_at.is_(None),
        UserSessionRow.expires_at > work.now,
    )


def _revoke(work: UnitOfWork, *which: ColumnElement[bool]) -> None:
    statement = (
        update(UserSessionRow)
        .where(*which, UserSessionRow.revoked_at.is_(None))
        .values(revoked_at=work.now)
    )
    work.session.execute(statement)


def _to_session(row: UserSessionRow) -> UserSession:
    return UserSession(
        id=row.id,
        user_name=row.user_name,
        device=row.device,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
    )
