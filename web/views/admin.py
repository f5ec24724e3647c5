"""The administration: what stands where, and whether all is well."""

from flask import Blueprint, render_template

from web.auth import allow
from web.health import measure
from web.services import reading, services
from workflows.city import service as city
from workflows.people.rights import Action, may

blueprint = Blueprint("admin", __name__, url_prefix="/beheer")


@blueprint.get("")
def overview() -> str:
    """Show the city, the state of the system and the open incidents."""
    actor = allow(Action.READ_SETTINGS)
    with reading() as work:
        named = city.city(work)
        sees_incidents = may(actor, Action.READ_INCIDENTS)
        incidents = services().engine.incidents.open(work) if sees_incidents else []
    return render_template(
        "pages/admin.html", city=named, incidents=len(incidents), health=measure()
    )
