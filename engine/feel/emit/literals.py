"""Closures of constants, lists, contexts and ranges."""

from engine.feel.emit.protocol import Emit
from engine.feel.emit.scope import Code, Scope
from engine.feel.nodes import (
    ContextLiteral,
    HalfRange,
    ListLiteral,
    Literal,
    RangeLiteral,
)
from engine.feel.ranges import build_range, unbounded
from engine.feel.values import Value


def emit_literal(emit: Emit, node: Literal) -> Code:
    """Give the constant."""
    value = node.value
    return lambda _scope: value


def emit_list(emit: Emit, node: ListLiteral) -> Code:
    """Evaluate the items in order."""
    items = [emit(item) for item in node.items]
    return lambda scope: [item(scope) for item in items]


def emit_context(emit: Emit, node: ContextLiteral) -> Code:
    """Evaluate the entries in order, each in sight of those before it."""
    entries = [(key, emit(value)) for key, value in node.entries]

    def build(scope: Scope) -> Value:
        made: dict[str, Value] = {}
        inner = Scope(made, scope, scope.run)
        for key, code in entries:
            made[key] = code(inner)
        return made

    return build


def emit_range(emit: Emit, node: RangeLiteral) -> Code:
    """Make a range; null when its ends have no order."""
    start, end = emit(node.start), emit(node.end)
    start_in, end_in = node.start_included, node.end_included
    return lambda scope: build_range(
        start(scope), end(scope), start_in=start_in, end_in=end_in
    )


def emit_half_range(emit: Emit, node: HalfRange) -> Code:
    """Make a range that is open on one side."""
    operator, operand = node.operator, emit(node.operand)
    return lambda scope: unbounded(operator, operand(scope))
