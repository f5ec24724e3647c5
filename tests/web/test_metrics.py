"""Figures for whoever watches: no sign-in, no private data."""

import re


def test_the_figures_are_in_the_format_of_prometheus(city):
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
