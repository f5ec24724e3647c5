"""How much work one evaluation may do, so that no diagram can stop the server.

Straight code costs nothing: it is bounded by the length of its text. Only what
can multiply is counted: rounds of a loop, calls, and the sizes that grow.
"""

from dataclasses import dataclass

from engine.feel.errors import BudgetError, Limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The limits of one evaluation.

    *steps* counts rounds and calls, *size* the characters and list items that
    are made, *depth* the nesting of calls to functions written in FEEL.
    """

    steps: int = 200_000
    size: int = 5_000_000
    depth: int = 60


STANDARD_BUDGET = Budget()


class Meter:
    """Counts down a budget; raises ``BudgetError`` when it is spent."""

    __slots__ = ("_budget", "_depth", "_size", "_steps")

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._steps = budget.steps
        self._size = budget.size
        self._depth = 0

    def step(self, count: int = 1) -> None:
        """Spend *count* steps."""
        self._steps -= count
        if self._steps < 0:
            raise BudgetError(Limit.STEPS, self._budget.steps)

    def grow(self, count: int) -> None:
        """Spend *count* characters or list items."""
        self._size -= count
        if self._size < 0:
            raise BudgetError(Limit.SIZE, self._budget.size)

    def enter(self) -> None:
        """Go one call deeper."""
        self._depth += 1
        if self._depth > self._budget.depth:
            raise BudgetError(Limit.DEPTH, self._budget.depth)

    def leave(self) -> None:
        """Come back from a call."""
        self._depth -= 1
