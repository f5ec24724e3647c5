"""Forms that managers draw: compiled once, read from a post, errors with anchors."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import request

from engine.forms.form import Form, parse
from engine.forms.rules import FormError
from engine.forms.view import FieldView

CHANGES = frozenset({"_add", "_remove", "_refresh"})
"""Names of buttons that change the form without sending it."""

FILE_PREFIX = "file:"

Posted = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorLink:
    """A line of the summary of errors, with the id of the control it is about."""

    anchor: str
    sentence: str


@lru_cache(maxsize=256)
def compiled(schema: bytes) -> Form:
    """Return the form of *schema*; it was checked when its bundle came in use."""
    return parse(schema)


def posted_form() -> Posted:
    """Return all posted values by name."""
    return {name: list(values) for name, values in request.form.lists()}


def only_changes(posted: Mapping[str, object]) -> bool:
    """Tell whether a button was pressed that changes the form without sending it."""
    return not CHANGES.isdisjoint(posted)


def error_links(
    fields: Iterable[FieldView], errors: Iterable[FormError]
) -> list[ErrorLink]:
    """Return the lines of the summary, in the order of the form."""
    anchors = dict(_anchors(fields))
    return [
        ErrorLink(anchor=anchors.get(error.name, "velden"), sentence=error.sentence)
        for error in errors
    ]


def _anchors(fields: Iterable[FieldView]) -> Iterable[tuple[str, str]]:
    for field in fields:
        if field.name:
            is_list = field.kind == "dynamiclist"
            yield field.name, field.id if is_list else field.control_id
        yield from _anchors(field.fields)
        for row in field.rows:
            yield from _anchors(row.fields)
