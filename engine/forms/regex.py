"""The grammar of patterns: the part of JavaScript's that is regular."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Never, TypeAlias

MAX_PATTERN = 500
MAX_REPEAT = 500
MAX_NESTING = 20


class PatternError(ValueError):
    """The pattern can't be used; the message is a Dutch sentence."""


@dataclass(frozen=True, slots=True)
class Test:
    """Accepts one character."""

    accepts: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Holds at the start or at the end of the text."""

    at_end: bool

    def place(self, length: int) -> int:
        """Return where in a text of *length* the anchor holds."""
        return length if self.at_end else 0


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: "tuple[Element, ...]"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the parts."""

    parts: "tuple[Element, ...]"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part, repeated; *most* None is without bound."""

    part: "Element"
    least: int
    most: int | None


Element: TypeAlias = "Test | Anchor | Sequence | Choice | Repeat"

_DIGITS = frozenset("0123456789")
_WORD = _DIGITS | frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")
_LETTER_CLASSES: dict[str, Callable[[str], bool]] = {
    "d": lambda one: one in _DIGITS,
    "D": lambda one: one not in _DIGITS,
    "w": lambda one: one in _WORD,
    "W": lambda one: one not in _WORD,
    "s": str.isspace,
    "S": lambda one: not one.isspace(),
}
_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_COUNTS: dict[str, tuple[int, int | None]] = {
    "*": (0, None),
    "+": (1, None),
    "?": (0, 1),
}
_HEXADECIMAL = frozenset("0123456789abcdefABCDEF")
_HEX_LENGTHS = {"x": 2, "u": 4}


def _equal(character: str) -> Callable[[str], bool]:
    return lambda one: one == character


def _between(low: str, high: str) -> Callable[[str], bool]:
    return lambda one: low <= one <= high


class Parser:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_PATTERN:
            self._refuse("is te lang")
        self._text = text
        self._at = 0
        self._depth = 0

    def parse(self) -> Element:
        """Return the pattern as a tree."""
        element = self._choice()
        if self._at < len(self._text):
            self._refuse("heeft een haakje te veel")
        return element

    def _refuse(self, why: str) -> Never:
        reason = f"Het patroon {why}."
        raise PatternError(reason)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _take(self) -> str:
        character = self._peek()
        if not character:
            self._refuse("is niet af")
        self._at += 1
        return character

    def _skip(self, token: str) -> bool:
        if not self._text.startswith(token, self._at):
            return False
        self._at += len(token)
        return True

    def _choice(self) -> Element:
        parts = [self._sequence()]
        while self._skip("|"):
            parts.append(self._sequence())
        return parts[0] if len(parts) == 1 else Choice(tuple(parts))

    def _sequence(self) -> Element:
        parts: list[Element] = []
        while self._peek() not in {"", "|", ")"}:
            parts.append(self._repeated())
        return Sequence(tuple(parts))

    def _repeated(self) -> Element:
        atom = self._atom()
        count = self._count()
        if count is None:
            return atom
        if isinstance(atom, Anchor):
            self._refuse("herhaalt een anker")
        self._skip("?")
        if self._peek() in {"*", "+"}:
            self._refuse("herhaalt een herhaling")
        return Repeat(atom, *count)

    def _count(self) -> tuple[int, int | None] | None:
        if self._peek() in _COUNTS:
            return _COUNTS[self._take()]
        if self._peek() != "{":
            return None
        inside, closing, _ = self._text[self._at + 1 :].partition("}")
        least, comma, most = inside.partition(",")
        if not closing or not least.isdecimal() or (most and not most.isdecimal()):
            return None
        self._at += len(inside) + 2
        return self._bounds(
            int(least), int(most or least) if most or not comma else None
        )

    def _bounds(self, least: int, most: int | None) -> tuple[int, int | None]:
        if max(least, most or 0) > MAX_REPEAT or (most is not None and most < least):
            self._refuse("heeft een herhaling buiten de grenzen")
        return least, most

    def _atom(self) -> Element:
        character = self._take()
        if character == "(":
            return self._group()
        if character == "[":
            return self._set()
        if character == "\\":
            return Test(self._escaped())
        if character in {"^", "$"}:
            return Anchor(character == "$")
        if character == ".":
            return Test(lambda one: one not in "\n\r")
        if character in {"*", "+", "?"}:
            self._refuse("begint met een herhaling")
        return Test(_equal(character))

    def _group(self) -> Element:
        if self._peek() == "?" and not self._skip("?:"):
            self._refuse("gebruikt '(?', wat niet ondersteund wordt")
        self._depth += 1
        if self._depth > MAX_NESTING:
            self._refuse("heeft te veel haakjes in elkaar")
        inside = self._choice()
        if not self._skip(")"):
            self._refuse("mist een haakje")
        self._depth -= 1
        return inside

    def _set(self) -> Element:
        negated = self._skip("^")
        tests: list[Callable[[str], bool]] = []
        while not self._skip("]"):
            tests.append(self._member())
        kept = tuple(tests)
        return Test(lambda one: any(test(one) for test in kept) is not negated)

    def _member(self) -> Callable[[str], bool]:
        first = self._character()
        if callable(first):
            return first
        following = self._text[self._at : self._at + 2]
        if not following.startswith("-") or following == "-]":
            return _equal(first)
        self._take()
        last = self._character()
        if callable(last) or last < first:
            self._refuse("heeft een omgekeerd bereik")
        return _between(first, str(last))

    def _character(self) -> str | Callable[[str], bool]:
        character = self._take()
        if character != "\\":
            return character
        if self._peek() in _LETTER_CLASSES:
            return _LETTER_CLASSES[self._take()]
        return self._escaped_character()

    def _escaped(self) -> Callable[[str], bool]:
        if self._peek() in _LETTER_CLASSES:
            return _LETTER_CLASSES[self._take()]
        return _equal(self._escaped_character())

    def _escaped_character(self) -> str:
        character = self._take()
        if character in _CONTROLS:
            return _CONTROLS[character]
        if character in _HEX_LENGTHS:
            return self._hexadecimal(_HEX_LENGTHS[character])
        if character.isalnum():
            self._refuse(f"gebruikt '\\{character}', wat niet ondersteund wordt")
        return character

    def _hexadecimal(self, length: int) -> str:
        digits = self._text[self._at : self._at + length]
        if len(digits) < length or not _HEXADECIMAL.issuperset(digits):
            self._refuse("heeft een onvolledige code")
        self._at += length
        return chr(int(digits, 16))
