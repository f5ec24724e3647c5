"""The diagrams keep to their contract, ``bpmn/consultation/README.md``."""

import re
from importlib.resources import files
from itertools import product

import pytest
from lxml import etree

from engine.forms.form import parse

FAMILY = files("bpmn") / "consultation"
CONTRACT = (FAMILY / "README.md").read_text("utf-8")
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"


def section(title):
    """Return the rows of the first table of a section, as lists of cells."""
    text = CONTRACT.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows][1:]


def words(cell):
    return re.findall(r"`([a-z_.]+)`", cell)


def drawn(name):
    return etree.fromstring((FAMILY / f"{name}.bpmn").read_bytes())


DIAGRAMS = {
    one.name.removesuffix(".bpmn"): drawn(one.name.removesuffix(".bpmn"))
    for one in FAMILY.iterdir()
    if one.name.endswith(".bpmn")
}
FORMS = {
    one.name.removesuffix(".form"): one.read_bytes()
    for one in FAMILY.iterdir()
    if one.name.endswith(".form")
}
SERVICES = {
    kind: (set(words(row[1])), row[2])
    for row in section("Service tasks")
    for kind in words(row[0])
}


def services():
    for name, tree in DIAGRAMS.items():
        for found in tree.iter(f"{ZEEBE}taskDefinition"):
            task = found.getparent().getparent()
            yield name, found.get("type"), task


def targets(task, kind):
    return {each.get("target") for each in task.iter(f"{ZEEBE}{kind}")}


def test_every_process_of_the_contract_is_drawn_and_no_other():
    named = {name for row in section("Processes") for name in words(row[0])}

    assert named == set(DIAGRAMS)


def test_every_service_of_the_contract_is_asked_for_and_no_other():
    assert {kind for _, kind, _ in services()} == set(SERVICES)


def test_each_service_gets_the_inputs_of_the_contract():
    given = {
        (name, task.get("id"), kind): targets(task, "input")
        for name, kind, task in services()
    }

    assert given == {key: SERVICES[key[2]][0] for key in given}


def test_each_output_is_one_of_the_contract():
    promised = {
        kind: set(words(told[told.rfind("[") :])) if "[" in told else set()
        for kind, (_, told) in SERVICES.items()
    }
    read = {
        (task.get("id"), kind, each.get("source").removeprefix("="))
        for _, kind, task in services()
        for each in task.iter(f"{ZEEBE}output")
        if each.get("source") != "=null"
    }

    assert {one for one in read if one[2] not in promised[one[1]]} == set()


@pytest.mark.parametrize(
    ("process", "end"),
    [
        (name, end)
        for row in section("Processes")
        for name, end in product(words(row[0]), words(row[2]))
    ],
)
def test_a_process_has_the_ends_of_the_contract(process, end):
    ends = {each.get("id") for each in DIAGRAMS[process].iter(f"{BPMN}endEvent")}

    assert end in ends


def test_every_message_of_the_contract_is_drawn_and_no_other():
    named = {words(row[0])[0] for row in section("Messages") if "signal" not in row[0]}
    used = {
        each.get("name")
        for tree in DIAGRAMS.values()
        for each in tree.iter(f"{BPMN}message")
    }

    assert used == named


def test_every_form_of_the_contract_is_there_and_used():
    named = {words(row[0])[0] for row in section("Forms")}
    used = {
        each.get("formId")
        for tree in DIAGRAMS.values()
        for each in tree.iter(f"{ZEEBE}formDefinition")
    }

    assert named == set(FORMS) == used


@pytest.mark.parametrize("row", section("Forms"), ids=lambda row: words(row[0])[0])
def test_a_form_asks_what_the_contract_says(row):
    form = parse(FORMS[words(row[0])[0]])
    options = {"approve", "send_back"}

    assert form.keys == set(words(row[1])) - options


@pytest.mark.parametrize("name", sorted(DIAGRAMS))
def test_an_element_stands_in_one_lane(name):
    refs = [each.text for each in DIAGRAMS[name].iter(f"{BPMN}flowNodeRef")]

    assert len(refs) == len(set(refs))
    assert set(refs) <= {each.get("id") for each in DIAGRAMS[name].iter()}
