"""Groups, ranges, lists and contexts."""

from typing import Final

from engine.feel.grammar.cursor import Cursor
from engine.feel.nodes import (
    ContextLiteral,
    HalfRange,
    ListLiteral,
    Node,
    RangeLiteral,
)
from engine.feel.tokens import Mark, unquote

COMPARISON_SIGNS: Final = ("<", "<=", ">", ">=", "=", "!=")
ENDPOINT: Final = 3
"""The binding power of comparisons: an endpoint is an arithmetic expression."""


def parse_group(cursor: Cursor) -> Node:
    """Parse ``(a)``, ``(a..b]`` or ``(< a)``."""
    cursor.advance()
    if cursor.peek(*COMPARISON_SIGNS):
        node = parse_half_range(cursor)
        cursor.need(")")
        return node
    inner = cursor.expression()
    if cursor.peek(".."):
        return parse_range_end(cursor, inner, start_included=False)
    cursor.need(")")
    return inner


def parse_half_range(cursor: Cursor) -> Node:
    """Parse ``< a`` as a value."""
    symbol = cursor.advance().text
    if symbol == "!=":
        cursor.at -= 1
        cursor.fail("Met ‘!=’ kan geen interval gemaakt worden; gebruik not(...).")
    return HalfRange(symbol, cursor.expression(ENDPOINT))


def parse_range_end(cursor: Cursor, start: Node, *, start_included: bool) -> Node:
    """Parse ``..b]`` after the start of a range."""
    cursor.need("..")
    end = cursor.expression(ENDPOINT)
    if not cursor.peek("]", ")", "["):
        cursor.fail(f"Het interval is niet afgesloten; er staat {cursor.found()}.")
    closing = cursor.advance().text
    return RangeLiteral(start, end, start_included, closing == "]")


def parse_open_range(cursor: Cursor) -> Node:
    """Parse ``]a..b[``."""
    cursor.advance()
    start = cursor.expression(ENDPOINT)
    return parse_range_end(cursor, start, start_included=False)


def parse_list(cursor: Cursor) -> Node:
    """Parse ``[a, b]`` or ``[a..b]``."""
    cursor.advance()
    if cursor.take("]"):
        return ListLiteral(())
    items = [_item(cursor)]
    if cursor.peek(".."):
        return parse_range_end(cursor, items[0], start_included=True)
    while cursor.take(","):
        items.append(_item(cursor))
    cursor.need("]")
    return ListLiteral(tuple(items))


def _item(cursor: Cursor) -> Node:
    if cursor.peek(*COMPARISON_SIGNS):
        return parse_half_range(cursor)
    return cursor.expression()


def parse_context(cursor: Cursor) -> Node:
    """Parse ``{key: value, "other key": value}``."""
    cursor.advance()
    entries: list[tuple[str, Node]] = []
    seen: set[str] = set()
    with cursor.scope.block():
        while not cursor.take("}"):
            if entries:
                cursor.need(",")
            key = _key(cursor, seen)
            entries.append((key, _entry(cursor, key)))
    return ContextLiteral(tuple(entries))


def _key(cursor: Cursor, seen: set[str]) -> str:
    start = cursor.token.start
    if cursor.token.mark is Mark.STRING:
        key = unquote(cursor.advance().text)
    else:
        key = cursor.read_name(":")
    if key in seen:
        cursor.fail(f"De sleutel ‘{key}’ staat twee keer in deze context.", start)
    seen.add(key)
    cursor.need(":")
    return key


def _entry(cursor: Cursor, key: str) -> Node:
    # A function may call itself by its key; other values see an outer name.
    if cursor.peek("function"):
        cursor.scope.bind(key)
        return cursor.expression()
    value = cursor.expression()
    cursor.scope.bind(key)
    return value
