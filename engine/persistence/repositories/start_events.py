"""Events that begin a process of the newest version of a bundle."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from engine.persistence.tables.definitions import StartEventRow


@dataclass(frozen=True, slots=True, kw_only=True)
class StartTimer:
    """A timer start event; *rule* is its ISO 8601 text."""

    id: UUID
    bundle_key: str
    bundle_hash: str
    process_id: str
    element_id: str
    rule: str


class StartEvents:
    """Finds start events."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: UUID | None) -> StartTimer:
        """Return a timer start event that must exist."""
        row = self._session.scalars(
            select(StartEventRow).where(StartEventRow.id == key)
        ).one()
        return StartTimer(
            id=row.id,
            bundle_key=row.bundle_key,
            bundle_hash=row.bundle_hash,
            process_id=row.process_id,
            element_id=row.element_id,
            rule=row.name,
        )
