"""Nested data by path."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, TypeVar, cast

from engine.forms.model import Path

T = TypeVar("T")

ORIGIN: Final = "#"
"""In a row: the number of the stored row that it was, empty for a new row."""


class Missing(Enum):
    """Nothing is there, not even null."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


def lookup(data: object, path: Path) -> object:
    """Return what stands at *path*, or ``MISSING``."""
    for part in path:
        if isinstance(part, str):
            if not isinstance(data, Mapping) or part not in data:
                return MISSING
            data = data[part]
        else:
            if not isinstance(data, Sequence) or isinstance(data, str):
                return MISSING
            if not 0 <= part < len(data):
                return MISSING
            data = data[part]
    return data


def put(data: dict[str, T], key: Sequence[str], value: T) -> None:
    """Set *value* at *key* in a dictionary that is ours; inner ones are copied."""
    _holder(data, key)[key[-1]] = value


def drop(data: dict[str, T], key: Sequence[str]) -> None:
    """Remove *key* from a dictionary that is ours; inner ones are copied."""
    if lookup(data, tuple(key)) is not MISSING:
        _holder(data, key).pop(key[-1])


def _holder(data: dict[str, T], key: Sequence[str]) -> dict[str, T]:
    """Return a fresh copy of the dictionary around the end of *key*, put in place."""
    for part in key[:-1]:
        inner = data.get(part)
        copy: dict[str, T] = dict(inner) if isinstance(inner, dict) else {}
        data[part] = cast("T", copy)
        data = copy
    return data


def html_name(path: Path) -> str:
    """Return the name of a control: ``findings[0].room``."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{part}" if name else part
    return name
