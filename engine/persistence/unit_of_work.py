"""One use case, one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfWork:
    """The open transaction that a use case works in; whoever opened it commits.

    *now* is the moment of the whole use case. Nothing below the edge commits.
    """

    session: Session
    now: datetime
    _afterwards: list[Callable[[], None]] = field(default_factory=list)

    def after_commit(self, action: Callable[[], None]) -> None:
        """Do *action* once the transaction is durable; it may be lost in a crash."""
        self._afterwards.append(action)

    def committed(self) -> None:
        """Do what waited for the commit; called by whoever committed."""
        while self._afterwards:
            self._afterwards.pop(0)()
