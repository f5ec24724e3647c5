"""Signing in with a password, slowed down after failures."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from engine.persistence.unit_of_work import UnitOfWork
from workflows.errors import InvalidDataError
from workflows.people import repository
from workflows.people.model import Actor
from workflows.people.service import actor
from workflows.people.sessions import open_session, revoke_sessions
from workflows.people.tables import LoginThrottleRow, UserRow

FREE_FAILURES = 5
FREE_OF_ADDRESS = 50
"""Of all people behind one address: an office, or a proxy before the site."""
FIRST_BLOCK = timedelta(seconds=30)
LONGEST_BLOCK = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)
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


def set_password(work: UnitOfWork, user_name: str, password: str) -> None:
    """Give a user a password of at least ten signs; his sessions end."""
    if len(password) < SHORTEST_PASSWORD:
        sentence = f"Kies een wachtwoord van minstens {SHORTEST_PASSWORD} tekens."
        raise InvalidDataError({"password": sentence})
    row = repository.user_row(work.session, user_name)
    row.password_hash = _HASHER.hash(password)
    work.session.flush()
    revoke_sessions(work, user_name)


def sign_in(work: UnitOfWork, attempt: Attempt) -> SignIn:
    """Check a password and open a session; commit whatever the answer is."""
    person = f"user:{attempt.user_name.casefold()}"
    free = {person: FREE_FAILURES, f"address:{attempt.address}": FREE_OF_ADDRESS}
    retry_at = _blocked_until(work, free)
    if retry_at is not None:
        refusal = "Te veel mislukte pogingen. Wacht even en probeer het dan opnieuw."
        return SignIn(refusal=refusal, retry_at=retry_at)
    row = work.session.scalar(select(UserRow).where(UserRow.name == attempt.user_name))
    if not _verified(row, attempt.password) or row is None or not row.active:
        for key, failures in free.items():
            _count_failure(work, key, free=failures)
        return SignIn(refusal="Deze gebruikersnaam en dit wachtwoord horen niet samen.")
    work.session.execute(delete(LoginThrottleRow).where(LoginThrottleRow.key == person))
    token = open_session(work, row.name, device=attempt.device)
    return SignIn(token=token, actor=actor(work, row.name))


def block(failures: int, *, free: int = FREE_FAILURES) -> timedelta | None:
    """Return how long to wait after so many failures; it doubles each time."""
    if failures < free:
        return None
    doublings = min(failures - free, 10)
    return min(FIRST_BLOCK * (1 << doublings), LONGEST_BLOCK)


def _verified(row: UserRow | None, password: str) -> bool:
    stored = row.password_hash if row is not None else None
    try:
        _HASHER.verify(stored or _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def _blocked_until(work: UnitOfWork, keys: Iterable[str]) -> datetime | None:
    query = select(func.max(LoginThrottleRow.blocked_until)).where(
        LoginThrottleRow.key.in_(keys), LoginThrottleRow.blocked_until > work.now
    )
    return work.session.scalar(query)


def _count_failure(work: UnitOfWork, key: str, *, free: int) -> None:
    row = _locked_throttle(work, key)
    if work.now - row.last_failed_at > FORGOTTEN_AFTER:
        row.failures = 0
    row.failures += 1
    row.last_failed_at = work.now
    wait = block(row.failures, free=free)
    row.blocked_until = None if wait is None else work.now + wait
    work.session.flush()


def _locked_throttle(work: UnitOfWork, key: str) -> LoginThrottleRow:
    """Return the row of a key, locked: guesses at the same time all count."""
    new = LoginThrottleRow(key=key, failures=0, last_failed_at=work.now)
    query = select(LoginThrottleRow).where(LoginThrottleRow.key == key)
    if work.session.scalar(query.with_for_update()) is None:
        # Somebody else may just be first.
        with suppress(IntegrityError), work.session.begin_nested():
            work.session.add(new)
    return work.session.scalars(query.with_for_update()).one()
