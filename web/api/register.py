"""Puts the REST interface in an application, with the document that describes it."""

import json
from collections.abc import Callable

from flask import Flask, Response
from flask_smorest import Api

from web.api import (
    cases,
    clock,
    definitions,
    incidents,
    instances,
    messages,
    signals,
    tasks,
    timers,
)
from web.api.resource import PREFIX, Resource
from web.api.schemas.problem import Problem
from web.auth import COOKIE, public
from web.services import Services

VERSION = "1.0.0"
DOCUMENT = f"{PREFIX}/openapi.json"
RESOURCES: tuple[Resource, ...] = (
    cases.resource,
    tasks.resource,
    messages.resource,
    signals.resource,
    definitions.resource,
    instances.resource,
    timers.resource,
    incidents.resource,
)
TRAINING: tuple[Resource, ...] = (clock.resource,)
"""Outside the training mode these don't exist at all."""

_DESCRIPTION = (
    "De REST-interface van Woonflow. Meld u aan met `Authorization: Bearer wf_…`"
    " (een token met rechten) of met de sessie van de website. Wat geweigerd wordt,"
    " komt als `application/problem+json` (RFC 9457) met een vaste `code`."
)
_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
}


class OurApi(Api):  # type: ignore[misc] # flask-smorest has no types
    """An interface whose errors are answered by ``web.problems``."""

    ERROR_SCHEMA = Problem
    # Each status that can come is named at its route.
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Leave errors to the application: its handlers keep Allow and are Dutch."""


def register_api(app: Flask, services: Services) -> None:
    """Add the REST interface to *app*."""
    app.config.update(
        API_TITLE="Woonflow", API_VERSION=VERSION, OPENAPI_VERSION="3.1.0"
    )
    api = OurApi(app, spec_kwargs={"info": {"description": _DESCRIPTION}})
    for name, scheme in _SCHEMES.items():
        api.spec.components.security_scheme(name, scheme)
    training = services.training is not None
    for resource in (*RESOURCES, *(TRAINING if training else ())):
        api.register_blueprint(resource.blueprint)
    app.add_url_rule(DOCUMENT, "api_document", _document_view(api))


def _document_view(api: OurApi) -> Callable[[], Response]:
    document = api.spec.to_dict()
    document["security"] = [{name: []} for name in _SCHEMES]
    for tag in document["tags"]:
        tag["name"] = tag["name"].removeprefix("api_")
    text = json.dumps(document, ensure_ascii=False)

    @public
    def show_document() -> Response:
        return Response(text, mimetype="application/json")

    return show_document
