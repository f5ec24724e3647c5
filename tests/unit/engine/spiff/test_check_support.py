"""The closed list is closed: all of BPMN 2.0 is on it, and so is the page about it."""

from importlib.resources import files
from pathlib import Path

import pytest
from lxml import etree

from engine.spiff.page import page
from engine.spiff.rules.occurrences import ALLOWED
from engine.spiff.support import ELEMENTS, EXTENSIONS
from engine.spiff.verdict import Verdict

SCHEMA = "{http://www.w3.org/2001/XMLSchema}"
ABSTRACT = {
    "activity", "artifact", "baseElement", "baseElementWithMixedContent",
    "callableElement", "catchEvent", "dataAssociation", "event", "eventDefinition",
    "flowElement", "flowNode", "gateway", "loopCharacteristics", "rootElement",
    "throwEvent",
}  # fmt: skip
PAGE = Path(__file__).parents[4] / "docs/reference/bpmn-support.md"


def standard():
    """Read the names of all elements in the schema of the standard."""
    schema = files("SpiffWorkflow.bpmn.parser") / "schema" / "Semantic.xsd"
    root = etree.fromstring(schema.read_bytes())
    return {e.get("name") for e in root.iter(f"{SCHEMA}element") if e.get("name")}


def test_each_element_of_the_standard_has_a_verdict():
    assert standard() - ABSTRACT - set(ELEMENTS) == set()


def test_nothing_on_the_list_is_invented():
    assert set(ELEMENTS) - standard() <= {"definitions", "import"}


@pytest.mark.parametrize("table", [ELEMENTS, EXTENSIONS], ids=["bpmn", "zeebe"])
def test_whatever_is_refused_comes_with_advice(table):
    for name, row in table.items():
        assert bool(row.advice) is (row.verdict is Verdict.REFUSED), name


@pytest.mark.parametrize("table", [ELEMENTS, EXTENSIONS], ids=["bpmn", "zeebe"])
def test_each_place_on_the_list_exists(table):
    for name, row in table.items():
        assert row.inside <= set(ELEMENTS) | set(EXTENSIONS), name


def test_each_allowed_event_is_on_the_list_for_its_node():
    for node, kinds in ALLOWED.items():
        for kind in kinds.split():
            assert node in ELEMENTS[f"{kind}EventDefinition"].inside, (node, kind)


def test_the_reference_page_is_made_from_the_tables():
    assert PAGE.read_text(encoding="utf-8") == page(), (
        "run: python -m engine.spiff.page > docs/reference/bpmn-support.md"
    )
