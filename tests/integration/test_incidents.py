import pytest

from engine.registry import ServiceTask
from tests.factories import begin, complete, deploy, open_task
from tests.unit.engine.spiff.drawing import (
    chain,
    end,
    extended,
    node,
    process,
    start,
    user,
    zeebe,
)


class Printer:
    """A service task that fails until it is repaired."""

    def __init__(self):
        self.broken = True
        self.printed = 0

    def run(self, call):
        if self.broken:
            message = "het papier is op"
            raise RuntimeError(message)
        self.printed += 1
        return {}


@pytest.fixture
def printer(registry):
    printer = Printer()
    task = ServiceTask(type="print", label="Print", description="", run=printer.run)
    registry.add(task)
    return printer


@pytest.fixture
def instance(engine, printer):
    printing = extended(zeebe("taskDefinition", type="print"))
    body = start() + user() + node("serviceTask", "print", printing, name="Brief")
    deploy(engine, process(body, user("v"), end(), chain("s", "u", "print", "v", "e")))
    instance = begin(engine)
    complete(engine, open_task(engine, instance))
    return instance


def incidents(engine):
    with engine.reading() as work:
        return engine.incidents.open(work)


def retry(engine, incident, by="eva"):
    with engine.transaction() as work:
        return engine.incidents.retry(work, incident.id, by=by)


def test_a_retry_after_the_repair_lets_the_case_go_on(engine, printer, instance):
    (incident,) = incidents(engine)
    printer.broken = False
    retry(engine, incident)

    assert printer.printed == 1
    assert incidents(engine) == []
    assert open_task(engine, instance).element_id == "v"


def test_a_retry_that_fails_is_a_new_incident(engine, printer, instance):
    (first,) = incidents(engine)
    retry(engine, first)
    (second,) = incidents(engine)

    assert second.id != first.id
    with engine.reading() as work:
        resolved = engine.incidents.get(work, first.id)
    assert resolved.resolved_by == "eva"


def test_the_second_of_two_retries_changes_nothing(engine, printer, instance):
    (incident,) = incidents(engine)
    printer.broken = False
    retry(engine, incident)
    retry(engine, incident, by="an")

    assert printer.printed == 1


def test_a_retry_is_told_with_who_did_it(engine, printer, instance):
    (incident,) = incidents(engine)
    retry(engine, incident)

    with engine.reading() as work:
        entries = engine.journal.of(work, instance.id)
    told = [e for e in entries if e.kind in {"incident_resolved", "retried"}]
    assert [(e.kind, e.actor) for e in told] == [("incident_resolved", "eva")]


def test_a_cancelled_case_has_no_open_incident(engine, printer, instance):
    with engine.transaction() as work:
        engine.instances.cancel(work, instance.id, by="eva", reason="Stop")

    assert incidents(engine) == []
