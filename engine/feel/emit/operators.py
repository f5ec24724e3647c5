"""Closures of arithmetic and comparison."""

from engine.feel.arithmetic import OPERATIONS, negate
from engine.feel.comparison import COMPARISONS, all_of, at_least, at_most
from engine.feel.emit.protocol import Emit
from engine.feel.emit.scope import Code, Scope
from engine.feel.nodes import Arithmetic, Between, Compare, InstanceOf, Negate
from engine.feel.values import Value


def emit_negate(emit: Emit, node: Negate) -> Code:
    """Change the sign."""
    operand = emit(node.operand)
    return lambda scope: negate(operand(scope))


def emit_arithmetic(emit: Emit, node: Arithmetic) -> Code:
    """Reckon from left to right."""
    first = emit(node.first)
    if len(node.rest) == 1:
        symbol, right_node = node.rest[0]
        operation, right = OPERATIONS[symbol], emit(right_node)
        return lambda scope: operation(first(scope), right(scope), scope.run)
    rest = [(OPERATIONS[symbol], emit(operand)) for symbol, operand in node.rest]

    def reckon(scope: Scope) -> Value:
        result = first(scope)
        for operation, operand in rest:
            result = operation(result, operand(scope), scope.run)
        return result

    return reckon


def emit_compare(emit: Emit, node: Compare) -> Code:
    """Compare two values."""
    compare = COMPARISONS[node.operator]
    left, right = emit(node.left), emit(node.right)
    return lambda scope: compare(left(scope), right(scope), scope.run)


def emit_between(emit: Emit, node: Between) -> Code:
    """Tell whether a value lies between two others, both included."""
    value, low, high = emit(node.value), emit(node.low), emit(node.high)

    def test(scope: Scope) -> Value:
        middle = value(scope)
        above = at_least(middle, low(scope), scope.run)
        return all_of([above, at_most(middle, high(scope), scope.run)])

    return test


def emit_instance_of(emit: Emit, node: InstanceOf) -> Code:
    """Tell whether a value is of a type."""
    value, type_ = emit(node.value), node.type
    return lambda scope: type_.admits(value(scope))
