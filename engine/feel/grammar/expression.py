"""Expressions by binding power, from ``or`` (loosest) to calls (tightest)."""

from collections.abc import Callable
from typing import Final

from engine.feel.grammar import brackets, forms, types
from engine.feel.grammar.calls import parse_call
from engine.feel.grammar.cursor import Cursor
from engine.feel.grammar.scope import KEYWORDS
from engine.feel.grammar.tests import parse_in
from engine.feel.nodes import (
    And,
    Arithmetic,
    Between,
    Compare,
    Filter,
    InstanceOf,
    Literal,
    Name,
    Negate,
    Node,
    Or,
    Path,
)
from engine.feel.numbers import parse_number
from engine.feel.temporal import parse_temporal
from engine.feel.tokens import Mark, unquote

_OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _SIGN = range(1, 8)
_MAX_CHAIN: Final = 60
_NO_FILTER_STARTS: Final = frozenset(
    ") ] } , : . .. = != < <= > >= and or then else return satisfies in between"  # noqa: SIM905
    " instance".split()
)


def parse_expression(cursor: Cursor, power: int) -> Node:
    """Parse an operand and all operators after it that bind tighter than *power*."""
    node = _operand(cursor)
    for _ in range(_MAX_CHAIN):
        level, build = _INFIX.get(cursor.symbol, (0, None))
        if build is None or level <= power:
            return node
        node = build(cursor, node)
    return cursor.fail("Te veel vergelijkingen na elkaar; splits de expressie.")


def _operand(cursor: Cursor) -> Node:
    prefix = _PREFIX.get(cursor.symbol)
    if cursor.peek("function") and cursor.ahead().text != "(":
        prefix = None
    node = _primary(cursor) if prefix is None else prefix(cursor)
    return _postfix(cursor, node)


def _postfix(cursor: Cursor, node: Node) -> Node:
    for _ in range(_MAX_CHAIN):
        build = _POSTFIX.get(cursor.symbol)
        if build is None or (cursor.peek("[") and _closes_range(cursor)):
            return node
        node = build(cursor, node)
    return cursor.fail("Te veel punten of haken na elkaar; splits de expressie.")


def _closes_range(cursor: Cursor) -> bool:
    token = cursor.ahead()
    return token.mark is Mark.END or token.text in _NO_FILTER_STARTS


def _primary(cursor: Cursor) -> Node:
    token = cursor.token
    if token.mark is Mark.NUMBER:
        return Literal(parse_number(cursor.advance().text))
    if token.mark is Mark.STRING:
        return Literal(unquote(cursor.advance().text))
    if token.mark is Mark.WORD:
        return _name(cursor)
    return cursor.fail(
        f"Hier wordt een waarde verwacht, maar er staat {cursor.found()}."
    )


def _name(cursor: Cursor) -> Node:
    start = cursor.token.start
    name = _known_name(cursor)
    if name is None:
        name = cursor.advance().text
        if name in KEYWORDS:
            cursor.at -= 1
            cursor.fail(f"Het woord ‘{name}’ kan hier niet staan.")
        _refuse_two_words(cursor, name)
    if not cursor.peek("("):
        cursor.scope.use(name)
    return Name(name, start)


def _known_name(cursor: Cursor) -> str | None:
    scope = cursor.scope
    found = scope.known.match(cursor.tokens, cursor.at) or _built_in(cursor)
    if found is None:
        return None
    cursor.at += found[1]
    return found[0]


def _built_in(cursor: Cursor) -> tuple[str, int] | None:
    found = cursor.scope.built_in.match(cursor.tokens, cursor.at)
    if found is None or cursor.ahead(found[1]).text == "(":
        return found
    # ‘date and time’ without a call is two variables and an operator.
    return None if " and " in found[0] else found


def _refuse_two_words(cursor: Cursor, name: str) -> None:
    token = cursor.token
    if token.mark is Mark.WORD and token.text not in KEYWORDS:
        cursor.fail(
            f"De naam ‘{name} {token.text}’ is niet bekend."
            " Controleer de schrijfwijze, of zet een operator tussen beide woorden."
        )


def _path(cursor: Cursor, source: Node) -> Node:
    cursor.advance()
    found = cursor.scope.known.match(cursor.tokens, cursor.at)
    if found:
        cursor.at += found[1]
        return Path(source, found[0])
    first = cursor.advance()
    if first.mark is not Mark.WORD:
        cursor.fail(
            f"Na het punt wordt een naam verwacht, geen ‘{first.text}’.", first.start
        )
    words = [first.text]
    while cursor.token.mark is Mark.WORD and cursor.token.text not in KEYWORDS:
        words.append(cursor.advance().text)
    return Path(source, " ".join(words))


def _filter(cursor: Cursor, source: Node) -> Node:
    cursor.advance()
    with cursor.scope.filter():
        condition = cursor.expression()
    cursor.need("]")
    return Filter(source, condition)


def _negate(cursor: Cursor) -> Node:
    cursor.advance()
    return Negate(cursor.expression(_SIGN))


def _at_literal(cursor: Cursor) -> Node:
    cursor.advance()
    if cursor.token.mark is not Mark.STRING:
        cursor.fail("Na @ hoort een datum, tijd of duur tussen aanhalingstekens.")
    text = unquote(cursor.token.text)
    value = parse_temporal(text)
    if value is None:
        cursor.fail(
            f"‘{text}’ is geen datum, tijd of duur."
            ' Schrijf bijvoorbeeld @"2026-01-31", @"14:30:00" of @"P14D".'
        )
    cursor.advance()
    return Literal(value)


def _constant(value: bool | None) -> Callable[[Cursor], Node]:  # noqa: FBT001
    def parse(cursor: Cursor) -> Node:
        cursor.advance()
        return Literal(value)

    return parse


def _flat(kind: type[And] | type[Or], word: str, level: int) -> "_Build":
    def build(cursor: Cursor, left: Node) -> Node:
        items = [left]
        while cursor.take(word):
            items.append(cursor.expression(level))
        return kind(tuple(items))

    return build


def _arithmetic(symbols: tuple[str, ...], level: int) -> "_Build":
    def build(cursor: Cursor, left: Node) -> Node:
        rest = []
        while cursor.peek(*symbols):
            symbol = cursor.advance().text
            rest.append((symbol, cursor.expression(level)))
        return Arithmetic(left, tuple(rest))

    return build


def _compare(cursor: Cursor, left: Node) -> Node:
    symbol = cursor.advance().text
    return Compare(symbol, left, cursor.expression(_COMPARISON))


def _between(cursor: Cursor, value: Node) -> Node:
    cursor.advance()
    low = cursor.expression(_COMPARISON)
    cursor.need("and")
    return Between(value, low, cursor.expression(_COMPARISON))


def _in(cursor: Cursor, value: Node) -> Node:
    cursor.advance()
    return parse_in(cursor, value, _COMPARISON)


def _instance_of(cursor: Cursor, value: Node) -> Node:
    cursor.advance()
    cursor.need("of")
    return InstanceOf(value, types.parse_type(cursor))


_Build = Callable[[Cursor, Node], Node]

_INFIX: Final[dict[str, tuple[int, _Build | None]]] = {
    "or": (_OR, _flat(Or, "or", _OR)),
    "and": (_AND, _flat(And, "and", _AND)),
    **dict.fromkeys(("=", "!=", "<", "<=", ">", ">="), (_COMPARISON, _compare)),
    "between": (_COMPARISON, _between),
    "in": (_COMPARISON, _in),
    "instance": (_COMPARISON, _instance_of),
    **{sign: (_SUM, _arithmetic(("+", "-"), _SUM)) for sign in "+-"},
    **{sign: (_PRODUCT, _arithmetic(("*", "/"), _PRODUCT)) for sign in "*/"},
    "**": (_POWER, _arithmetic(("**",), _POWER)),
}

_PREFIX: Final[dict[str, Callable[[Cursor], Node]]] = {
    "true": _constant(True),  # noqa: FBT003
    "false": _constant(False),  # noqa: FBT003
    "null": _constant(None),
    "-": _negate,
    "@": _at_literal,
    "(": brackets.parse_group,
    "[": brackets.parse_list,
    "]": brackets.parse_open_range,
    "{": brackets.parse_context,
    "if": forms.parse_if,
    "for": forms.parse_for,
    "some": forms.parse_quantified,
    "every": forms.parse_quantified,
    "function": forms.parse_function,
}

_POSTFIX: Final[dict[str, _Build]] = {
    ".": _path,
    "[": _filter,
    "(": parse_call,
}
