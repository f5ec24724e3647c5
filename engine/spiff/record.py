"""What is remembered of a finished activity that can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypedDict


class SavedRecord(TypedDict):
    """The saved form of a record."""

    activity: str
    runs: str
    snapshot: dict[str, str]
    inner: "list[SavedRecord] | None"


@dataclass(slots=True, kw_only=True)
class Record:
    """A finished activity that can be undone by running the element *runs*.

    *inner* are the records of a finished sub-process, which then runs again to
    undo itself; None for a handler drawn at a boundary event.
    """

    activity: str
    runs: str
    snapshot: Mapping[str, str] = field(default_factory=dict)
    inner: list["Record"] | None = None

    @classmethod
    def of(cls, saved: SavedRecord) -> "Record":
        """Read a record from its saved form."""
        inner = saved["inner"]
        return cls(
            activity=saved["activity"],
            runs=saved["runs"],
            snapshot=saved["snapshot"],
            inner=None if inner is None else [cls.of(one) for one in inner],
        )
