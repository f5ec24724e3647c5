"""The log tells where something broke, and nothing about people."""

import json

import pytest
import structlog

from web.cli.place import quiet

NAME = "Jan Janssens"


@pytest.fixture
def log(capsys):
    """Write the log as ``woonflow serve`` does; read its lines."""
    before = structlog.get_config()
    quiet()

    def lines():
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    yield lines
    structlog.configure(**before)


def test_the_line_of_an_error_page_holds_no_names(city, log):
    @city.app.get("/stuk/<name>")
    def broken(name):
        owner = NAME
        try:
            {}[owner]
        except KeyError as error:
            message = f"{owner} woont niet in {name}"
            raise ValueError(message) from error

    answer = city.client("an.peeters").get("/stuk/an.peeters")
    (line,) = log()

    assert answer.status_code == 500
    assert line["reference"] in answer.text
    assert line["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert line["route"] == "/stuk/<name>"
    assert line["places"][-1].endswith(" broken")
    for person in (NAME, "an.peeters", "An Peeters"):
        assert person not in json.dumps(line)


def test_a_refusal_writes_no_line(city, log):
    city.client("an.peeters").get("/dossiers/2026-9999")

    assert log() == []
