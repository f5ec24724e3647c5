"""Unary tests: after ``in``, and in the cells of decision tables."""

from engine.feel.grammar.brackets import COMPARISON_SIGNS, ENDPOINT, parse_range_end
from engine.feel.grammar.cursor import Cursor
from engine.feel.nodes import In, Node, OperatorTest, Test, ValueTest


def parse_in(cursor: Cursor, value: Node, power: int) -> Node:
    """Parse what comes after ``in``: one test, or several in brackets."""
    if not cursor.take("("):
        return In(value, (parse_test(cursor, power),))
    tests = [parse_test(cursor)]
    if cursor.peek("..") and isinstance(tests[0], ValueTest):
        scope = parse_range_end(cursor, tests[0].operand, start_included=False)
        return In(value, (ValueTest(scope),))
    while cursor.take(","):
        tests.append(parse_test(cursor))
    cursor.need(")")
    return In(value, tuple(tests))


def parse_tests(cursor: Cursor) -> tuple[Test, ...]:
    """Parse tests with commas between."""
    tests = [parse_test(cursor)]
    while cursor.take(","):
        tests.append(parse_test(cursor))
    return tuple(tests)


def parse_test(cursor: Cursor, power: int = 0) -> Test:
    """Parse one test."""
    if cursor.peek(*COMPARISON_SIGNS):
        symbol = cursor.advance().text
        return OperatorTest(symbol, cursor.expression(ENDPOINT))
    return ValueTest(cursor.expression(power))
