"""Built-ins that make one value of a list, also called with separate arguments."""

from decimal import Decimal
from typing import Final

from engine.feel.comparison import Comparison, Truth, all_of, any_of, less, more
from engine.feel.functions.signature import Room
from engine.feel.numbers import CONTEXT
from engine.feel.run import Run
from engine.feel.values import Value

AGGREGATES: Final = Room("Aggregates")

_ONE_LIST: Final = "list: list"
_SEPARATE: Final = "n*: any"


def _items(values: tuple[Value, ...]) -> list[Value]:
    if len(values) == 1 and isinstance(values[0], list):
        return values[0]
    return list(values)


def _numbers(values: tuple[Value, ...]) -> list[Decimal]:
    items = _items(values)
    numbers = [item for item in items if isinstance(item, Decimal)]
    if len(numbers) != len(items):
        message = "not all are numbers"
        raise ValueError(message)
    return numbers


def _sum_of(numbers: list[Decimal]) -> Decimal:
    total = Decimal(0)
    for number in numbers:
        total = CONTEXT.add(total, number)
    return total


@AGGREGATES.function("min", _ONE_LIST, "c*: any")
def _min(run: Run, *values: Value) -> Value:
    """The least of numbers, texts, dates or durations; null for an empty list."""
    return _extreme(run, _items(values), less)


@AGGREGATES.function("max", _ONE_LIST, "c*: any")
def _max(run: Run, *values: Value) -> Value:
    """The greatest of numbers, texts, dates or durations; null for an empty list."""
    return _extreme(run, _items(values), more)


def _extreme(run: Run, items: list[Value], better: Comparison) -> Value:
    if not items:
        return None
    best = items[0]
    if better(best, best, run) is None:
        return None
    for item in items[1:]:
        verdict = better(item, best, run)
        if verdict is None:
            return None
        best = item if verdict else best
    return best


@AGGREGATES.function("sum", _ONE_LIST, _SEPARATE)
def _sum(run: Run, *values: Value) -> Value:
    """The sum of numbers; null for an empty list."""
    numbers = _numbers(values)
    return _sum_of(numbers) if numbers else None


@AGGREGATES.function("product", _ONE_LIST, _SEPARATE)
def _product(run: Run, *values: Value) -> Value:
    """The product of numbers; null for an empty list."""
    numbers = _numbers(values)
    result = Decimal(1)
    for number in numbers:
        result = CONTEXT.multiply(result, number)
    return result if numbers else None


@AGGREGATES.function("mean", _ONE_LIST, _SEPARATE)
def _mean(run: Run, *values: Value) -> Value:
    """The average of numbers; null for an empty list."""
    numbers = _numbers(values)
    return CONTEXT.divide(_sum_of(numbers), Decimal(len(numbers)))


@AGGREGATES.function("median", _ONE_LIST, _SEPARATE)
def _median(run: Run, *values: Value) -> Value:
    """The middle number, or the average of both middle ones."""
    numbers = sorted(_numbers(values))
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    pair = CONTEXT.add(numbers[middle - 1], numbers[middle])
    return CONTEXT.divide(pair, Decimal(2))


@AGGREGATES.function("stddev", _ONE_LIST, _SEPARATE)
def _stddev(run: Run, *values: Value) -> Value:
    """The standard deviation of a sample; null for fewer than two numbers."""
    numbers = _numbers(values)
    mean = CONTEXT.divide(_sum_of(numbers), Decimal(len(numbers)))
    squares = []
    for number in numbers:
        distance = CONTEXT.subtract(number, mean)
        squares.append(CONTEXT.multiply(distance, distance))
    spread = CONTEXT.divide(_sum_of(squares), Decimal(len(numbers) - 1))
    return CONTEXT.sqrt(spread)


@AGGREGATES.function("mode", _ONE_LIST, _SEPARATE)
def _mode(run: Run, *values: Value) -> Value:
    """The numbers that occur most, in order."""
    counts: dict[Decimal, int] = {}
    for number in _numbers(values):
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return [number for number in sorted(counts) if counts[number] == most]


@AGGREGATES.function("all", _ONE_LIST, "b*: any")
def _all(run: Run, *values: Value) -> Value:
    """Whether no item is false; null when one is no boolean."""
    return all_of(_truths(_items(values)))


@AGGREGATES.function("any", _ONE_LIST, "b*: any")
def _any(run: Run, *values: Value) -> Value:
    """Whether an item is true; null when none is and one is no boolean."""
    return any_of(_truths(_items(values)))


def _truths(items: list[Value]) -> list[Truth]:
    return [item if isinstance(item, bool) else None for item in items]
