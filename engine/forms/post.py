"""From the flat names of an HTML form post to nested raw values.

The form says which names are looked at; whatever else was posted is left.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from engine.forms.kinds import KEYED, SEVERAL, Kind
from engine.forms.model import Field, Path
from engine.forms.tree import ORIGIN, html_name, put

Posted = Mapping[str, Sequence[str]]
Raw = dict[str, object]

MAX_NAME = 300
MAX_ROWS = 200
"""Rows of one list; one more is kept, so that the check can see the excess."""

ADD = "_add"
REMOVE = "_remove"

_INDEX = re.compile(r"\[(\d{1,9})\]", re.ASCII)


def read(fields: Iterable[Field], posted: Posted) -> Raw:
    """Return the raw values of *fields*, rows renumbered from 0.

    The buttons ``_add`` (value: the name of a list) and ``_remove`` (value:
    the name of a row) are obeyed.
    """
    return _Reader(posted).container(fields, ())


class _Reader:
    """Reads one post."""

    def __init__(self, posted: Posted) -> None:
        self._posted = posted
        self._indexes = _indexes(posted)
        self._added = set(posted.get(ADD, ()))
        self._removed = set(posted.get(REMOVE, ()))

    def container(self, fields: Iterable[Field], path: Path) -> Raw:
        """Read the fields of the form or of a row."""
        raw: Raw = {}
        self._read_into(raw, fields, path)
        return raw

    def _read_into(self, raw: Raw, fields: Iterable[Field], path: Path) -> None:
        for field in fields:
            if field.kind is Kind.GROUP:
                self._read_into(raw, field.children, path)
            elif field.kind is Kind.LIST and field.key:
                self._read_list(raw, field, path)
            elif field.kind in KEYED and field.key:
                self._read_leaf(raw, field, path)

    def _read_leaf(self, raw: Raw, field: Field, path: Path) -> None:
        values = self._posted.get(html_name(path + field.key))
        if values is None or field.kind is Kind.EXPRESSION:
            return
        if field.kind in SEVERAL:
            put(raw, field.key, [value for value in values if value])
        else:
            put(raw, field.key, values[-1] if values else "")

    def _read_list(self, raw: Raw, field: Field, path: Path) -> None:
        own = path + field.key
        name = html_name(own)
        present = f"{name}[]" in self._posted or name in self._indexes
        if not present and name not in self._added:
            return
        indexes = sorted(self._indexes.get(name, ()))[: MAX_ROWS + 1]
        rows = [
            self._row(field, (*own, index))
            for index in indexes
            if f"{name}[{index}]" not in self._removed
        ]
        if name in self._added:
            rows.append({ORIGIN: ""})
        put(raw, field.key, rows)

    def _row(self, field: Field, path: Path) -> Raw:
        row = self.container(field.children, path)
        origin = self._posted.get(html_name(path), ())
        row[ORIGIN] = origin[-1] if origin else ""
        return row


def _indexes(posted: Posted) -> Mapping[str, set[int]]:
    """Return the numbers of rows that occur, by the name of their list."""
    found: dict[str, set[int]] = {}
    for name in posted:
        if len(name) > MAX_NAME:
            continue
        for match in _INDEX.finditer(name):
            if match.group(1) == str(int(match.group(1))):
                found.setdefault(name[: match.start()], set()).add(int(match.group(1)))
    return found
