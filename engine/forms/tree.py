"""Nested data by path."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from engine.forms.model import Path

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


def put(data: dict[str, object], key: Sequence[str], value: object) -> None:
    """Set *value* at *key* in a dictionary that is ours; inner ones are copied."""
    for part in key[:-1]:
        inner = data.get(part)
        data[part] = dict(inner) if isinstance(inner, Mapping) else {}
        data = data[part]  # type: ignore[assignment]
    data[key[-1]] = value


def drop(data: dict[str, object], key: Sequence[str]) -> None:
    """Remove *key* from a dictionary that is ours; inner ones are copied."""
    for part in key[:-1]:
        inner = data.get(part)
        if not isinstance(inner, Mapping):
            return
        data[part] = dict(inner)
        data = data[part]  # type: ignore[assignment]
    data.pop(key[-1], None)


def html_name(path: Path) -> str:
    """Return the name of a control: ``findings[0].room``."""
    name = ""
    for part in path:
        if isinstance(part, int):
            name += f"[{part}]"
        else:
            name += f".{part}" if name else part
    return name
