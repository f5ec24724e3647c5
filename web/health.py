"""Whether the site can do its work: what ``/readyz`` and the administration show."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from engine.health import read_health
from engine.persistence.migrate import is_current
from engine.persistence.unit_of_work import UnitOfWork
from web.dutch import count
from web.services import reading, services

LONGEST_WAIT = timedelta(minutes=5)
"""Longer than this, something that is due should have been done."""

_SILENT = "geen: termijnen en berichten blijven liggen"


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
    looks: tuple[Callable[[UnitOfWork], tuple[Check, ...]], ...] = (
        _migrations,
        _ages,
    )
    try:
        with reading() as work:
            checks = tuple(check for look in looks for check in look(work))
    except Exception as error:  # noqa: BLE001 - whatever it is, we are not ready
        return Health(checks=(_database(ok=False, words=type(error).__name__),))
    return Health(checks=(_database(ok=True, words="antwoordt"), *checks))


def _database(*, ok: bool, words: str) -> Check:
    return Check(key="database", name="Databank", ok=ok, value=words, words=words)


def _migrations(work: UnitOfWork) -> tuple[Check, ...]:
    current = is_current(services().engine.database)
    words = "bijgewerkt" if current else "voer ‘woonflow migrate’ uit"
    name = "Opbouw van de databank"
    return (Check(key="migrations", name=name, ok=current, value=current, words=words),)


def _ages(work: UnitOfWork) -> tuple[Check, ...]:
    told = read_health(work, machine_now=services().wall_clock.now())
    return (
        beat(told.heartbeat),
        _age("oldest_due_timer", "Termijnen", told.timer, idle="niets wacht"),
        _age("oldest_outbox_row", "Berichten", told.mail, idle="niets wacht"),
    )


def beat(age: timedelta | None) -> Check:
    """Weigh the heartbeat: without one, nothing fires timers or sends mail."""
    weighed = _age("heartbeat_age", "Hartslag", age, idle=_SILENT)
    return weighed if age is not None else replace(weighed, ok=False)


def _age(key: str, name: str, age: timedelta | None, *, idle: str) -> Check:
    """Weigh an age in seconds; nothing to be old is well."""
    if age is None:
        return Check(key=key, name=name, ok=True, value=None, words=idle)
    seconds = int(age.total_seconds())
    words = f"{count(seconds // 60, 'minuut', 'minuten')} geleden"
    if seconds < 60:  # noqa: PLR2004 - below a minute seconds say more
        words = f"{count(seconds, 'seconde', 'seconden')} geleden"
    return Check(key=key, name=name, ok=age <= LONGEST_WAIT, value=seconds, words=words)
