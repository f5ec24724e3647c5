"""Calendars of meetings: read by other calendars, without signing in."""

from hashlib import sha256

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from web.auth import public
from web.services import on_the_wall, reading, services, writing
from workflows.errors import UnknownError
from workflows.planning import feeds
from workflows.planning.calendar_file import MEDIA_TYPE

blueprint = Blueprint("feeds", __name__, url_prefix="/overleg/agenda")


@blueprint.get("/<secret>.ics")
@public
def read(secret: str) -> ResponseReturnValue:
    """Give the calendar behind a secret address; who has it, reads it."""
    try:
        with reading() as work:
            content = feeds.read(work, secret, site=services().settings.base_url)
            needs_note = feeds.needs_note(on_the_wall(work), secret)
    except UnknownError:
        abort(404)
    if needs_note:
        with writing() as work:
            feeds.note_reading(on_the_wall(work), secret)
    answer = Response(content, content_type=f"{MEDIA_TYPE}; charset=utf-8")
    answer.set_etag(sha256(content).hexdigest()[:32])
    answer.cache_control.private = True
    answer.cache_control.no_cache = True
    answer.headers["Content-Disposition"] = 'inline; filename="overleg.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer.make_conditional(request)
