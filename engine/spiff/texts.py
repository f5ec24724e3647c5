"""The texts of a diagram: static, or a FEEL expression when they begin with ``=``."""

from dataclasses import dataclass
from functools import lru_cache

from engine.feel import Expression, compile_expression
from engine.vocabulary import FUNCTIONS

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, slots=True)
class Text:
    """A static text, taken as it is."""

    value: str


@dataclass(frozen=True, slots=True)
class Feel:
    """A FEEL expression; *source* comes without its ``=``."""

    source: str

    @property
    def compiled(self) -> Expression:
        """Return the expression, compiled once; raise ``FeelSyntaxError``."""
        return _compiled(self.source)

    @property
    def names(self) -> frozenset[str]:
        """Return the variables that the expression reads for certain."""
        return self.compiled.certain_names


Value = Text | Feel


@lru_cache(maxsize=8192)
def _compiled(source: str) -> Expression:
    return compile_expression(source, functions=FUNCTIONS)


def value(raw: str | None) -> Value | None:
    """Read a text that may be FEEL; None when it is empty."""
    stripped = (raw or "").strip()
    if not stripped:
        return None
    return feel(stripped) if stripped.startswith("=") else Text(stripped)


def feel(raw: str | None) -> Feel | None:
    """Read a text that is always FEEL; its ``=`` may be left out."""
    stripped = (raw or "").strip().removeprefix("=").strip()
    return Feel(plain_spaces(stripped)) if stripped else None


def plain_spaces(source: str) -> str:
    """Turn no-break spaces outside of string literals into plain ones.

    Editors in a browser write them by accident; in a string they are meant.
    """
    if NO_BREAK_SPACE not in source:
        return source
    pieces = []
    quoted = escaped = False
    for character in source:
        plain = character == NO_BREAK_SPACE and not quoted
        pieces.append(" " if plain else character)
        if character == '"' and not escaped:
            quoted = not quoted
        escaped = character == "\\" and not escaped
    return "".join(pieces)
