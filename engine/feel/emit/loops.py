"""Closures of loops, quantifiers and filters; each round is charged."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from engine.feel import nodes
from engine.feel.comparison import Truth, all_of, any_of
from engine.feel.emit.protocol import Emit
from engine.feel.emit.scope import Code, Scope
from engine.feel.nodes import Filter, For, Literal, Quantified
from engine.feel.ranges import walk, walk_range
from engine.feel.values import Range, Value

_Domain = Callable[[Scope], Iterable[Value] | None]


class _NoDomainError(Exception):
    """There is nothing to walk over."""


def emit_for(emit: Emit, node: For) -> Code:
    """Collect the body for each round; null when a domain can't be walked."""
    domains = _emit_domains(emit, node.iterators)
    body = _with_partial(emit(node.body)) if node.uses_partial else emit(node.body)

    def collect(scope: Scope) -> Value:
        results: list[Value] = []
        outer = Scope({"partial": results}, scope, scope.run)
        try:
            for inner in _rounds(domains, outer):
                results.append(body(inner))  # noqa: PERF401 - partial reads it
        except _NoDomainError:
            return None
        scope.run.meter.grow(len(results))
        return results

    return collect


def _with_partial(body: Code) -> Code:
    """Give each round its own copy of what was collected so far.

    Without the copy, a body could put the list inside itself.
    """

    def evaluate(scope: Scope) -> Value:
        place = scope
        while "partial" not in place.names and place.outer is not None:
            place = place.outer
        so_far = place.names["partial"]
        copied = list(so_far) if isinstance(so_far, list) else []
        scope.run.meter.grow(len(copied))
        return body(Scope({"partial": copied}, scope, scope.run))

    return evaluate


def emit_quantified(emit: Emit, node: Quantified) -> Code:
    """Conjoin or disjoin the condition over all rounds."""
    domains = _emit_domains(emit, node.iterators)
    condition = emit(node.condition)
    join, decisive = (all_of, False) if node.every else (any_of, True)

    def quantify(scope: Scope) -> Value:
        truths: list[Truth] = []
        try:
            for inner in _rounds(domains, scope):
                truth = condition(inner)
                if truth is decisive:
                    return decisive
                truths.append(truth if isinstance(truth, bool) else None)
        except _NoDomainError:
            return None
        return join(truths)

    return quantify


def _emit_domains(
    emit: Emit, iterators: tuple[nodes.Iterator, ...]
) -> list[tuple[str, _Domain]]:
    return [(iterator.name, _emit_domain(emit, iterator)) for iterator in iterators]


def _emit_domain(emit: Emit, iterator: nodes.Iterator) -> _Domain:
    start = emit(iterator.domain)
    if iterator.until is None:
        return lambda scope: _items(start(scope))
    end = emit(iterator.until)
    return lambda scope: walk(start(scope), end(scope))


def _items(value: Value) -> Iterable[Value] | None:
    if isinstance(value, list) or value is None:
        return value
    return walk_range(value) if isinstance(value, Range) else [value]


def _rounds(
    domains: list[tuple[str, _Domain]], scope: Scope, at: int = 0
) -> Iterator[Scope]:
    if at == len(domains):
        yield scope
        return
    name, domain = domains[at]
    values = domain(scope)
    if values is None:
        raise _NoDomainError
    for value in values:
        scope.run.meter.step()
        yield from _rounds(domains, Scope({name: value}, scope, scope.run), at + 1)


def emit_filter(emit: Emit, node: Filter) -> Code:
    """Pick an item by its number, or keep the items that pass a condition."""
    source, condition = emit(node.source), emit(node.condition)
    if _is_index(node.condition):
        return lambda scope: _pick(source(scope), condition(scope))

    def select(scope: Scope) -> Value:
        value = source(scope)
        if value is None:
            return None if isinstance(condition(scope), Decimal) else []
        items = _as_list(value)
        probe = condition(scope if not items else _item_scope(items[0], scope))
        if isinstance(probe, Decimal):
            return _pick(items, probe)
        return _keep(items, condition, scope)

    return select


def _is_index(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Negate):
        node = node.operand
    return isinstance(node, Literal) and isinstance(node.value, Decimal)


def _pick(value: Value, position: Value) -> Value:
    if value is None or not isinstance(position, Decimal):
        return None
    items = _as_list(value)
    number = int(position) if abs(position) <= len(items) else 0
    if not number:
        return None
    return items[number - 1 if number > 0 else number]


def _as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


def _keep(items: list[Value], condition: Code, scope: Scope) -> Value:
    scope.run.meter.step(len(items))
    kept = [item for item in items if condition(_item_scope(item, scope)) is True]
    scope.run.meter.grow(len(kept))
    return kept


def _item_scope(item: Value, scope: Scope) -> Scope:
    inner = Scope({"item": item}, scope, scope.run)
    return Scope(item, inner, scope.run) if isinstance(item, dict) else inner
