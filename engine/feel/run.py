"""One evaluation: its meter, its moment and its zone."""

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engine.feel.budget import STANDARD_BUDGET, Budget, Meter
from engine.feel.errors import FeelError
from engine.zone import ZONE

Clock = Callable[[], datetime]


class Run:
    """What the closures of one evaluation share.

    The clock is read at most once, so that ``now()`` is one moment throughout
    an evaluation.
    """

    __slots__ = ("_clock", "_now", "_zone", "meter")

    def __init__(
        self,
        clock: Clock | None = None,
        zone: str = ZONE,
        budget: Budget | None = None,
    ) -> None:
        self.meter = Meter(budget or STANDARD_BUDGET)
        self._clock = clock
        self._zone = zone
        self._now: datetime | None = None

    def now(self) -> datetime:
        """Return the moment of this evaluation in its zone."""
        if self._now is None:
            self._now = self._read().astimezone(ZoneInfo(self._zone))
        return self._now

    def _read(self) -> datetime:
        if self._clock is None:
            message = (
                "Deze expressie vraagt de klok (now of today), maar op deze plaats"
                " is er geen klok. Geef het tijdstip mee als variabele."
            )
            raise FeelError(message)
        moment = self._clock()
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
