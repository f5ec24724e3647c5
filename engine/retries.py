"""When to try again, and when to give up."""

from dataclasses import dataclass, replace
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryStrategy:
    """Wait longer after each failure, up to *longest*; *attempts* tries in all."""

    attempts: int
    first: timedelta
    factor: int = 4
    longest: timedelta = timedelta(hours=6)

    def limited_to(self, attempts: int) -> "RetryStrategy":
        """Return this strategy with another number of tries, at least one."""
        return replace(self, attempts=max(attempts, 1))

    def wait(self, failures: int) -> timedelta | None:
        """Return how long to wait after this many *failures*, None to give up."""
        if failures >= self.attempts:
            return None
        # The exponent is capped: beyond it the longest wait rules anyway.
        growth: int = self.factor ** min(max(failures - 1, 0), 32)
        return min(self.first * growth, self.longest)


JOBS = RetryStrategy(attempts=3, first=timedelta(seconds=20))
"""For service tasks outside the transaction; the diagram may set its own attempts."""

MAIL = RetryStrategy(attempts=8, first=timedelta(seconds=30))
"""A mail server may be away for a working day: the last try is after some 15 hours."""

TIMERS = RetryStrategy(attempts=5, first=timedelta(seconds=5))
"""A timer fires in our own database: what fails five times needs a person."""
