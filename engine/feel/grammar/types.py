"""The names of types: ``number``, ``list<date>``, ``context<a: string>`` and so on."""

from dataclasses import replace

from engine.feel.grammar.cursor import Cursor
from engine.feel.tokens import Mark
from engine.feel.types import NAMED_TYPES, Type


def parse_type(cursor: Cursor) -> Type:
    """Parse a type; refuse a name that is none."""
    start = cursor.token.start
    name = _type_name(cursor)
    if name not in NAMED_TYPES:
        cursor.fail(f"‘{name}’ is geen bekend type.", start)
    plain = NAMED_TYPES[name]
    if not cursor.take("<"):
        return plain
    parts = _PARTS.get(name)
    if parts is None:
        cursor.fail(f"Het type ‘{name}’ neemt geen ‘<’ na zijn naam.")
    return parts(cursor, plain)


def _type_name(cursor: Cursor) -> str:
    for name in _LONG_NAMES:
        words = name.split()
        ahead = cursor.tokens[cursor.at : cursor.at + len(words)]
        if [token.text for token in ahead] == words:
            cursor.at += len(words)
            return name
    if cursor.token.mark is not Mark.WORD:
        cursor.fail(f"Hier wordt een type verwacht, maar er staat {cursor.found()}.")
    return cursor.advance().text


_LONG_NAMES = sorted((name for name in NAMED_TYPES if " " in name), key=len)


def _with_item(cursor: Cursor, plain: Type) -> Type:
    item = _inner(cursor)
    cursor.need(">")
    return replace(plain, item=item)


def _with_entries(cursor: Cursor, plain: Type) -> Type:
    entries: dict[str, Type] = {}
    while not cursor.take(">"):
        if entries:
            cursor.need(",")
        name = cursor.read_name(":")
        cursor.need(":")
        entries[name] = _inner(cursor)
    return replace(plain, entries=entries)


def _with_parameters(cursor: Cursor, plain: Type) -> Type:
    count = 0
    while not cursor.take(">"):
        if count:
            cursor.need(",")
        _inner(cursor)
        count += 1
    cursor.need("->")
    _inner(cursor)
    return replace(plain, arity=count)


def _inner(cursor: Cursor) -> Type:
    """Parse a type inside a type, within the bound on nesting."""
    with cursor.deeper():
        return parse_type(cursor)


_PARTS = {
    "list": _with_item,
    "range": _with_item,
    "context": _with_entries,
    "function": _with_parameters,
}
