"""Cuts a text into tokens."""

import re
import sys
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NoReturn

from engine.feel.errors import FeelSyntaxError

MAX_TEXT: Final = 100_000
"""Characters in one expression."""


class Mark(StrEnum):
    """What a token is."""

    NUMBER = "number"
    STRING = "string"
    WORD = "word"
    SIGN = "sign"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text, from offset *start* to *end*."""

    mark: Mark
    text: str
    start: int
    end: int


_TOKEN: Final = re.compile(
    r"(?P<blank>\s+|//[^\n]*|/\*.*?\*/)"
    r"|(?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)"
    r'|(?P<string>"(?:\\.|[^"\\])*")'
    r"|(?P<word>[^\W\d][\w']*|\?|[\U00010000-\U000EFFFF][\w\U00010000-\U000EFFFF]*)"
    r"|(?P<sign>\.\.|\*\*|<=|>=|!=|->|[-+*/=<>()\[\]{},.:@])",
    re.DOTALL,
)

_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_SIMPLE: Final = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}


def tokenize(text: str) -> list[Token]:
    """Return the tokens of *text*, the last one marked END."""
    if len(text) > MAX_TEXT:
        refuse(text, 0, f"De expressie is langer dan {MAX_TEXT} tekens.")
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            _refuse_character(text, at)
        if match.lastgroup and match.lastgroup != "blank":
            tokens.append(Token(Mark(match.lastgroup), match[0], at, match.end()))
        at = match.end()
    tokens.append(Token(Mark.END, "", at, at))
    return tokens


def refuse(text: str, at: int, message: str) -> NoReturn:
    """Raise ``FeelSyntaxError`` for the place *at* in *text*."""
    before = text[:at]
    line = before.count("\n") + 1
    column = at - (before.rfind("\n") + 1) + 1
    raise FeelSyntaxError(message, line, column)


def _refuse_character(text: str, at: int) -> NoReturn:
    if text[at] == '"':
        refuse(text, at, "De tekst tussen aanhalingstekens is niet afgesloten.")
    if text.startswith("/*", at):
        refuse(text, at, "De commentaar /* is niet afgesloten met */.")
    refuse(text, at, f"Het teken ‘{text[at]}’ hoort niet in een expressie.")


def unquote(literal: str) -> str:
    """Return the text that a string literal stands for."""
    if "\\" not in literal:
        return literal[1:-1]
    unescaped = _ESCAPE.sub(_unescape, literal[1:-1])
    # Two \u escapes may be the halves of one character.
    return unescaped.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    if code:
        point = int(code, 16)
        return chr(point) if point <= sys.maxunicode else "\ufffd"
    return _SIMPLE.get(match[3], match[0])
