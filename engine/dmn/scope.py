"""What a compiled expression works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.feel.budget import Budget, Meter
from engine.feel.run import Clock
from engine.feel.values import Value

Context = Mapping[str, Value]


BUDGET = Budget(steps=20_000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What a decision table saw and gave: inputs by label, rules that matched."""

    inputs: tuple[tuple[str, Value], ...]
    rules: tuple[tuple[int, str], ...]


@dataclass(slots=True, kw_only=True)
class Run:
    """One evaluation; *hits* and *remarks* gather what the record will tell.

    *meter* is shared by all that belongs to one question: each call of a
    function and each round of a boxed iterator costs a step, and within it
    each FEEL expression has a budget of its own.
    """

    decision: str
    clock: Clock | None = None
    meter: Meter = field(default_factory=lambda: Meter(BUDGET))
    hits: list[Hits] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


Evaluate = Callable[[Context, Run], Value]
"""A compiled boxed expression."""
