"""What lies in a range, and what a range or list holds as a test."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from engine.feel.comparison import (
    Truth,
    all_of,
    any_of,
    at_least,
    at_most,
    equal,
    less,
    more,
)
from engine.feel.numbers import whole
from engine.feel.run import Run
from engine.feel.values import Range, Value


def contains(scope: Range, value: Value, run: Run) -> Truth:
    """Tell whether *value* lies in the range; null when it can't be compared."""
    above = at_least if scope.start_included else more
    below = at_most if scope.end_included else less
    truths: list[Truth] = []
    if scope.start is not None:
        truths.append(above(value, scope.start, run))
    if scope.end is not None:
        truths.append(below(value, scope.end, run))
    return all_of(truths)


def satisfies(value: Value, test: Value, run: Run) -> Truth:
    """Tell whether *value* passes a test that is itself a value.

    A range holds it, a list has it (or holds a range that has it), anything
    else equals it.
    """
    if isinstance(test, Range):
        return contains(test, value, run)
    if not isinstance(test, list):
        return equal(value, test, run)
    run.meter.step(len(test))
    if isinstance(value, list) and equal(value, test, run) is True:
        return True
    return any_of([satisfies(value, item, run) for item in test]) or False


def build_range(start: Value, end: Value, *, start_in: bool, end_in: bool) -> Value:
    """Make a range; null when its endpoints can't be put in order."""
    if start is None or end is None or type(start) is not type(end):
        return None
    if at_most(start, end, Run()) is not True:
        return None
    return Range(start=start, end=end, start_included=start_in, end_included=end_in)


def unbounded(operator: str, endpoint: Value) -> Value:
    """Make the range of ``< 5`` and its like; null when it has none."""
    if endpoint is None:
        return None
    if operator == "=":
        return Range(start=endpoint, end=endpoint)
    closed = operator.endswith("=")
    if operator.startswith("<"):
        return Range(
            start=None, end=endpoint, start_included=False, end_included=closed
        )
    return Range(start=endpoint, end=None, start_included=closed, end_included=False)


def walk(start: Value, end: Value) -> Iterator[Value] | None:
    """Walk whole numbers or days from *start* to *end*, up or down; None if not so."""
    if isinstance(start, Decimal) and isinstance(end, Decimal):
        return _walk_numbers(start, end)
    if type(start) is date and type(end) is date:
        return _walk_days(start, end)
    return None


def _walk_numbers(start: Decimal, end: Decimal) -> Iterator[Value] | None:
    first, last = whole(start), whole(end)
    if first is None or last is None:
        return None
    direction = 1 if last >= first else -1
    return (Decimal(number) for number in range(first, last + direction, direction))


def _walk_days(start: date, end: date) -> Iterator[Value]:
    count = (end - start).days
    direction = 1 if count >= 0 else -1
    return (start + timedelta(days=direction * day) for day in range(abs(count) + 1))


def walk_range(scope: Range) -> Iterator[Value] | None:
    """Walk a closed or half-open range of whole numbers or days."""
    steps = walk(scope.start, scope.end)
    if steps is None:
        return None
    return (
        value
        for value in steps
        if (scope.start_included or value != scope.start)
        and (scope.end_included or value != scope.end)
    )
