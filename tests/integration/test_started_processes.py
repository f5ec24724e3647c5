"""A service task that starts another process, in the same transaction."""

import pytest

from engine.errors import NotFoundError
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

MAPPED = zeebe("ioMapping", zeebe("output", source="=started", target="started"))


def asking(process_id, *, fails=False):
    def run(call):
        started = call.start(
            bundle_key="k",
            process_id=process_id,
            variables={"number": 3},
            business_key="AP-1",
            label="Een actiepunt",
        )
        if fails:
            message = "toch niet"
            raise RuntimeError(message)
        return {"started": str(started)}

    return run


@pytest.fixture
def asked(engine, registry):
    def run(process_id, **how):
        task = ServiceTask(
            type="ask", label="ask", description="", run=asking(process_id, **how)
        )
        registry.add(task)
        asks = extended(zeebe("taskDefinition", type="ask") + MAPPED)
        body = [start(), user(), node("serviceTask", "a", asks), user("after"), end()]
        other = [start("s2"), user("first", name="Eerste"), end("e2")]
        deploy(
            engine,
            process(*body, chain("s", "u", "a", "after", "e")),
            process(*other, chain("s2", "first", "e2"), key="other"),
        )
        instance = begin(engine)
        complete(engine, open_task(engine, instance), by="jan")
        return instance

    return run


def started_by(engine, instance):
    with engine.reading() as work:
        return engine.instances.variables(work, instance.id)["started"]


def of_key(engine, key):
    with engine.reading() as work:
        return engine.instances.of_case(work, key)


def test_a_service_task_starts_a_process_under_its_own_key(engine, asked):
    instance = asked("other")

    (found,) = of_key(engine, "AP-1")
    assert str(found.id) == started_by(engine, instance)
    assert (found.label, found.started_by) == ("Een actiepunt", "jan")
    assert open_task(engine, found).name == "Eerste"
    with engine.reading() as work:
        assert engine.instances.variables(work, found.id) == {"number": 3}


def test_the_process_that_asked_goes_on(engine, asked):
    instance = asked("other")

    assert open_task(engine, instance).element_id == "after"


def test_a_service_task_that_fails_starts_nothing(engine, asked):
    asked("other", fails=True)

    assert of_key(engine, "AP-1") == []


def test_an_unknown_process_undoes_the_whole_step(engine, asked):
    with pytest.raises(NotFoundError):
        asked("nobody")

    (waiting,) = of_key(engine, "2026-0001")
    assert open_task(engine, waiting).element_id == "u"
