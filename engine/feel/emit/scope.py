"""Where a closure finds its variables."""

from collections.abc import Callable, Mapping
from typing import Final

from engine.feel.run import Run
from engine.feel.values import Value


class Scope:
    """Names with values, inside an *outer* scope, during one *run*."""

    __slots__ = ("names", "outer", "run")

    def __init__(
        self, names: Mapping[str, Value], outer: "Scope | None", run: Run
    ) -> None:
        self.names = names
        self.outer = outer
        self.run = run


Code = Callable[[Scope], Value]
"""A compiled expression."""

MISSING: Final = object()
