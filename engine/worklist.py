"""What a work list asks for, and how it is paged; pure values."""

import base64
import binascii
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Generic, TypeVar

from engine.errors import EngineError
from engine.model import TaskState

Item = TypeVar("Item")

MAX_LIMIT = 500
COUNT_CAP = 1000
NARROWED_COUNT_CAP = 100
WORD = re.compile(r"[^\W_]+")
EDGE = re.compile(r"^[\W_]+|[\W_]+$")
"""What is no part of a word at its ends, such as a comma or a bracket."""


class CursorError(EngineError):
    """A page cursor is not one of ours, or belongs to another order."""

    code = "cursor"

    def __str__(self) -> str:
        return "Deze bladwijzer is niet geldig. Begin opnieuw bij de eerste pagina."


class TaskSort(StrEnum):
    """The orders of a work list; each ends on the key of the task."""

    DUE = "due"
    CREATED = "created"
    PRIORITY = "priority"
    NAME = "name"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskQuery:
    """Which tasks, in which order.

    *assignee*, *stands_in_for*, *groups* and *candidate_user* are alternatives: a
    task is found when it is in the hands of *assignee* or of somebody for whom
    he stands in, or when one of *groups* or *candidate_user* may take it.
    *unclaimed* keeps only the tasks in nobody's hands (True) or in somebody's
    (False). *text* finds tasks of which each word begins a word of name, label,
    or business key. The other fields narrow further; an empty *business_keys*
    finds nothing, None is no condition.
    """

    assignee: str | None = None
    stands_in_for: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    candidate_user: str | None = None
    unclaimed: bool | None = None
    state: TaskState = TaskState.OPEN
    text: str = ""
    due_before: datetime | None = None
    element_id: str | None = None
    lane: str | None = None
    business_keys: frozenset[str] | None = None
    sort: TaskSort = TaskSort.DUE
    cursor: str | None = None
    limit: int = 50

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MAX_LIMIT:
            message = f"limit must be 1 to {MAX_LIMIT}: {self.limit}"
            raise ValueError(message)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """The candidate keys (kind, name) that are asked for."""
        groups = tuple(("group", name) for name in sorted(self.groups))
        user = self.candidate_user
        return groups if user is None else (*groups, ("user", user))

    @property
    def assignees(self) -> tuple[str, ...]:
        """In whose hands a task may be to be found."""
        absent = tuple(sorted(self.stands_in_for))
        return absent if self.assignee is None else (self.assignee, *absent)

    @property
    def count_cap(self) -> int:
        """How far a count goes; a narrowed list costs more per task that it counts."""
        narrowed = self.text or self.element_id or self.lane
        return NARROWED_COUNT_CAP if narrowed else COUNT_CAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """One page; *next_cursor* is None on the last one."""

    items: tuple[Item, ...]
    next_cursor: str | None


def words(text: str) -> frozenset[str]:
    """Return the words of *text* as they are compared: no accents, no capitals.

    A compound such as ``2026-0412`` counts whole as well as by its parts.
    """
    return frozenset(WORD.findall(_fold(text))) | asked_words(text)


def asked_words(text: str) -> frozenset[str]:
    """Return the beginnings of words that a search text asks for."""
    pieces = (EDGE.sub("", piece) for piece in _fold(text).split())
    return frozenset(piece for piece in pieces if piece)


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in spread if not unicodedata.combining(c))


def write_cursor(sort: str, place: Mapping[str, str]) -> str:
    """Pack the place of the last item of a page."""
    packed = json.dumps([sort, place["value"], place["id"]]).encode()
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(cursor: str, sort: str) -> Mapping[str, str]:
    """Unpack a cursor of this order; raise ``CursorError`` for any other text."""
    padded = cursor + "=" * (-len(cursor) % 4)
    try:
        found = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error) as error:
        raise CursorError from error
    match found:
        case [str(order), str(value), str(key)] if order == sort:
            return {"value": value, "id": key}
        case _:
            raise CursorError
