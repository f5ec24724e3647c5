"""Incidents: work that can't go on by itself."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.auth import allow
from web.services import reading, services, writing
from workflows.people.rights import Action

blueprint = Blueprint("incidents", __name__, url_prefix="/beheer/incidenten")


@blueprint.get("")
def incident_list() -> str:
    """List the open incidents, with the case of each."""
    allow(Action.READ_INCIDENTS)
    with reading() as work:
        found = services().engine.incidents.open(work)
        instances = {
            each.instance_id: services().engine.instances.get(work, each.instance_id)
            for each in found
        }
    return render_template("pages/incidents.html", incidents=found, instances=instances)


@blueprint.post("/<uuid:incident_id>/opnieuw")
def retry(incident_id: UUID) -> ResponseReturnValue:
    """Try again what failed."""
    actor = allow(Action.RETRY_INCIDENT)
    with writing() as work:
        services().engine.incidents.retry(work, incident_id, by=actor.name)
    flash("Opnieuw geprobeerd. Lukt het weer niet, dan komt het hier terug.", "good")
    return redirect(url_for("incidents.incident_list"))
