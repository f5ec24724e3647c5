"""Closures of unary tests; the value under test is ``?``."""

from collections.abc import Callable, Sequence

from engine.feel.comparison import COMPARISONS, Truth, any_of
from engine.feel.emit.protocol import Emit
from engine.feel.emit.scope import Code, Scope
from engine.feel.nodes import (
    And,
    Between,
    Call,
    Compare,
    In,
    InstanceOf,
    OperatorTest,
    Or,
    Quantified,
    Test,
)
from engine.feel.ranges import satisfies
from engine.feel.values import Value

Check = Callable[[Scope, Value], Truth]

_PREDICATES = (And, Or, Compare, Between, In, InstanceOf, Quantified, Call)
"""What is a truth by itself, not a value to compare with."""


def emit_in(emit: Emit, node: In) -> Code:
    """Test a value; ``?`` is that value inside the tests."""
    value, check = emit(node.value), emit_tests(emit, node.tests)
    return lambda scope: check_value(check, value(scope), scope)


def check_value(check: Check, value: Value, scope: Scope) -> Truth:
    """Apply tests to *value*."""
    return check(Scope({"?": value}, scope, scope.run), value)


def emit_tests(emit: Emit, tests: Sequence[Test]) -> Check:
    """Pass when one of the tests passes."""
    checks = [_emit_test(emit, test) for test in tests]
    if len(checks) == 1:
        return checks[0]
    return lambda scope, value: any_of([check(scope, value) for check in checks])


def _emit_test(emit: Emit, test: Test) -> Check:
    operand = emit(test.operand)
    if isinstance(test, OperatorTest):
        compare = COMPARISONS[test.operator]
        return lambda scope, value: compare(value, operand(scope), scope.run)
    if isinstance(test.operand, _PREDICATES):
        return _predicate(operand)
    return lambda scope, value: satisfies(value, operand(scope), scope.run)


def _predicate(operand: Code) -> Check:
    def check(scope: Scope, value: Value) -> Truth:
        result = operand(scope)
        if isinstance(result, bool) and not isinstance(value, bool):
            return result
        return satisfies(value, result, scope.run)

    return check
