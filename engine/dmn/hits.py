"""Hit policies: from the outputs of the rules that match to one result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from engine.dmn.errors import DecisionError
from engine.feel import compile_expression
from engine.feel.values import Value

_EQUAL = compile_expression("a = b", names=("a", "b"))
_AGGREGATES = {
    name: compile_expression(f"{name.lower()}(values)", names=("values",))
    for name in ("SUM", "MIN", "MAX")
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A rule that matches: its number from 1, and its outputs in column order."""

    number: int
    outputs: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The output columns: names, and for an order the values, highest first."""

    decision: str
    names: tuple[str, ...]
    priorities: tuple[tuple[Value, ...], ...]

    def result(self, match: Match) -> Value:
        """Return the value of one column, or a context of several."""
        if len(self.names) == 1:
            return match.outputs[0]
        return dict(zip(self.names, match.outputs, strict=True))

    def rank(self, match: Match) -> tuple[int, ...]:
        """Return the place of *match* in the order of the output values."""
        return tuple(
            next(
                (at for at, one in enumerate(order) if is_equal(one, value)), len(order)
            )
            for order, value in zip(self.priorities, match.outputs, strict=True)
        )


Policy = Callable[[Sequence[Match], Columns], Value]


def is_equal(one: Value, other: Value) -> bool:
    """Tell whether two values are equal in FEEL."""
    return _EQUAL.evaluate({"a": one, "b": other}) is True


def _place(value: Value, order: Sequence[Value]) -> int:
    places = (at for at, one in enumerate(order) if is_equal(one, value))
    return next(places, len(order))


def _numbers(matches: Sequence[Match]) -> str:
    *most, last = [str(match.number) for match in matches]
    return f"{', '.join(most)} en {last}"


def _unique(matches: Sequence[Match], columns: Columns) -> Value:
    if len(matches) > 1:
        reason = f"regels {_numbers(matches)} passen, maar de tabel is UNIQUE."
        raise DecisionError(columns.decision, reason)
    return columns.result(matches[0])


def _any(matches: Sequence[Match], columns: Columns) -> Value:
    first = columns.result(matches[0])
    if not all(is_equal(first, columns.result(match)) for match in matches[1:]):
        reason = f"regels {_numbers(matches)} geven verschillende uitkomsten (ANY)."
        raise DecisionError(columns.decision, reason)
    return first


def _first(matches: Sequence[Match], columns: Columns) -> Value:
    return columns.result(matches[0])


def _priority(matches: Sequence[Match], columns: Columns) -> Value:
    return columns.result(min(matches, key=columns.rank))


def _rule_order(matches: Sequence[Match], columns: Columns) -> Value:
    return [columns.result(match) for match in matches]


def _output_order(matches: Sequence[Match], columns: Columns) -> Value:
    return [columns.result(match) for match in sorted(matches, key=columns.rank)]


def _count(matches: Sequence[Match], columns: Columns) -> Value:
    return Decimal(len(matches))


def _aggregate(name: str) -> Policy:
    def policy(matches: Sequence[Match], columns: Columns) -> Value:
        values = [match.outputs[0] for match in matches]
        return _AGGREGATES[name].evaluate({"values": values})

    return policy


POLICIES: Mapping[str, Policy] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "RULE ORDER": _rule_order,
    "OUTPUT ORDER": _output_order,
    "COLLECT": _rule_order,
    "COLLECT SUM": _aggregate("SUM"),
    "COLLECT MIN": _aggregate("MIN"),
    "COLLECT MAX": _aggregate("MAX"),
    "COLLECT COUNT": _count,
}

ORDERED = frozenset({"PRIORITY", "OUTPUT ORDER"})
"""These need the order of the output values."""

ONE_MATCH_ENOUGH = frozenset({"FIRST"})
"""These need no rule after the first that matches."""
