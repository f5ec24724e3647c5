"""Liveness and readiness, for whoever watches over the machines."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from web.auth import public
from web.faults import DATABASE_AWAY
from web.health import measure

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Say that this process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Say whether this process can do its work, and how each part is."""
    health = measure()
    checks = {each.key: each.value for each in health.checks}
    body = jsonify(status="ready" if health.ok else "not ready", checks=checks)
    if health.ok:
        return body
    return body, 503, DATABASE_AWAY.headers
