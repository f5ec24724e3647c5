"""Equality and order, with null for what can't be compared (DMN 1.5, 10.3.2.13)."""

import operator
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any, Final

from engine.feel.run import Run
from engine.feel.temporal import instant
from engine.feel.values import Kind, Range, Value, kind

Truth = bool | None

_MOMENTS: Final = frozenset({Kind.TIME, Kind.DATE_AND_TIME})
_ORDERED: Final = frozenset(
    {Kind.NUMBER, Kind.STRING, Kind.DATE, Kind.DAYS_TIME, Kind.YEARS_MONTHS}
)


def equal(left: Value, right: Value, run: Run) -> Truth:
    """Tell whether both are equal; null when their kinds differ.

    Null equals null only. A list of one is compared by its item with what is
    no list.
    """
    if type(left) is type(right) and type(left) in {str, Decimal, bool}:
        return left == right
    if left is None or right is None:
        return left is right
    left, right = _unwrapped(left, right), _unwrapped(right, left)
    if kind(left) is not kind(right):
        return False if left is None or right is None else None
    return _EQUALITIES.get(kind(left), _plainly)(left, right, run)


def _unwrapped(value: Value, other: Value) -> Value:
    if isinstance(value, list) and len(value) == 1 and not isinstance(other, list):
        return value[0]
    return value


def _plainly(left: Value, right: Value, run: Run) -> Truth:
    return left == right


def _moments(left: date | time, right: date | time, run: Run) -> Truth:
    return instant(left) == instant(right)


def _lists(left: list[Value], right: list[Value], run: Run) -> Truth:
    if len(left) != len(right):
        return False
    run.meter.step(len(left))
    return all(
        equal(one, other, run) is True for one, other in zip(left, right, strict=True)
    )


def _contexts(left: dict[str, Value], right: dict[str, Value], run: Run) -> Truth:
    if left.keys() != right.keys():
        return False
    run.meter.step(len(left))
    return all(equal(left[key], right[key], run) is True for key in left)


def _ranges(left: Range, right: Range, run: Run) -> Truth:
    return (
        left.start_included == right.start_included
        and left.end_included == right.end_included
        and equal(left.start, right.start, run) is True
        and equal(left.end, right.end, run) is True
    )


_EQUALITIES: Final[dict[Kind, Callable[[Any, Any, Run], Truth]]] = {
    Kind.TIME: _moments,
    Kind.DATE_AND_TIME: _moments,
    Kind.LIST: _lists,
    Kind.CONTEXT: _contexts,
    Kind.RANGE: _ranges,
}


def unequal(left: Value, right: Value, run: Run) -> Truth:
    """Tell whether both differ; null when their kinds differ."""
    answer = equal(left, right, run)
    return None if answer is None else not answer


_Order = Callable[[Any, Any], bool]


def _ordering(order: _Order) -> Callable[[Value, Value, Run], Truth]:
    def compare(left: Value, right: Value, run: Run) -> Truth:
        if type(left) is Decimal and type(right) is Decimal:
            return order(left, right)
        return _ordered(order, left, right)

    return compare


def _ordered(order: _Order, left: Value, right: Value) -> Truth:
    if left is None or right is None:
        return None
    left, right = _unwrapped(left, right), _unwrapped(right, left)
    shared = kind(left)
    if shared is not kind(right):
        return None
    if shared in _ORDERED:
        return order(left, right)
    return _moments_ordered(order, left, right) if shared in _MOMENTS else None


def _moments_ordered(order: _Order, left: Any, right: Any) -> Truth:  # noqa: ANN401
    first, second = instant(left), instant(right)
    if (first.tzinfo is None) != (second.tzinfo is None):
        return None
    return order(first, second)


Comparison = Callable[[Value, Value, Run], Truth]

less = _ordering(operator.lt)
at_most = _ordering(operator.le)
more = _ordering(operator.gt)
at_least = _ordering(operator.ge)

COMPARISONS: Final[dict[str, Comparison]] = {
    "=": equal,
    "!=": unequal,
    "<": less,
    "<=": at_most,
    ">": more,
    ">=": at_least,
}


def same(left: Value, right: Value, run: Run) -> bool:
    """Tell whether both are certainly equal."""
    return equal(left, right, run) is True


def all_of(truths: list[Truth]) -> Truth:
    """Conjoin three-valued truths."""
    if False in truths:
        return False
    return None if None in truths else True


def any_of(truths: list[Truth]) -> Truth:
    """Disjoin three-valued truths."""
    if True in truths:
        return True
    return None if None in truths else False
