"""Chores that one process at a time does."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engine.persistence.tables.installation import LeaseRow


class LeaseRepository:
    """A chore is held by one holder, until a moment of the machine."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def is_held(self, name: str, *, now: datetime) -> bool:
        """Tell whether somebody holds the chore."""
        until = self._session.scalar(
            select(LeaseRow.leased_until).where(LeaseRow.name == name)
        )
        return until is not None and until > now

    def take(self, name: str, *, holder: str, now: datetime, until: datetime) -> bool:
        """Hold the chore, or hold it longer; False when another one has it."""
        row = self._session.get(LeaseRow, name, with_for_update=True)
        if row is None:
            row = LeaseRow(name=name)
            self._session.add(row)
        elif row.holder != holder and row.leased_until > now:
            return False
        row.holder, row.leased_until = holder, until
        self._session.flush()
        return True

    def give_back(self, name: str, *, holder: str) -> None:
        """Let others have the chore."""
        self._session.execute(
            delete(LeaseRow).where(LeaseRow.name == name, LeaseRow.holder == holder)
        )
