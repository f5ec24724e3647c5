"""The signs that our fonts can draw; what they can't would stop the whole document."""

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from struct import unpack_from

_FONTS = ("SourceSansPro-Regular.ttf", "DejaVuSans.ttf")
_SPACES = frozenset("\t\n\r")
_MISSING = "□"
_WHOLE_UNICODE = 12
"""The format of a table of signs that reaches past the first 65 536 (OpenType)."""


def drawable(value: object) -> object:
    """Return *value* with a box in its texts for each sign that no font has.

    A PDF/UA document refuses a sign without a picture. Signs that nobody sees,
    such as control signs, are left out.
    """
    if isinstance(value, str):
        return value if value.isascii() and value.isprintable() else _drawn(value)
    if isinstance(value, Mapping):
        return {name: drawable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(each) for each in value]
    return value


def _drawn(text: str) -> str:
    return "".join(
        sign if sign in _SPACES or ord(sign) in _known() else _stand_in(sign)
        for sign in text
    )


def _stand_in(sign: str) -> str:
    unseen = unicodedata.category(sign).startswith(("C", "M"))
    return "" if unseen else _MISSING


@cache
def _known() -> frozenset[int]:
    folder = files("workflows.documents") / "fonts"
    return frozenset(
        sign for name in _FONTS for sign in _signs_of((folder / name).read_bytes())
    )


def _signs_of(font: bytes) -> Iterator[int]:
    """Read which signs a font draws from its table ``cmap``."""
    (tables,) = unpack_from(">H", font, 4)
    for at in range(12, 12 + 16 * tables, 16):
        tag, _, start, _ = unpack_from(">4sIII", font, at)
        if tag == b"cmap":
            yield from _signs_in(font, start)


def _signs_in(font: bytes, start: int) -> Iterator[int]:
    (tables,) = unpack_from(">H", font, start + 2)
    for at in range(start + 4, start + 4 + 8 * tables, 8):
        (offset,) = unpack_from(">I", font, at + 4)
        (kind,) = unpack_from(">H", font, start + offset)
        if kind == _WHOLE_UNICODE:
            yield from _ranges(font, start + offset)


def _ranges(font: bytes, start: int) -> Iterator[int]:
    (groups,) = unpack_from(">I", font, start + 12)
    for at in range(start + 16, start + 16 + 12 * groups, 12):
        first, last = unpack_from(">II", font, at)
        yield from range(first, last + 1)
