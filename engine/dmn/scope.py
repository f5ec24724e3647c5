"""What a compiled expression works with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.feel.run import Clock
from engine.feel.values import Value

Context = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What a decision table saw and gave: inputs by label, rules that matched."""

    inputs: tuple[tuple[str, Value], ...]
    rules: tuple[tuple[int, str], ...]


@dataclass(slots=True, kw_only=True)
class Run:
    """One evaluation; *hits* and *remarks* gather what the record will tell."""

    decision: str
    clock: Clock | None = None
    hits: list[Hits] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


Evaluate = Callable[[Context, Run], Value]
"""A compiled boxed expression."""
