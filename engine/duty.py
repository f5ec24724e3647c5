"""A process on duty: its worker, its heartbeat, and who wakes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Protocol

import psycopg
import structlog

from engine.forgetting import forget
from engine.persistence.database import Database
from engine.persistence.unit_of_work import UnitOfWork
from engine.persistence.wakeups import listen, on_announcement
from engine.ports import Clock
from engine.recovery import beat, leave
from engine.scheduling import SWEEP, Chore, Scheduler
from engine.smtp import Transport
from engine.worker import Tally, Worker, WorkShop

log = structlog.get_logger()

RECONNECT = timedelta(seconds=5)
FORGET_EVERY = timedelta(hours=6)


class Premises(WorkShop, Protocol):
    """The engine, with its database to listen to."""

    @property
    def database(self) -> Database:
        """The database whose announcements wake us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """Where a process serves: *kind* is ``serve`` or ``worker``.

    *machine* is the real clock, also when the cases live by a training clock;
    *at_rest* is asked before each chore, which is left to others on False.
    """

    kind: str
    machine: Clock
    sweep: timedelta = SWEEP
    at_rest: Callable[[], bool] = lambda: True


class Duty:
    """Does all that is due, from ``start`` to ``stop``.

    ``woonflow worker`` does nothing else; ``woonflow serve`` has one beside
    its pages. Any number of them work on one database.
    """

    def __init__(
        self, engine: Premises, transport: Transport, posting: Posting
    ) -> None:
        self._engine = engine
        self._posting = posting
        self._stopped = Event()
        self._forget_at = posting.machine.now()
        self._worker = Worker(
            engine=engine, transport=transport, stopping=self._stopped
        )
        self._scheduler = Scheduler(
            self._chores(),
            clock=engine.clock,
            machine=posting.machine,
            sweep=posting.sweep,
        )
        self._listener = Thread(target=self._listen, name="listener", daemon=True)

    @property
    def name(self) -> str:
        """The name of this process in leases and heartbeats."""
        return self._worker.name

    def start(self) -> None:
        """Begin; what is due is done at once."""
        on_announcement(self._engine.database, self.wake)
        self._scheduler.start()
        if not self._engine.database.is_sqlite:
            self._listener.start()
        log.info("on_duty", name=self.name, kind=self._posting.kind)

    def wake(self) -> None:
        """Look at what is due, now; returns at once."""
        if not self._stopped.is_set():
            self._scheduler.wake()

    def stop(self) -> None:
        """Finish the piece at hand, give back the rest, and stop."""
        self._stopped.set()
        self._scheduler.stop()
        if self._listener.is_alive():
            self._listener.join()
        self._worker.guarded_transaction(
            "leave", lambda work: leave(work, name=self.name)
        )
        log.info("off_duty", name=self.name)

    def _chores(self) -> list[Chore]:
        worker = self._worker
        return [
            Chore(
                name="timers",
                run=self._at_rest(worker.fire_timers),
                next_due=worker.next_timer,
            ),
            Chore(
                name="effects",
                run=self._at_rest(worker.do_effects),
                next_due=worker.next_effect,
            ),
            Chore(name="heartbeat", run=self._beat, next_due=_never),
            Chore(name="forgetting", run=self._forget, next_due=_never),
        ]

    def _at_rest(self, work: Callable[[], Tally]) -> Callable[[], None]:
        def run() -> None:
            if self._worker.guarded(self._posting.at_rest, "clock"):
                work()

        return run

    def _beat(self) -> None:
        self._worker.guarded_transaction(
            "heartbeat",
            lambda work: beat(
                work,
                name=self.name,
                kind=self._posting.kind,
                machine_now=self._posting.machine.now(),
            ),
        )

    def _forget(self) -> None:
        now = self._posting.machine.now()
        if now >= self._forget_at:
            self._forget_at = now + FORGET_EVERY
            self._worker.guarded_transaction("forgetting", _forget_old)

    def _listen(self) -> None:
        while not self._stopped.is_set():
            try:
                listen(self._engine.database, self.wake, until=self._stopped)
            except psycopg.Error as error:
                # The sweep goes on without; a restart of the database ends here.
                log.warning("deaf", error=type(error).__name__)
                self._stopped.wait(RECONNECT.total_seconds())


def _forget_old(work: UnitOfWork) -> None:
    forgotten = forget(work)
    if forgotten:
        log.info("forgotten", rows=forgotten)


def _never() -> datetime | None:
    return None
