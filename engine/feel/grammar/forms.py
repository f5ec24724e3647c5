"""``if``, ``for``, ``some``, ``every`` and ``function``."""

from engine.feel.grammar.brackets import ENDPOINT
from engine.feel.grammar.cursor import Cursor
from engine.feel.grammar.types import parse_type
from engine.feel.nodes import For, FunctionLiteral, If, Iterator, Node, Quantified
from engine.feel.types import Type


def parse_if(cursor: Cursor) -> Node:
    """Parse ``if condition then yes else no``."""
    cursor.advance()
    condition = cursor.expression()
    cursor.need("then")
    yes = cursor.expression()
    cursor.need("else")
    return If(condition, yes, cursor.expression())


def parse_for(cursor: Cursor) -> Node:
    """Parse ``for x in list, y in 1..3 return body``."""
    cursor.advance()
    with cursor.scope.block():
        iterators = _iterators(cursor)
        cursor.need("return")
        cursor.scope.bind("partial")
        start = cursor.at
        body = cursor.expression()
        words = {token.text for token in cursor.tokens[start : cursor.at]}
        return For(iterators, body, "partial" in words)


def parse_quantified(cursor: Cursor) -> Node:
    """Parse ``some x in list satisfies condition`` and its sister ``every``."""
    every = cursor.advance().text == "every"
    with cursor.scope.block():
        iterators = _iterators(cursor)
        cursor.need("satisfies")
        return Quantified(every, iterators, cursor.expression())


def _iterators(cursor: Cursor) -> tuple[Iterator, ...]:
    iterators = [_iterator(cursor)]
    while cursor.take(","):
        iterators.append(_iterator(cursor))
    return tuple(iterators)


def _iterator(cursor: Cursor) -> Iterator:
    name = cursor.read_name("in")
    cursor.need("in")
    domain = cursor.expression()
    until = cursor.expression(ENDPOINT) if cursor.take("..") else None
    cursor.scope.bind(name)
    return Iterator(name, domain, until)


def parse_function(cursor: Cursor) -> Node:
    """Parse ``function(a: number, b) body``."""
    cursor.advance()
    cursor.need("(")
    parameters: list[tuple[str, Type | None]] = []
    while not cursor.take(")"):
        if parameters:
            cursor.need(",")
        parameters.append(_parameter(cursor))
    if cursor.peek("external"):
        cursor.fail("Externe functies (Java, PMML) worden niet uitgevoerd.")
    with cursor.scope.block():
        for name, _ in parameters:
            cursor.scope.bind(name)
        body = cursor.expression()
    names = tuple(name for name, _ in parameters)
    return FunctionLiteral(names, tuple(type_ for _, type_ in parameters), body)


def _parameter(cursor: Cursor) -> tuple[str, Type | None]:
    name = cursor.read_name(":", ",", ")")
    return name, parse_type(cursor) if cursor.take(":") else None
