"""Which processes of ours are alive."""

from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engine.persistence.tables.installation import HeartbeatRow


class HeartbeatRepository:
    """One row per process; moments are those of the machine, never of training."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def beat(self, name: str, *, kind: str, now: datetime) -> None:
        """Write that process *name* is alive."""
        row = self._session.get(HeartbeatRow, name)
        if row is None:
            row = HeartbeatRow(name=name, kind=kind, started_at=now)
            self._session.add(row)
        row.beat_at = now
        self._session.flush()

    def newest(self) -> datetime | None:
        """Return when any process was last alive."""
        return self._session.scalar(select(func.max(HeartbeatRow.beat_at)))

    def silent_since(self, moment: datetime) -> list[str]:
        """Return the names of the processes that were last alive before *moment*."""
        return list(
            self._session.scalars(
                select(HeartbeatRow.name).where(HeartbeatRow.beat_at < moment)
            )
        )

    def forget(self, name: str) -> None:
        """Remove the row of a process that is gone."""
        self._session.execute(delete(HeartbeatRow).where(HeartbeatRow.name == name))
