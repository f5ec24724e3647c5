"""How time passes in a story: people work on working days, at some hour."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime, time

from engine.calendar import WorkingCalendar
from workflows.calendar import local_day, local_moment

_CALENDAR = WorkingCalendar()


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """Some days later, on the first working day from then, at an hour."""

    days: int
    hour: int = 10

    def after(self, now: datetime) -> datetime:
        """Return the moment; never earlier than *now*."""
        ahead = date.fromordinal(local_day(now).toordinal() + self.days)
        day = _CALENDAR.on_or_after(ahead)
        return max(now, local_moment(day, time(self.hour)))


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """At a moment that was agreed."""

    moment: datetime

    def after(self, now: datetime) -> datetime:
        """Return the moment; never earlier than *now*."""
        return max(now, self.moment)


Story = Generator[Later | At, None, None]
