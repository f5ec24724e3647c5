"""Calls, with positional or named arguments."""

from engine.feel.grammar.cursor import Cursor
from engine.feel.nodes import Call, Name, Node
from engine.feel.tokens import Mark


def parse_call(cursor: Cursor, callee: Node) -> Node:
    """Parse ``(a, b)`` or ``(name: a, other: b)`` after *callee*."""
    start = callee.at if isinstance(callee, Name) else cursor.token.start
    if isinstance(callee, Name):
        _check_known(cursor, callee)
    cursor.advance()
    positional: list[Node] = []
    named: dict[str, Node] = {}
    while not cursor.take(")"):
        if positional or named:
            cursor.need(",")
        name = _argument_name(cursor)
        if name is None:
            positional.append(cursor.expression())
        else:
            named[name] = cursor.expression()
    if positional and named:
        cursor.fail("Gebruik ofwel alle argumenten met naam, ofwel geen.", start)
    return Call(callee, tuple(positional), tuple(named.items()), start)


def _check_known(cursor: Cursor, callee: Name) -> None:
    scope = cursor.scope
    if scope.is_bound(callee.name) or callee.name in scope.functions:
        return
    if callee.name not in scope.declared:
        cursor.fail(f"De functie ‘{callee.name}’ bestaat niet.", callee.at)
    scope.use(callee.name)


def _argument_name(cursor: Cursor) -> str | None:
    distance = 0
    while cursor.ahead(distance).mark is Mark.WORD:
        distance += 1
    if not distance or cursor.ahead(distance).text != ":":
        return None
    words = [cursor.advance().text for _ in range(distance)]
    cursor.need(":")
    return " ".join(words)
