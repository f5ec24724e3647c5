"""Incidents: what can't go on by itself, and letting it try again."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from engine.model import Incident
from engine.persistence.unit_of_work import UnitOfWork
from web.api import cursors
from web.api.access import allowed
from web.api.answer import Answer
from web.api.once import changed
from web.api.resource import Resource
from web.api.schemas import running as schemas
from web.services import reading, services
from workflows.people.rights import Action

resource = Resource("incidents", "Incidenten: wat vanzelf niet verder kan.")

_INCIDENT = schemas.Incident()
_ORDER = "incidents"


@resource.find("", schemas.IncidentPage, query=schemas.PageQuery, refusals=(400,))
def find_incidents(asked: Mapping[str, Any]) -> Answer:
    """Find the open incidents, newest first."""
    allowed(Action.READ_INCIDENTS)
    cursor = asked.get("cursor")
    after = cursors.read_place(cursor, _ORDER) if cursor else None
    with reading() as work:
        found = services().engine.incidents.open(
            work, limit=asked["limit"] + 1, after=after
        )
    shown = found[: asked["limit"]]
    more = len(found) > len(shown)
    return Answer(
        body={
            "items": _INCIDENT.all(shown),
            "next_cursor": _cursor(shown[-1]) if more else None,
        }
    )


@resource.post("/<uuid:incident_id>/retry", schemas.Incident)
def retry_incident(incident_id: UUID) -> Answer:
    """Let the work of an incident try again; when it fails again, that is a new one.

    Of two who retry, the second changes nothing.
    """
    who = allowed(Action.RETRY_INCIDENT)

    def retried(work: UnitOfWork) -> Answer:
        incidents = services().engine.incidents
        incidents.retry(work, incident_id, by=who.name)
        return Answer(body=_INCIDENT.one(incidents.get(work, incident_id)))

    return changed(retried)


def _cursor(last: Incident) -> str:
    return cursors.write_place(_ORDER, last.raised_at, last.id)
