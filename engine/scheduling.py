"""The heartbeat: APScheduler wakes the chores of this process when something is due.

Nothing is kept in APScheduler. What is due is read from our rows, so any
number of processes may run this beside each other; the jobs here only say
when to look again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Condition, Lock

from apscheduler.schedulers.background import BackgroundScheduler

from engine.ports import Clock

SWEEP = timedelta(seconds=15)
"""How long something may stay unseen when every signal is lost."""

PAUSE = timedelta(seconds=1)
"""The least time between two looks at work that is due but can't be had yet."""

_NAMESAKES = 8
"""Jobs of one name at a time: one works, one notes its wish, others are leaving."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chore:
    """Work that comes back: *run* does all that is due, *next_due* tells when more is.

    *run* must not raise: an exception would only reach the log of APScheduler.
    """

    name: str
    run: Callable[[], object]
    next_due: Callable[[], datetime | None]


class Scheduler:
    """Runs each chore at its next due moment, after a wake-up, and at each sweep.

    A chore never runs twice at a time in one process. *clock* is the clock of
    the due moments; *machine* that of APScheduler. They differ in training.
    """

    def __init__(
        self,
        chores: Sequence[Chore],
        *,
        clock: Clock,
        machine: Clock,
        sweep: timedelta = SWEEP,
    ) -> None:
        self._clock = clock
        self._machine = machine
        self._sweep = sweep
        self._rounds = [_Round(chore, self._plan) for chore in chores]
        self._gate = _Gate()
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            job_defaults={
                "coalesce": True,
                # A round guards itself, see _Round. APScheduler would drop a
                # wake-up for as long as the job of the one before has to return.
                "max_instances": _NAMESAKES,
                "misfire_grace_time": None,
            },
        )

    def start(self) -> None:
        """Begin, with a first round at once."""
        for one in self._rounds:
            self._scheduler.add_job(
                self._through_gate(one),
                "interval",
                id=f"{one.name}: sweep",
                seconds=self._sweep.total_seconds(),
                next_run_time=self._machine.now(),
            )
        self._scheduler.start()

    def stop(self) -> None:
        """Stop after the rounds that are running; a second time does nothing."""
        # APScheduler holds its lock while it waits for its threads, and a round
        # takes that lock to plan the next one: so the rounds must end first.
        self._gate.close()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def wake(self) -> None:
        """Look at every chore now; returns at once, may be called from any thread."""
        for one in self._rounds:
            if one.asks_to_run():
                self._run_at(one, self._machine.now(), why="woken")

    def _through_gate(self, one: "_Round") -> Callable[[], None]:
        def run() -> None:
            if self._gate.enter():
                try:
                    one.run()
                finally:
                    self._gate.leave()

        return run

    def _plan(self, one: "_Round", due_at: datetime | None) -> None:
        if due_at is None:
            return
        wait = due_at - self._clock.now()
        later = wait if wait > timedelta() else PAUSE
        self._run_at(one, self._machine.now() + later, why="due")

    def _run_at(self, one: "_Round", moment: datetime, *, why: str) -> None:
        # Two ids: the plan for later must not replace a wake-up of this moment.
        self._scheduler.add_job(
            self._through_gate(one),
            "date",
            id=f"{one.name}: {why}",
            run_date=moment,
            replace_existing=True,
        )


class _Gate:
    """Lets rounds in until it is closed, and waits for those inside."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._inside = 0
        self._closed = False

    def enter(self) -> bool:
        """Go in; False when the gate is closed."""
        with self._condition:
            if self._closed:
                return False
            self._inside += 1
            return True

    def leave(self) -> None:
        """Go out."""
        with self._condition:
            self._inside -= 1
            self._condition.notify_all()

    def close(self) -> None:
        """Let nobody in, and wait until everybody is out."""
        with self._condition:
            self._closed = True
            self._condition.wait_for(lambda: self._inside == 0)


class _Round:
    """A chore that is run by one thread at a time.

    Who finds it running leaves a note; the running thread then goes round
    once more, so a wake-up during a round is never lost.
    """

    def __init__(
        self, chore: Chore, plan: Callable[["_Round", datetime | None], None]
    ) -> None:
        self.name = chore.name
        self._chore = chore
        self._plan = plan
        self._lock = Lock()
        self._busy = False
        self._asked = False

    def asks_to_run(self) -> bool:
        """Note that somebody asks for a round; tell whether it must be scheduled."""
        with self._lock:
            first = not self._asked and not self._busy
            self._asked = True
            return first

    def run(self) -> None:
        """Do the chore until nobody asks for more, then plan the next time."""
        if not self._takes():
            return
        try:
            self._chore.run()
            while self._asked_again():
                self._chore.run()
        except BaseException:
            self._busy = False
            raise
        self._plan(self, self._chore.next_due())

    def _takes(self) -> bool:
        with self._lock:
            taken, self._asked = not self._busy, self._busy
            self._busy = True
            return taken

    def _asked_again(self) -> bool:
        with self._lock:
            self._busy, self._asked = self._asked, False
            return self._busy
