"""The front door: where somebody begins, and the city's own style."""

from flask import Blueprint, Response, abort, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from web.auth import actor_or_none, public
from web.navigation import first_page
from web.services import services

blueprint = Blueprint("site", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Send somebody to the page that his day begins with."""
    actor = actor_or_none()
    return redirect(url_for("account.sign_in") if actor is None else first_page(actor))


@blueprint.get("/thema.css")
@public
def theme() -> Response:
    """Return the style sheet of the city."""
    path = services().settings.theme
    if path is None:
        abort(404)
    return send_file(path.absolute(), mimetype="text/css", max_age=300)
