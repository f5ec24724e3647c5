"""Small DMN files, put together."""

from xml.sax.saxutils import escape, quoteattr

import pytest

MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def text(tag, content):
    """Return an element with a text in it."""
    return f"<{tag}><text>{escape(content)}</text></{tag}>"


def definitions(body, *, model=MODEL, namespace="test", extra=""):
    """Return a file."""
    return (
        f'<definitions xmlns="{model}" id="d" name="d" namespace="{namespace}"'
        f" {extra}>{body}</definitions>"
    ).encode()


def literal(identity, expression, *, requires=(), type_ref=""):
    """Return a decision with a literal expression."""
    needs = "".join(
        f'<informationRequirement><requiredDecision href="{href}"/></informationRequirement>'
        for href in requires
    )
    return (
        f'<decision id="{identity}" name="{identity}">'
        f'<variable name="{identity}" typeRef="{type_ref}"/>{needs}'
        f"{text('literalExpression', expression)}</decision>"
    )


def table(rules, *, policy="UNIQUE", inputs=("x",), outputs=("y",), **more):
    """Return a decision ``t`` with a table; *rules* are lists of cells."""
    values = more.get("values", {})
    columns = "".join(
        f"<input id={quoteattr(f'in_{name}')} label={quoteattr(name)}>"
        f"{text('inputExpression', name)}"
        f"{text('inputValues', values[name]) if name in values else ''}</input>"
        for name in inputs
    ) + "".join(
        f"<output id={quoteattr(f'out_{name}')} name={quoteattr(name)}>"
        f"{text('outputValues', values[name]) if name in values else ''}"
        f"{text('defaultOutputEntry', more['default']) if 'default' in more else ''}"
        "</output>"
        for name in outputs
    )
    rows = "".join(
        f'<rule id="r{number}">'
        + "".join(text("inputEntry", cell) for cell in cells[: len(inputs)])
        + "".join(text("outputEntry", cell) for cell in cells[len(inputs) :])
        + "</rule>"
        for number, cells in enumerate(rules, 1)
    )
    aggregation = (
        f'aggregation="{more["aggregation"]}"' if "aggregation" in more else ""
    )
    return (
        '<decision id="t" name="Tabel"><decisionTable id="dt"'
        f' hitPolicy="{policy}" {aggregation}>{columns}{rows}</decisionTable></decision>'
    )


@pytest.fixture(name="definitions")
def _definitions():
    return definitions


@pytest.fixture(name="literal")
def _literal():
    return literal


@pytest.fixture(name="table")
def _table():
    return table
