"""Clocks: the real one, and the training clock that an administrator moves on."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from engine.ports import Clock


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that may


@dataclass(slots=True)
class FixedClock:
    """A clock that stands still until somebody moves it."""

    moment: datetime

    def now(self) -> datetime:
        """Return the moment at which the clock stands."""
        return self.moment

    def advance(self, step: timedelta) -> None:
        """Move the clock on by *step*."""
        self.moment += step

    def move_to(self, moment: datetime) -> None:
        """Put the clock at *moment*."""
        self.moment = moment


@dataclass(slots=True)
class ShiftedClock:
    """A clock that runs *ahead* of another one."""

    behind: Clock
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """Return the moment of the other clock, moved on."""
        return self.behind.now() + self.ahead
