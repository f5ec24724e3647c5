"""The worker: fires timers, runs jobs and sends mail until nothing is due.

Nothing may stop it: here, and only here, every exception is caught. It is
noted on the row that it belongs to, which waits longer each time and ends in
an incident.
"""

import os
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Event
from typing import Protocol
from uuid import UUID, uuid4

import structlog

from engine import faults
from engine.errors import BpmnError, EngineError
from engine.jobs import Jobs
from engine.outbox import Outbox
from engine.persistence.conflicts import passes_by_itself
from engine.persistence.repositories.agenda import Agenda, read_agenda
from engine.persistence.repositories.jobs import Job
from engine.persistence.repositories.outbox import OutboxEntry
from engine.persistence.repositories.timers import DueTimer
from engine.persistence.unit_of_work import UnitOfWork
from engine.ports import Clock
from engine.smtp import MailTransportError, Transport
from engine.step import Variables
from engine.timers import Fired, Timers

log = structlog.get_logger()


class WorkShop(Protocol):
    """What a worker needs of the engine; ``engine.bootstrap.Engine`` is one."""

    @property
    def clock(self) -> Clock:
        """The clock of the due moments."""

    @property
    def timers(self) -> Timers:
        """The use cases of timers."""

    @property
    def jobs(self) -> Jobs:
        """The use cases of jobs."""

    @property
    def outbox(self) -> Outbox:
        """The use cases of mail."""

    def transaction(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work that commits at its end."""

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """Open a unit of work that only reads."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What a round did, for logs and figures."""

    fired: int = 0
    ran: int = 0
    sent: int = 0
    failed: int = 0

    @property
    def total(self) -> int:
        """How many things were done or tried."""
        return self.fired + self.ran + self.sent + self.failed


def worker_name() -> str:
    """Make a name that no other process has, also after a restart."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Does what is due, each piece in a transaction of its own.

    *stopping* ends a round after the piece at hand. *seen* hears of each timer
    that fired.
    """

    engine: WorkShop
    transport: Transport
    name: str = field(default_factory=worker_name)
    stopping: Event = field(default_factory=Event)
    seen: Callable[[Fired], None] = lambda _fired: None

    def listened(self, seen: Callable[[Fired], None]) -> "Worker":
        """Return this worker with somebody who hears of each timer that fires."""
        return replace(self, seen=seen)

    def fire_timers(self) -> Tally:
        """Fire all timers that are due."""
        return self._guarded(self._timer_round, "timers")

    def do_effects(self) -> Tally:
        """Run all jobs and send all mails that are due."""
        return self._guarded(self._effect_round, "effects")

    def next_timer(self) -> datetime | None:
        """Return the moment of the next timer, None when that can't be known now."""
        agenda = self._agenda()
        return None if agenda is None else agenda.timer

    def next_effect(self) -> datetime | None:
        """Return the moment of the next job or mail, None when it can't be known."""
        agenda = self._agenda()
        return None if agenda is None else agenda.effect

    def guarded_transaction(
        self, chore: str, action: Callable[[UnitOfWork], None]
    ) -> None:
        """Do *action* in a transaction; the next sweep tries again what fails."""
        try:
            with self.engine.transaction() as work:
                action(work)
        except Exception as error:  # noqa: BLE001 - a worker outlives its database
            _log_trouble(chore, error)

    def guarded(self, ask: Callable[[], bool], chore: str) -> bool:
        """Return what *ask* tells; trouble is logged, and means no."""
        try:
            return ask()
        except Exception as error:  # noqa: BLE001 - a worker outlives its database
            _log_trouble(chore, error)
            return False

    def _guarded(self, round_: Callable[[Tally], None], chore: str) -> Tally:
        tally = Tally()
        try:
            round_(tally)
        except Exception as error:  # noqa: BLE001 - the next sweep tries again
            _log_trouble(chore, error)
        if tally.total:
            log.info(
                "worked",
                chore=chore,
                fired=tally.fired,
                ran=tally.ran,
                sent=tally.sent,
                failed=tally.failed,
            )
        return tally

    def _agenda(self) -> Agenda | None:
        try:
            with self.engine.reading() as work:
                return read_agenda(work.session)
        except Exception as error:  # noqa: BLE001 - the next sweep tries again
            _log_trouble("agenda", error)
            return None

    # --- timers ---------------------------------------------------------------

    def _timer_round(self, tally: Tally) -> None:
        # One reading statement when nothing is due: no lock, no write.
        with self.engine.reading() as work:
            due_at = read_agenda(work.session).timer
        if due_at is None or due_at > self.engine.clock.now():
            return
        passed_over: set[UUID] = set()
        while not self.stopping.is_set() and self._fire_one(tally, passed_over):
            pass

    def _fire_one(self, tally: Tally, passed_over: set[UUID]) -> bool:
        timer: DueTimer | None = None
        try:
            with self.engine.transaction() as work:
                timer = self.engine.timers.claim(work, passed_over=passed_over)
                if timer is None:
                    return False
                fired = self.engine.timers.fire(work, timer)
        except Exception as error:
            if timer is None:
                raise
            passed_over.add(timer.id)
            self._note_timer(timer, error)
            tally.failed += 1
            return True
        tally.fired += 1
        self.seen(fired)
        return True

    def _note_timer(self, timer: DueTimer, error: Exception) -> None:
        _log_failure("timer", timer.element_id, timer.instance_id, error)
        if passes_by_itself(error):
            return
        with self.engine.transaction() as work:
            self.engine.timers.note_failure(work, timer, describe(error))

    # --- jobs and mail --------------------------------------------------------

    def _effect_round(self, tally: Tally) -> None:
        while not self.stopping.is_set():
            with self.engine.reading() as work:
                agenda = read_agenda(work.session)
            now = self.engine.clock.now()
            job_due = agenda.job is not None and agenda.job <= now
            mail_due = agenda.mail is not None and agenda.mail <= now
            # What is due but locked elsewhere is not ours to wait for.
            ran = job_due and self._run_one(tally)
            sent = mail_due and self._send_one(tally)
            if not ran and not sent:
                return

    def _run_one(self, tally: Tally) -> bool:
        with self.engine.transaction() as work:
            job = self.engine.jobs.lease_next(work, worker=self.name)
        if job is None:
            return False
        try:
            self._run(job)
        except Exception as error:  # noqa: BLE001 - noted on the job
            self._note_job(job, error)
            tally.failed += 1
        else:
            tally.ran += 1
        return True

    def _run(self, job: Job) -> None:
        jobs = self.engine.jobs
        try:
            outputs = self._outputs(job)
        except BpmnError as error:
            with self.engine.transaction() as work:
                jobs.throw(work, job, error)
            return
        faults.point("after_job_run")
        with self.engine.transaction() as work:
            if not jobs.complete(work, job, outputs):
                log.warning("lease_lost", element_id=job.element_id)

    def _outputs(self, job: Job) -> Variables:
        with self.engine.reading() as work:
            return self.engine.jobs.run(work, job)

    def _note_job(self, job: Job, error: Exception) -> None:
        _log_failure("job", job.element_id, job.instance_id, error)
        with self.engine.transaction() as work:
            self.engine.jobs.note_failure(work, job, describe(error))

    def _send_one(self, tally: Tally) -> bool:
        outbox = self.engine.outbox
        with self.engine.transaction() as work:
            entry = outbox.lease_next(work, worker=self.name)
        if entry is None:
            return False
        try:
            self.transport.send(outbox.message(entry))
        except Exception as error:  # noqa: BLE001 - noted on the mail
            self._note_mail(entry, error)
            tally.failed += 1
            return True
        faults.point("after_mail_sent")
        with self.engine.transaction() as work:
            outbox.note_sent(work, entry)
        tally.sent += 1
        return True

    def _note_mail(self, entry: OutboxEntry, error: Exception) -> None:
        _log_failure("mail", entry.reference, entry.instance_id, error)
        if not isinstance(error, MailTransportError):
            # A mail that can't be made will not be made by waiting.
            error = MailTransportError(describe(error), permanent=True)
        with self.engine.transaction() as work:
            self.engine.outbox.note_failure(work, entry, error)


def describe(error: Exception) -> str:
    """Return the words for an incident: our own errors speak, others are named."""
    if isinstance(error, EngineError):
        return str(error)
    return f"{type(error).__name__}: {error}"


def _log_failure(
    what: str, element: str, instance_id: UUID | None, error: Exception
) -> None:
    # Only the type: the text of an error may hold names or addresses.
    log.warning(
        "failed",
        what=what,
        element=element,
        instance_id=str(instance_id),
        error=type(error).__name__,
        passing=passes_by_itself(error),
    )


def _log_trouble(chore: str, error: Exception) -> None:
    log.error("chore_failed", chore=chore, error=type(error).__name__)
