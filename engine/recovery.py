"""What a process that died leaves behind, and how the others go on with it.

An open transaction of a dead process is undone by the database. What remains
are leases: they end by themselves, and earlier when its heartbeat stops.
"""

from datetime import datetime, timedelta

from engine.persistence.repositories.heartbeats import HeartbeatRepository
from engine.persistence.repositories.jobs import JobRepository
from engine.persistence.repositories.outbox import OutboxRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.persistence.wakeups import announce

SILENCE = timedelta(minutes=1)
"""A process that is silent for so long is taken for dead (four missed beats)."""


def beat(work: UnitOfWork, *, name: str, kind: str, machine_now: datetime) -> None:
    """Write that process *name* is alive, and take over from the dead.

    A process that only seemed dead loses nothing but its leases: what it still
    finishes is not stored twice.
    """
    heartbeats = HeartbeatRepository(work.session)
    heartbeats.beat(name, kind=kind, now=machine_now)
    for silent in heartbeats.silent_since(machine_now - SILENCE):
        leave(work, name=silent)


def leave(work: UnitOfWork, *, name: str) -> None:
    """Free what process *name* has leased, and forget it."""
    JobRepository(work.session).release(name, now=work.now)
    OutboxRepository(work.session).release(name, now=work.now)
    HeartbeatRepository(work.session).forget(name)
    announce(work.session)
