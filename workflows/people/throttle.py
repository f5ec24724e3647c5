"""How failed sign-ins slow down the next ones, under a name and at an address."""

from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from engine.persistence.unit_of_work import UnitOfWork
from workflows.people.tables import LoginThrottleRow

FREE_FAILURES = 5
FREE_OF_ADDRESS = 50
"""Of all people behind one address: an office, or a proxy before the site."""
FIRST_BLOCK = timedelta(seconds=30)
LONGEST_BLOCK = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)


def keys_of(user_name: str, address: str) -> dict[str, int]:
    """Return under which keys an attempt counts, with the failures that are free.

    Always in this order: two attempts never wait for each other.
    """
    return {
        f"address:{address}": FREE_OF_ADDRESS,
        f"user:{user_name.casefold()}": FREE_FAILURES,
    }


def blocked_until(work: UnitOfWork, keys: dict[str, int]) -> datetime | None:
    """Return until when an attempt must wait; None when it need not."""
    query = select(func.max(LoginThrottleRow.blocked_until)).where(
        LoginThrottleRow.key.in_(keys), LoginThrottleRow.blocked_until > work.now
    )
    return work.session.scalar(query)


def lock(work: UnitOfWork, keys: dict[str, int]) -> None:
    """Let attempts under the same key pass one by one: guesses at once all count."""
    for key in keys:
        _lock(work, key)


def count_failure(work: UnitOfWork, keys: dict[str, int]) -> None:
    """Count a failure under locked keys, and block those that had too many."""
    for key, free in keys.items():
        row = work.session.get_one(LoginThrottleRow, key)
        if work.now - row.last_failed_at > FORGOTTEN_AFTER:
            row.failures = 0
        row.failures += 1
        row.last_failed_at = work.now
        wait = block(row.failures, free=free)
        row.blocked_until = None if wait is None else work.now + wait
    work.session.flush()


def forget(work: UnitOfWork, user_name: str) -> None:
    """Forget the failures under a name; those at an address stay counted."""
    row = work.session.get_one(LoginThrottleRow, f"user:{user_name.casefold()}")
    # Not deleted: who waits for the row would find nothing to lock.
    row.failures = 0
    row.blocked_until = None
    work.session.flush()


def block(failures: int, *, free: int = FREE_FAILURES) -> timedelta | None:
    """Return how long to wait after so many failures; it doubles each time."""
    if failures < free:
        return None
    doublings = min(failures - free, 10)
    return min(FIRST_BLOCK * (1 << doublings), LONGEST_BLOCK)


def _lock(work: UnitOfWork, key: str) -> None:
    query = select(LoginThrottleRow).where(LoginThrottleRow.key == key)
    fresh = query.with_for_update().execution_options(populate_existing=True)
    if work.session.scalar(fresh) is None:
        new = LoginThrottleRow(key=key, failures=0, last_failed_at=work.now)
        # Somebody else may just be first.
        with suppress(IntegrityError), work.session.begin_nested():
            work.session.add(new)
        work.session.scalars(fresh).one()
