"""Whether the site can do its work: what ``/readyz`` and the administration show."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.persistence.repositories.outbox import OutboxRepository
from engine.persistence.repositories.timers import TimerRepository
from engine.persistence.unit_of_work import UnitOfWork
from web.dutch import count
from web.services import reading

LONGEST_WAIT = timedelta(minutes=5)
"""Longer than this, something that is due should have been done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; *value* is for programs, *words* for people."""

    key: str
    name: str
    ok: bool
    value: object
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """All checks together."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether each check is well."""
        return all(check.ok for check in self.checks)


def measure() -> Health:
    """Look at everything; a database that is away fails the first check only."""
    try:
        with reading() as work:
            checks = tuple(look(work) for look in _LOOKS)
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the answer is "not ready"
        return Health(checks=(_database(ok=False, words=type(error).__name__),))
    return Health(checks=(_database(ok=True, words="antwoordt"), *checks))


def _database(*, ok: bool, words: str) -> Check:
    return Check(key="database", name="Databank", ok=ok, value=words, words=words)


def _timers(work: UnitOfWork) -> Check:
    oldest = TimerRepository(work.session).oldest_due(now=work.now)
    return _waiting("oldest_due_timer", "Termijnen", oldest, work.now)


def _outbox(work: UnitOfWork) -> Check:
    oldest = OutboxRepository(work.session).oldest_unsent()
    return _waiting("oldest_outbox_row", "Berichten", oldest, work.now)


def _waiting(key: str, name: str, since: datetime | None, now: datetime) -> Check:
    """Weigh how long the oldest thing waits that should have been done."""
    waits = timedelta() if since is None else max(now - since, timedelta())
    seconds = int(waits.total_seconds())
    words = "niets wacht"
    if seconds:
        words = f"wacht {count(seconds // 60, 'minuut', 'minuten')}"
    return Check(
        key=key, name=name, ok=waits <= LONGEST_WAIT, value=seconds, words=words
    )


_LOOKS: tuple[Callable[[UnitOfWork], Check], ...] = (_timers, _outbox)
