"""How far the training clock runs ahead, for all processes of the installation."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.persistence.tables.installation import TrainingClockRow

_NAME = "training"


class TrainingClockRepository:
    """The one row of the training clock."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ahead(self) -> timedelta:
        """Return how far the clock runs ahead; nothing when it never moved."""
        seconds = self._session.scalar(
            select(TrainingClockRow.ahead_seconds).where(TrainingClockRow.name == _NAME)
        )
        return timedelta(seconds=seconds or 0)

    def move(self, ahead: timedelta, *, at: datetime, by: str) -> None:
        """Let the clock run *ahead*, in whole seconds."""
        row = TrainingClockRow(
            name=_NAME,
            ahead_seconds=int(ahead.total_seconds()),
            moved_at=at,
            moved_by=by,
        )
        self._session.merge(row)
