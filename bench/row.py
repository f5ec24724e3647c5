"""One measured line: what was measured, how it came out, and what was wanted."""

import statistics
from dataclasses import dataclass

ABOVE, BELOW = "≥", "≤"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What the rounds of one action took, in milliseconds.

    *cpu* is the processor time of this process only: it hardly feels the
    neighbours, but doesn't see what a database server does.
    """

    wall: list[float]
    cpu: list[float]

    @property
    def median(self):
        """The middle of the rounds."""
        return statistics.median(self.wall)

    @property
    def p95(self):
        """What one round in twenty exceeds."""
        ordered = sorted(self.wall)
        return ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]

    @property
    def cpu_median(self):
        """The middle of the processor times."""
        return statistics.median(self.cpu)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the table; *wanted* is a limit, *sense* on which side of it."""

    what: str
    value: float
    unit: str = "ms"
    p95: float | None = None
    cpu: float | None = None
    wanted: float | None = None
    sense: str = BELOW

    @property
    def is_met(self):
        """Tell whether the target is met; None when there is none."""
        if self.wanted is None:
            return None
        if self.sense == BELOW:
            return self.value <= self.wanted
        return self.value >= self.wanted


def spent_row(what, spent, wanted=None):
    """Make the row of a time."""
    return Row(
        what=what,
        value=spent.median,
        p95=spent.p95,
        cpu=spent.cpu_median,
        wanted=wanted,
    )


def ratio_row(what, one, other, wanted=None, sense=BELOW):
    """Make the row of how many times *one* takes of *other*, by their medians."""
    value = one.median / other.median
    return Row(what=what, value=value, unit="x", wanted=wanted, sense=sense)
