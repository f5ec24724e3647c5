"""How the engine feels: figures for ``/readyz``, for alarms and for Beheer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.persistence.repositories.heartbeats import HeartbeatRepository
from engine.persistence.repositories.outbox import OutboxRepository
from engine.persistence.repositories.timers import TimerRepository
from engine.persistence.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """Ages; None where there is nothing to be old.

    *heartbeat*: since any process last worked. *timer*: how late the latest
    timer is. *mail*: how long the oldest unsent mail waits.
    """

    heartbeat: timedelta | None
    timer: timedelta | None
    mail: timedelta | None


def read_health(work: UnitOfWork, *, machine_now: datetime) -> Health:
    """Measure; *machine_now* is the real time, also in training."""
    return Health(
        heartbeat=_age(HeartbeatRepository(work.session).newest(), machine_now),
        timer=_age(TimerRepository(work.session).oldest_due(now=work.now), work.now),
        mail=_age(OutboxRepository(work.session).oldest_unsent(), work.now),
    )


def _age(since: datetime | None, now: datetime) -> timedelta | None:
    return None if since is None else max(now - since, timedelta())
