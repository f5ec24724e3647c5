"""Figures for whoever watches: no sign-in, no private data."""

import re
from datetime import timedelta

from engine.persistence.migrate import newest
from engine.persistence.repositories.heartbeats import HeartbeatRepository


def beat(city):
    with city.engine.transaction() as work:
        rows = HeartbeatRepository(work.session)
        rows.beat("host-1", kind="web", now=city.clock.now())


def up_to_date(city):
    """Say that the tables, which the tests made otherwise, are up to date."""
    with city.engine.transaction() as work:
        connection = work.session.connection()
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num TEXT)")
        stamp = "INSERT INTO alembic_version VALUES (?)"
        connection.exec_driver_sql(stamp, (newest(),))


def test_the_figures_are_in_the_format_of_prometheus(city):
    beat(city)
    answer = city.client().get("/metrics")

    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=0.0.4")
    figures = dict(
        line.split() for line in answer.text.splitlines() if not line.startswith("#")
    )
    assert set(figures) == {
        "woonflow_heartbeat_age_seconds",
        "woonflow_timer_lateness_seconds",
        "woonflow_mail_waiting_seconds",
        "woonflow_open_tasks",
        "woonflow_open_incidents",
    }
    assert all(re.fullmatch(r"\d+\.\d+", value) for value in figures.values())


def test_without_any_heartbeat_the_site_is_not_ready_and_the_alarm_rings(city):
    up_to_date(city)
    client = city.client()
    ready = client.get("/readyz")

    assert ready.status_code == 503
    assert ready.json["checks"]["heartbeat_age"] is None
    assert "woonflow_heartbeat_age_seconds +Inf" in client.get("/metrics").text
    page = city.client("hugo.leys").get("/beheer").text
    assert "geen: termijnen en berichten blijven liggen" in page


def test_with_a_fresh_heartbeat_the_site_is_ready_and_with_an_old_one_not(city):
    up_to_date(city)
    beat(city)
    client = city.client()
    fresh = client.get("/readyz").status_code
    city.clock.advance(timedelta(minutes=6))

    assert fresh == 200
    assert client.get("/readyz").status_code == 503
