"""Collects what a step brings about, token by token."""

from collections.abc import Mapping
from typing import TypeVar

from engine.step import (
    Happening,
    IncidentRaised,
    JobCreated,
    Subscribed,
    TaskOpened,
    Thrown,
    TimerArmed,
)

Waiting = TaskOpened | TimerArmed | Subscribed | JobCreated | IncidentRaised
WaitingT = TypeVar("WaitingT", bound=Waiting)


class Effects:
    """The effects of one step.

    What a token announced and took back within the same step never happened
    for the outside; so the use cases store only what is true at its end.
    """

    def __init__(self) -> None:
        self.happenings: list[Happening] = []
        self.thrown: list[Thrown] = []
        self.closed: set[int] = set()
        self.completed: set[int] = set()
        self.milestone: str | None = None
        self._waiting: dict[int, list[Waiting]] = {}

    def announce(self, token: int, effect: Waiting) -> None:
        """Tell the outside that *token* waits for something."""
        self._waiting.setdefault(token, []).append(effect)

    def announced(self, token: int) -> bool:
        """Tell whether *token* announced something in this step."""
        return token in self._waiting

    def close(self, token: int, *, told: bool, completed: bool) -> None:
        """Take back what *token* announced; *told*: in an earlier step."""
        self._waiting.pop(token, None)
        if not told:
            return
        self.closed.add(token)
        if completed:
            self.completed.add(token)

    def of(self, kind: type[WaitingT]) -> tuple[WaitingT, ...]:
        """Return the effects of one kind, in order."""
        found = [e for effects in self._waiting.values() for e in effects]
        return tuple(effect for effect in found if isinstance(effect, kind))

    def happen(
        self,
        kind: str,
        element_id: str,
        element_name: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        """Add a line for the journal."""
        self.happenings.append(
            Happening(
                kind=kind,
                element_id=element_id,
                element_name=element_name,
                facts=facts or {},
            )
        )
