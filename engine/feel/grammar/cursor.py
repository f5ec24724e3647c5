"""A place in the tokens, with all that parsing needs to know."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, NoReturn

from engine.feel.grammar.scope import KEYWORDS, NameScope
from engine.feel.nodes import Node
from engine.feel.tokens import Mark, Token, refuse, tokenize

MAX_DEPTH: Final = 60
"""How deep brackets and forms may nest; bounds the stack at run time too."""

_NAME_SIGNS: Final = frozenset({".", "/", "-", "+", "*"})


class Cursor:
    """Walks the tokens of one text."""

    def __init__(
        self, text: str, scope: NameScope, parse: "Callable[[Cursor, int], Node]"
    ) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.at = 0
        self.scope = scope
        self._parse = parse
        self._depth = 0

    @property
    def token(self) -> Token:
        """The token here."""
        return self.tokens[self.at]

    def ahead(self, distance: int = 1) -> Token:
        """Return a later token, or the last."""
        return self.tokens[min(self.at + distance, len(self.tokens) - 1)]

    @property
    def symbol(self) -> str:
        """The text here when it is a word or sign, otherwise nothing."""
        token = self.token
        return token.text if token.mark in {Mark.WORD, Mark.SIGN} else ""

    def peek(self, *symbols: str) -> bool:
        """Tell whether one of these words or signs stands here."""
        return self.symbol in symbols

    def advance(self) -> Token:
        """Return the token here and go on."""
        token = self.token
        self.at = min(self.at + 1, len(self.tokens) - 1)
        return token

    def take(self, *symbols: str) -> bool:
        """Go on if one of these words or signs stands here."""
        found = self.peek(*symbols)
        if found:
            self.advance()
        return found

    def need(self, symbol: str) -> None:
        """Go past this word or sign, or refuse the text."""
        if not self.take(symbol):
            self.fail(f"Hier wordt ‘{symbol}’ verwacht, maar er staat {self.found()}.")

    def found(self) -> str:
        """Describe the token here."""
        if self.token.mark is Mark.END:
            return "niets meer"
        return f"‘{self.token.text}’"

    def fail(self, message: str, at: int | None = None) -> NoReturn:
        """Refuse the text at offset *at*, or here."""
        refuse(self.text, self.token.start if at is None else at, message)

    def expression(self, power: int = 0) -> Node:
        """Parse an expression whose operators bind tighter than *power*."""
        with self.deeper():
            return self._parse(self, power)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Go one level down; refuse a text that nests too deep."""
        if self._depth >= MAX_DEPTH:
            self.fail(
                f"De expressie is dieper genest dan {MAX_DEPTH} niveaus;"
                " splits ze in kleinere delen."
            )
        self._depth += 1
        yield
        self._depth -= 1

    def read_name(self, *stops: str) -> str:
        """Read a name that is being given, up to one of *stops*."""
        first = self.token
        if first.mark is not Mark.WORD or first.text in KEYWORDS - {"function"}:
            self.fail(f"Hier wordt een naam verwacht, maar er staat {self.found()}.")
        last = self.advance()
        while not self.peek(*stops) and self._continues_name():
            last = self.advance()
        return " ".join(self.text[first.start : last.end].split())

    def _continues_name(self) -> bool:
        mark = self.token.mark
        return mark in {Mark.WORD, Mark.NUMBER} or self.token.text in _NAME_SIGNS
