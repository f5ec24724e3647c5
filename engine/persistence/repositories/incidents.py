"""Incidents: open ones, and their end."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import literal, select, tuple_, update
from sqlalchemy.orm import Session

from engine.errors import NotFoundError
from engine.model import Incident
from engine.persistence.tables.instances import IncidentRow

KIND = "Incident"
COLUMNS = (
    IncidentRow.id,
    IncidentRow.instance_id,
    IncidentRow.token,
    IncidentRow.element_id,
    IncidentRow.kind,
    IncidentRow.message,
    IncidentRow.raised_at,
    IncidentRow.resolved_at,
    IncidentRow.resolved_by,
)


class IncidentRepository:
    """Reads incidents and marks them as resolved."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, incident_id: UUID) -> Incident:
        """Return the incident; raise ``NotFoundError`` when there is none."""
        statement = select(*COLUMNS).where(IncidentRow.id == incident_id)
        row = self._session.execute(statement).mappings().one_or_none()
        if row is None:
            raise NotFoundError(KIND, incident_id)
        return Incident(**row)

    def open(
        self, limit: int, after: tuple[datetime, UUID] | None = None
    ) -> list[Incident]:
        """Return unresolved incidents, newest first, those older than *after*."""
        statement = (
            select(*COLUMNS)
            .where(IncidentRow.resolved_at.is_(None))
            .order_by(IncidentRow.raised_at.desc(), IncidentRow.id.desc())
            .limit(limit)
        )
        if after is not None:
            at, key = IncidentRow.raised_at, IncidentRow.id
            last = tuple_(literal(after[0], at.type), literal(after[1], key.type))
            statement = statement.where(tuple_(at, key) < last)
        rows = self._session.execute(statement).mappings()
        return [Incident(**row) for row in rows]

    def of_instance(self, instance_id: UUID) -> list[Incident]:
        """Return all incidents of an instance, oldest first."""
        statement = (
            select(*COLUMNS)
            .where(IncidentRow.instance_id == instance_id)
            .order_by(IncidentRow.raised_at, IncidentRow.id)
        )
        rows = self._session.execute(statement).mappings()
        return [Incident(**row) for row in rows]

    def resolve(self, incident_id: UUID, by: str, at: datetime) -> bool:
        """Mark as resolved; False when somebody else did so before."""
        statement = (
            update(IncidentRow)
            .where(IncidentRow.id == incident_id, IncidentRow.resolved_at.is_(None))
            .values(resolved_at=at, resolved_by=by)
        )
        return self._session.connection().execute(statement).rowcount == 1
