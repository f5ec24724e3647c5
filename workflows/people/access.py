"""Signing in with a password, slowed down after failures.

In three steps, so that nobody waits while a password is hashed, which is slow on
purpose: ``recall`` reads, ``verify`` needs no database, ``sign_in`` writes.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select

from engine.persistence.unit_of_work import UnitOfWork
from workflows.errors import InvalidDataError
from workflows.people import repository, throttle
from workflows.people.model import Actor
from workflows.people.service import actor
from workflows.people.sessions import open_session, revoke_sessions
from workflows.people.tables import UserRow

SHORTEST_PASSWORD = 10

_HASHER = PasswordHasher()
# Verified when the user is unknown, so that the answer takes as long.
_NOBODY = _HASHER.hash(secrets.token_urlsafe())


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Who knocks, with what, from which network address, on which device."""

    user_name: str
    password: str
    address: str
    device: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """The answer: a *token* with its *actor*, or a *refusal* in Dutch.

    It is a value, not an error, because the count of failures must be
    committed.
    """

    token: str | None = None
    actor: Actor | None = None
    refusal: str | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """What is known of who knocks: the *stored* hash, or the answer already."""

    stored: str | None = None
    refused: SignIn | None = None


def set_password(work: UnitOfWork, user_name: str, password: str) -> None:
    """Give a user a password of at least ten signs; his sessions end."""
    share_password(work, [user_name], password)


def share_password(work: UnitOfWork, user_names: Iterable[str], password: str) -> None:
    """Give users one password that they may know of each other, as in a demo.

    Hashing is slow on purpose; here it is done once, so the hashes tell that the
    passwords are the same.
    """
    if len(password) < SHORTEST_PASSWORD:
        sentence = f"Kies een wachtwoord van minstens {SHORTEST_PASSWORD} tekens."
        raise InvalidDataError({"password": sentence})
    hashed = _HASHER.hash(password)
    for user_name in user_names:
        repository.user_row(work.session, user_name).password_hash = hashed
        work.session.flush()
        revoke_sessions(work, user_name)


def recall(work: UnitOfWork, attempt: Attempt) -> Recalled:
    """Return what the password must fit; who must wait is refused unread."""
    refused = _blocked(work, attempt)
    row = _row(work, attempt.user_name)
    return Recalled(stored=row.password_hash if row else None, refused=refused)


def verify(stored: str | None, password: str) -> str | None:
    """Return *stored* when *password* fits it; outside of any transaction.

    Without a stored hash it takes as long.
    """
    try:
        _HASHER.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return None
    return stored


def sign_in(work: UnitOfWork, attempt: Attempt, *, proven: str | None) -> SignIn:
    """Open a session for who proved a stored hash; commit whatever the answer is.

    Since it was proven, others may have guessed too often or the password may
    be another: both are looked at again, behind a lock.
    """
    keys = throttle.keys_of(attempt.user_name, attempt.address)
    throttle.lock(work, keys)
    refused = _blocked(work, attempt)
    if refused is not None:
        return refused
    row = _row(work, attempt.user_name)
    if row is None or not row.active or not _is_proof(row, proven):
        throttle.count_failure(work, keys)
        return SignIn(refusal="Deze gebruikersnaam en dit wachtwoord horen niet samen.")
    throttle.forget(work, row.name)
    token = open_session(work, row.name, device=attempt.device)
    return SignIn(token=token, actor=actor(work, row.name))


def _blocked(work: UnitOfWork, attempt: Attempt) -> SignIn | None:
    keys = throttle.keys_of(attempt.user_name, attempt.address)
    retry_at = throttle.blocked_until(work, keys)
    if retry_at is None:
        return None
    refusal = "Te veel mislukte pogingen. Wacht even en probeer het dan opnieuw."
    return SignIn(refusal=refusal, retry_at=retry_at)


def _row(work: UnitOfWork, user_name: str) -> UserRow | None:
    return work.session.scalar(select(UserRow).where(UserRow.name == user_name))


def _is_proof(row: UserRow, proven: str | None) -> bool:
    return proven is not None and row.password_hash == proven
