"""``/metrics``: figures for Prometheus, read from the rows, without private data."""

from datetime import timedelta
from math import inf

from flask import Blueprint, Response
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from engine.health import read_health
from engine.worklist import TaskQuery
from web.auth import public
from web.services import reading, services

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
@public
def metrics() -> Response:
    """Return the figures; they are those of all processes together."""
    registry = CollectorRegistry()
    for name, (help_text, value) in _figures().items():
        Gauge(f"woonflow_{name}", help_text, registry=registry).set(value)
    text = generate_latest(registry)
    return Response(text, content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _figures() -> dict[str, tuple[str, float]]:
    engine = services().engine
    with reading() as work:
        health = read_health(work, machine_now=services().wall_clock.now())
        open_tasks = engine.tasks.count(work, TaskQuery())
        incidents = len(engine.incidents.open(work))
    return {
        "heartbeat_age_seconds": ("Since any process worked.", _beat(health.heartbeat)),
        "timer_lateness_seconds": ("Of the latest due timer.", _age(health.timer)),
        "mail_waiting_seconds": ("Of the oldest unsent mail.", _age(health.mail)),
        "open_tasks": ("Open tasks, counted up to the cap.", open_tasks),
        "open_incidents": ("Open incidents, up to 200.", incidents),
    }


def _beat(age: timedelta | None) -> float:
    """Return the age of the heartbeat; without one no alarm may stay silent."""
    return inf if age is None else age.total_seconds()


def _age(age: timedelta | None) -> float:
    return 0.0 if age is None else age.total_seconds()
