"""Cursors: where the next page of a list begins; opaque to the caller."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from engine.worklist import CursorError, TaskSort, read_cursor, write_cursor
from web.api.fields import is_storable

LARGEST_NUMBER = 2**31

Place = tuple[datetime, UUID]


def write_place(order: str, at: datetime, key: object) -> str:
    """Pack the moment and the key of the last thing on a page."""
    return write_cursor(order, {"value": at.isoformat(), "id": str(key)})


def read_place(cursor: str, order: str) -> Place:
    """Unpack a moment and a key; raise ``CursorError`` for any other text."""
    at, key = read_pair(cursor, order)
    try:
        return at, UUID(key)
    except ValueError as error:
        raise CursorError from error


def read_pair(cursor: str, order: str) -> tuple[datetime, str]:
    """Unpack a moment and a text; raise ``CursorError`` for any other text."""
    place = read_cursor(cursor, order)
    if not _is_moment(place["value"]) or not is_storable(place["id"]):
        raise CursorError
    return datetime.fromisoformat(place["value"]), place["id"]


def write_number(order: str, number: int) -> str:
    """Pack how many things the pages so far showed."""
    return write_cursor(order, {"value": str(number), "id": ""})


def read_number(cursor: str, order: str) -> int:
    """Unpack a number of things; raise ``CursorError`` for any other text."""
    value = read_cursor(cursor, order)["value"]
    if not _is_number(value):
        raise CursorError
    return int(value)


def checked(cursor: str | None, order: TaskSort) -> str | None:
    """Return a cursor of the task list; raise ``CursorError`` when made up."""
    if cursor is not None:
        value = read_cursor(cursor, order)["value"]
        if not _CHECKS.get(order, _is_moment)(value):
            raise CursorError
    return cursor


def _is_moment(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and int(text[:20]) < LARGEST_NUMBER


_CHECKS: dict[TaskSort, Callable[[str], bool]] = {
    TaskSort.PRIORITY: _is_number,
    TaskSort.NAME: is_storable,
}
