"""Built-ins that take lists apart and put them together."""

from collections.abc import Iterator
from decimal import Decimal
from functools import cmp_to_key
from typing import Final

from engine.feel.comparison import less, same
from engine.feel.functions.signature import Room
from engine.feel.run import Run
from engine.feel.values import Function, Value

LISTS: Final = Room("Lists")


@LISTS.function("list contains", "list: list, element: any")
def _list_contains(run: Run, items: list[Value], element: Value) -> Value:
    """Whether an item equals the element."""
    return any(same(item, element, run) for item in items)


@LISTS.function("count", "list: list")
def _count(run: Run, items: list[Value]) -> Value:
    """The number of items."""
    return Decimal(len(items))


@LISTS.function("sublist", "list: list, start position: number, length?: number")
def _sublist(
    run: Run, items: list[Value], start: Decimal, length: Decimal | None = None
) -> Value:
    """The items from a position (1 is first, -1 last), as many as asked."""
    first = _index(items, start)
    if length is None:
        return items[first:]
    if not 1 <= length <= len(items) - first:
        return None
    return items[first : first + int(length)]


def _index(items: list[Value], position: Decimal) -> int:
    number = int(position) if abs(position) <= len(items) else 0
    if not number:
        message = "no such position"
        raise ValueError(message)
    return number - 1 if number > 0 else len(items) + number


@LISTS.function("append", "list: list, item*?: any")
def _append(run: Run, items: list[Value], *more: Value) -> Value:
    """The list with items behind it."""
    return [*items, *more]


@LISTS.function("concatenate", "list*: list")
def _concatenate(run: Run, *lists: list[Value]) -> Value:
    """All lists, one behind the other."""
    return [item for items in lists for item in items]


@LISTS.function("insert before", "list: list, position: number, newItem: any")
def _insert_before(
    run: Run, items: list[Value], position: Decimal, item: Value
) -> Value:
    """The list with an item put in before a position."""
    at = _index(items, position)
    return [*items[:at], item, *items[at:]]


@LISTS.function("remove", "list: list, position: number")
def _remove(run: Run, items: list[Value], position: Decimal) -> Value:
    """The list without the item at a position."""
    at = _index(items, position)
    return [*items[:at], *items[at + 1 :]]


@LISTS.function(
    "list replace",
    "list: list, position: number, newItem: any",
    "list: list, match: function, newItem: any",
)
def _list_replace(
    run: Run, items: list[Value], where: Decimal | Function, item: Value
) -> Value:
    """The list with another item at a position, or wherever a function says so."""
    if isinstance(where, Decimal):
        at = _index(items, where)
        return [*items[:at], item, *items[at + 1 :]]
    found = [where.invoke(run, [old, item], {}) for old in items]
    if not all(isinstance(answer, bool) for answer in found):
        return None
    return [item if answer else old for old, answer in zip(items, found, strict=True)]


@LISTS.function("reverse", "list: list")
def _reverse(run: Run, items: list[Value]) -> Value:
    """The list from back to front."""
    return items[::-1]


@LISTS.function("index of", "list: list, match: any")
def _index_of(run: Run, items: list[Value], match: Value) -> Value:
    """The positions of the items that equal the match."""
    return [Decimal(at) for at, item in enumerate(items, 1) if same(item, match, run)]


@LISTS.function("union", "list*: list")
def _union(run: Run, *lists: list[Value]) -> Value:
    """All items of the lists, each once."""
    return _distinct(run, [item for items in lists for item in items])


@LISTS.function("distinct values", "list: list")
def _distinct_values(run: Run, items: list[Value]) -> Value:
    """The items, each once."""
    return _distinct(run, items)


def _distinct(run: Run, items: list[Value]) -> list[Value]:
    kept: list[Value] = []
    for item in items:
        run.meter.step(1 + len(kept) // 8)
        if not any(same(item, other, run) for other in kept):
            kept.append(item)
    return kept


@LISTS.function("flatten", "list: list")
def _flatten(run: Run, items: list[Value]) -> Value:
    """The items of all lists in the list, however deep."""
    return list(_flat(items, run))


def _flat(items: list[Value], run: Run) -> Iterator[Value]:
    for item in items:
        run.meter.step()
        if isinstance(item, list):
            yield from _flat(item, run)
        else:
            yield item


@LISTS.function("sort", "list: list, precedes?: function|null")
def _sort(run: Run, items: list[Value], precedes: Function | None = None) -> Value:
    """The items in the order of a function that tells whether one precedes another."""

    def compare(left: Value, right: Value) -> int:
        run.meter.step()
        if _precedes(run, precedes, left, right):
            return -1
        return 1 if _precedes(run, precedes, right, left) else 0

    return sorted(items, key=cmp_to_key(compare))


def _precedes(run: Run, order: Function | None, left: Value, right: Value) -> bool:
    if order is None:
        truth: Value = less(left, right, run)
    else:
        truth = order.invoke(run, [left, right], {})
    if not isinstance(truth, bool):
        message = "no order"
        raise ValueError(message)  # noqa: TRY004 - null, not a fault of ours
    return truth
