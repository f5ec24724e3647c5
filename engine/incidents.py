"""Use cases around work that can't go on by itself."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from engine.instances import Instances
from engine.model import Incident, Instance
from engine.persistence.repositories.incidents import IncidentRepository
from engine.persistence.repositories.instances import InstanceRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.step import Retry
from engine.steps import Order, line_on, without_incident

Retrier = Callable[[UnitOfWork, UUID, int], bool]
"""Lets the work of a token of an instance try again; tells whether there was any."""


class Incidents:
    """Shows incidents, and lets their work try again.

    *retriers* maps a kind of incident that arose outside a step (``job``,
    ``timer``) to who lets that work try again; other kinds are retried by the
    process itself.
    """

    def __init__(
        self, *, instances: Instances, retriers: Mapping[str, Retrier]
    ) -> None:
        self._instances = instances
        self._retriers = retriers

    def open(
        self,
        work: UnitOfWork,
        *,
        limit: int = 200,
        after: tuple[datetime, UUID] | None = None,
    ) -> list[Incident]:
        """Return unresolved incidents, newest first.

        *after* is the moment and the key of the last incident of a page.
        """
        return IncidentRepository(work.session).open(limit, after)

    def get(self, work: UnitOfWork, incident_id: UUID) -> Incident:
        """Return the incident; ``NotFoundError`` when there is none."""
        return IncidentRepository(work.session).get(incident_id)

    def of_instance(self, work: UnitOfWork, instance_id: UUID) -> list[Incident]:
        """Return all incidents of an instance, oldest first."""
        return IncidentRepository(work.session).of_instance(instance_id)

    def retry(self, work: UnitOfWork, incident_id: UUID, *, by: str) -> Instance:
        """Let the work of an incident try again.

        When it fails again, that is a new incident. Of two people who retry,
        the second changes nothing.
        """
        rows = IncidentRepository(work.session)
        incident = rows.get(incident_id)
        live = InstanceRepository(work.session).lock(incident.instance_id)
        if not rows.resolve(incident_id, by, work.now):
            return live.instance
        told = line_on("incident_resolved", incident.element_id)
        retrier = self._retriers.get(incident.kind)
        if retrier and retrier(work, incident.instance_id, incident.token):
            live = without_incident(live, incident.token)
            return self._instances.note(work, live, told, by=by)
        order = Order(command=Retry(token=incident.token), by=by, preface=told)
        return self._instances.take(work, live, order)
