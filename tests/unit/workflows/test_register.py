from collections import defaultdict

import pytest
from lxml import etree

from workflows.definitions import FAMILIES, bundle, bundles
from workflows.register import build_registry

ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
CONTRACT = {
    "dwelling.find_or_create", "inspection.plan", "inspection.record",
    "inspection.no_access", "inspection.evaluate", "deadline.start", "deadline.meet",
    "deadline.breach", "deadline.explain", "notice.send", "agenda.add", "report.prepare", "report.sign",
    "report.sent", "works.propose", "works.record", "works.done",
    "certificate.prepare", "certificate.sign", "certificate.notify",
    "certificate.refuse", "certificate.expire", "certificate.lapse",
    "certificate.withdraw", "case.note",
}  # fmt: skip


def drawn():
    """Map each service task of the diagrams to the inputs that it is given."""
    found = defaultdict(list)
    for name, content in (each for one in bundles() for each in one.files.items()):
        if name.endswith(".bpmn"):
            for task in etree.fromstring(content).iter(f"{ZEEBE}taskDefinition"):
                inputs = task.getparent().iter(f"{ZEEBE}input")
                found[task.get("type")].append({each.get("target") for each in inputs})
    return found


def test_the_registry_holds_what_the_diagrams_ask_for_and_nothing_else():
    spare = {"case.note"}  # for who draws on

    assert {task.type for task in build_registry()} == set(drawn()) | spare


def test_the_registry_holds_the_service_tasks_of_the_contract_of_the_svk():
    assert {task.type for task in build_registry()} >= CONTRACT


@pytest.mark.parametrize("service", drawn())
def test_each_service_task_of_a_diagram_gets_what_it_needs_and_knows(service):
    task = build_registry().get(service)

    for inputs in drawn()[service]:
        assert task.required <= inputs
        assert inputs <= set(task.inputs)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_is_a_bundle_of_its_diagrams_decisions_and_forms(family):
    found = bundle(family)

    assert found.key == family
    kinds = {name.rsplit(".", 1)[1] for name in found.files}
    assert {"bpmn", "form"} <= kinds <= {"bpmn", "dmn", "form"}


def test_an_unknown_family_is_refused():
    with pytest.raises(KeyError):
        bundle("../web")
    assert [each.key for each in bundles()] == list(FAMILIES)
