"""Small forms, put together."""

import json

import pytest

from engine.forms import check, parse


def schema(*components, **more):
    """Return the bytes of a form."""
    return json.dumps({"type": "default", "components": components, **more}).encode()


def field(kind, key=None, **more):
    """Return a component."""
    return {"type": kind, "id": f"id_{key or kind}", "key": key, "label": key, **more}


@pytest.fixture
def a_form():
    """Return a compiled form with these components."""
    return lambda *components: parse(schema(*components))


@pytest.fixture
def findings():
    """Return the findings on a form with these components."""
    return lambda *components: check("x.form", schema(*components))


@pytest.fixture(name="field")
def _field():
    return field


@pytest.fixture(name="schema")
def _schema():
    return schema
