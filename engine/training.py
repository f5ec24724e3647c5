"""The training clock: move time forward and watch the terms pass.

Every timer on the way fires at its own due moment, in order, with that moment
as the present; jobs and mails in between run too. So a jump of thirty days
gives the same cases, journals and mails as thirty days of waiting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

from engine.errors import EngineError
from engine.persistence.repositories.agenda import read_agenda
from engine.persistence.repositories.leases import LeaseRepository
from engine.persistence.repositories.training_clock import TrainingClockRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.persistence.wakeups import announce
from engine.ports import Clock
from engine.timers import Fired
from engine.worker import Tally, Worker, WorkShop, worker_name

LONGEST_JUMP = timedelta(days=400)
"""Longer than the longest term of the process family, and a guard for typing errors."""

_JUMP = "training clock"
_HOLD = timedelta(minutes=2)
"""A jump that doesn't move on for so long has died."""


class ClockMoveError(EngineError):
    """The training clock can't be moved there."""

    code = "clock_move"

    def __init__(self, now: datetime, moment: datetime) -> None:
        super().__init__(now, moment)
        self.now = now
        self.moment = moment

    def __str__(self) -> str:
        if self.moment < self.now:
            return "De klok kan alleen vooruit."
        days = LONGEST_JUMP.days
        return f"De klok kan hoogstens {days} dagen in één keer vooruit."


class MovableClock(Clock, Protocol):
    """A clock that can be put at a later moment."""

    def move_to(self, moment: datetime) -> None:
        """Let the clock show *moment* and go on from there."""


class AheadClock(Protocol):
    """A clock that runs *ahead* of the clock of the machine."""

    ahead: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a jump is: the clock stands at *at*, *share* of the way is done."""

    at: datetime
    share: float
    fired: tuple[Fired, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """What happened on the way; *complete* is False when something is still due."""

    fired: tuple[Fired, ...]
    sent: int
    ran: int
    complete: bool


class JumpUnderWayError(EngineError):
    """Somebody is moving the training clock already."""

    code = "jump_under_way"

    def __str__(self) -> str:
        return "De klok wordt al door iemand verzet. Wacht tot dat klaar is."


class Time(Protocol):
    """What a jump moves."""

    def begin(self) -> None:
        """Keep others from moving it; raise ``JumpUnderWayError`` when they do."""

    def move(self, moment: datetime, *, by: str) -> None:
        """Put the clock at *moment*."""

    def end(self) -> None:
        """Let others move it again."""

    def at_rest(self) -> bool:
        """Tell whether nobody moves it now."""


class FixedTime:
    """Moves a clock of one process, for tests and for loading the demo city."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock

    def begin(self) -> None:
        """Nobody else has this clock."""

    def move(self, moment: datetime, *, by: str) -> None:
        """Put the clock at *moment*."""
        self._clock.move_to(moment)

    def end(self) -> None:
        """Nobody else has this clock."""

    def at_rest(self) -> bool:
        """Nobody else has this clock."""
        return True


class SharedTime:
    """Moves the clock of all processes, through its row in the database.

    While a jump is under way, whoever makes it does all the work, so that it
    can tell what happened; ``at_rest`` keeps the others off.
    """

    def __init__(self, engine: WorkShop, clock: AheadClock, machine: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._machine = machine
        self._holder = worker_name()

    def begin(self) -> None:
        """Keep others from moving the clock, and from working meanwhile."""
        with self._engine.transaction() as work:
            self._hold(work)

    def move(self, moment: datetime, *, by: str) -> None:
        """Put the clock at *moment*, or less than a second later."""
        now = self._machine.now()
        ahead = timedelta(seconds=ceil((moment - now).total_seconds()))
        with self._engine.transaction() as work:
            self._hold(work)
            TrainingClockRepository(work.session).move(ahead, at=now, by=by)
        self._clock.ahead = ahead

    def end(self) -> None:
        """Let others work again; they take over the moved clock."""
        with self._engine.transaction() as work:
            LeaseRepository(work.session).give_back(_JUMP, holder=self._holder)
            announce(work.session)

    def at_rest(self) -> bool:
        """Take over a move of another process; False while a jump is under way."""
        with self._engine.reading() as work:
            ahead = TrainingClockRepository(work.session).ahead()
            # Never back: another thread may have moved on since this was read.
            self._clock.ahead = max(self._clock.ahead, ahead)
            now = self._machine.now()
            return not LeaseRepository(work.session).is_held(_JUMP, now=now)

    def _hold(self, work: UnitOfWork) -> None:
        now = self._machine.now()
        held = LeaseRepository(work.session).take(
            _JUMP, holder=self._holder, now=now, until=now + _HOLD
        )
        if not held:
            raise JumpUnderWayError


class Training:
    """The use case that moves the clock forward."""

    def __init__(self, engine: WorkShop, worker: Worker, time: Time) -> None:
        self._engine = engine
        self._worker = worker
        self._time = time

    def at_rest(self) -> bool:
        """Tell whether no jump is under way; for the duty of each process."""
        return self._time.at_rest()

    def advance_to(
        self,
        moment: datetime,
        *,
        by: str,
        progress: Callable[[Progress], None] = lambda _progress: None,
    ) -> Jump:
        """Move the clock to *moment*, stopping at everything that is due on the way.

        Raises ``ClockMoveError`` for a moment in the past or absurdly far. The
        clock ends at *moment* also when something could not be done; what that
        is stays due.
        """
        start = self._engine.clock.now()
        if not start <= moment <= start + LONGEST_JUMP:
            raise ClockMoveError(start, moment)
        journey = _Journey(start=start, end=moment, progress=progress)
        self._time.begin()
        try:
            complete = self._travel(journey, moment, by)
        finally:
            self._time.end()
        return journey.jump(complete=complete)

    def _travel(self, journey: "_Journey", moment: datetime, by: str) -> bool:
        while (stop := self._next_stop(moment)) and not journey.is_stuck:
            if stop > self._engine.clock.now():
                self._time.move(stop, by=by)
            journey.note(stop, *self._work())
        self._time.move(max(moment, self._engine.clock.now()), by=by)
        journey.tell(moment, ())
        return stop is None

    def _next_stop(self, moment: datetime) -> datetime | None:
        with self._engine.reading() as work:
            earliest = read_agenda(work.session).earliest
        return earliest if earliest is not None and earliest <= moment else None

    def _work(self) -> tuple[list[Fired], Tally]:
        fired: list[Fired] = []
        tally = self._worker.listened(fired.append).fire_timers()
        effects = self._worker.do_effects()
        tally.sent, tally.ran = effects.sent, effects.ran
        tally.failed += effects.failed
        return fired, tally


class _Journey:
    """What a jump has met so far."""

    def __init__(
        self, *, start: datetime, end: datetime, progress: Callable[[Progress], None]
    ) -> None:
        self._start = start
        self._length = max(end - start, timedelta(seconds=1))
        self._progress = progress
        self._fired: list[Fired] = []
        self._sent = 0
        self._ran = 0
        self._idle_stops = 0

    @property
    def is_stuck(self) -> bool:
        """Tell whether something stays due that nobody can do now."""
        return self._idle_stops > _IDLE_STOPS

    def note(self, at: datetime, fired: list[Fired], tally: Tally) -> None:
        """Add what was done at a stop."""
        self._fired += fired
        self._sent += tally.sent
        self._ran += tally.ran
        done = len(fired) + tally.sent + tally.ran
        self._idle_stops = 0 if done else self._idle_stops + 1
        self.tell(at, tuple(fired))

    def tell(self, at: datetime, fired: tuple[Fired, ...]) -> None:
        """Report how far we are."""
        share = (at - self._start) / self._length
        within = min(max(share, 0.0), 1.0)
        self._progress(Progress(at=at, share=within, fired=fired))

    def jump(self, *, complete: bool) -> Jump:
        """Sum up."""
        return Jump(
            fired=tuple(self._fired),
            sent=self._sent,
            ran=self._ran,
            complete=complete,
        )


# More than all tries of one failing thing: its waits are stops without result.
_IDLE_STOPS = 20
