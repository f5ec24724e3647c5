from decimal import Decimal

import pytest
from sqlalchemy import func, select

from engine.errors import BpmnError, InstanceNotRunningError, NotFoundError
from engine.model import InstanceStatus, TaskState
from engine.persistence.tables.installation import HeartbeatRow
from engine.persistence.tables.instances import VariableRow
from engine.registry import ServiceTask
from tests.factories import begin, complete, deploy, open_task, two_tasks
from tests.unit.engine.spiff.drawing import (
    boundary,
    chain,
    end,
    extended,
    node,
    process,
    start,
    timer,
    user,
    zeebe,
)


def service(key, type_):
    return node("serviceTask", key, extended(zeebe("taskDefinition", type=type_)))


def then(type_):
    """Draw a task for a person, and a service task after it."""
    return process(
        start(), user(), service("a", type_), end(), chain("s", "u", "a", "e")
    )


def beats(engine):
    with engine.reading() as work:
        return work.session.scalar(select(func.count()).select_from(HeartbeatRow))


def beat(call):
    moment = call.now
    call.work.session.add(
        HeartbeatRow(name=call.type, kind="t", started_at=moment, beat_at=moment)
    )
    call.work.session.flush()
    return {"beaten": True}


def beat_and_fail(call):
    beat(call)
    message = "de printer brandt"
    raise RuntimeError(message)


def register(registry, type_, run):
    registry.add(ServiceTask(type=type_, label=type_, description="", run=run))


def test_a_case_begins_with_its_variables_and_its_first_task(engine):
    deploy(engine, two_tasks())
    instance = begin(engine, number=3, names=["a"], nothing=None)

    with engine.reading() as work:
        found = engine.instances.get(work, instance.id)
        variables = engine.instances.variables(work, instance.id)
    assert found == instance
    assert variables == {"number": Decimal(3), "names": ["a"], "nothing": None}
    assert open_task(engine, instance).name == "Eerste"


def test_the_last_task_ends_the_case(engine):
    deploy(engine, two_tasks())
    instance = begin(engine)
    complete(engine, open_task(engine, instance))
    complete(engine, open_task(engine, instance))

    with engine.reading() as work:
        found = engine.instances.get(work, instance.id)
    assert found.status is InstanceStatus.COMPLETED
    assert found.outcome == "e"
    assert found.ended_at is not None


def test_an_unknown_instance_is_not_found(engine, clock):
    deploy(engine, two_tasks())
    instance = begin(engine)
    with engine.reading() as work, pytest.raises(NotFoundError):
        engine.instances.get(work, instance.id.__class__(int=1))


def test_a_cancelled_case_has_no_open_task_and_no_variables_left_behind(engine):
    deploy(engine, two_tasks())
    instance = begin(engine)
    task = open_task(engine, instance)
    with engine.transaction() as work:
        engine.instances.cancel(work, instance.id, by="eva", reason="Vergissing")

    with engine.reading() as work:
        assert engine.tasks.get(work, task.id).state is TaskState.CANCELLED
        found = engine.instances.get(work, instance.id)
        entries = engine.journal.of(work, instance.id)
    assert found.status is InstanceStatus.CANCELLED
    assert [e.facts for e in entries if e.kind == "instance_cancelled"] == [
        {"reason": "Vergissing"}
    ]


def test_a_cancelled_case_can_not_be_cancelled_again(engine):
    deploy(engine, two_tasks())
    instance = begin(engine)
    with engine.transaction() as work:
        engine.instances.cancel(work, instance.id, by="eva", reason="Vergissing")

    with pytest.raises(InstanceNotRunningError), engine.transaction() as work:
        engine.instances.cancel(work, instance.id, by="eva", reason="Nog eens")


def test_a_suspended_case_takes_no_completion_until_it_is_resumed(engine):
    deploy(engine, two_tasks())
    instance = begin(engine)
    with engine.transaction() as work:
        engine.instances.suspend(work, instance.id, by="eva", reason="Wachten")
    with pytest.raises(InstanceNotRunningError):
        complete(engine, open_task(engine, instance))
    with engine.transaction() as work:
        engine.instances.resume(work, instance.id, by="eva")
    complete(engine, open_task(engine, instance))

    assert open_task(engine, instance).name == "Tweede"


def test_a_suspended_case_can_be_cancelled(engine):
    deploy(engine, two_tasks())
    instance = begin(engine)
    with engine.transaction() as work:
        engine.instances.suspend(work, instance.id, by="eva", reason="Wachten")
    with engine.transaction() as work:
        ended = engine.instances.cancel(work, instance.id, by="eva", reason="Stop")

    assert ended.status is InstanceStatus.CANCELLED


def test_the_timer_of_a_suspended_case_waits_for_its_resumption(engine, clock):
    body = [start(), user(), boundary("b", "u", timer(text="PT1H")), end(), end("late")]
    deploy(engine, process(*body, chain("s", "u", "e"), chain("b", "late")))
    instance = begin(engine)
    with engine.transaction() as work:
        engine.instances.suspend(work, instance.id, by="eva", reason="Wachten")
    clock.moment = clock.moment.replace(day=26)
    with engine.transaction() as work:
        early = engine.timers.fire_due(work)
    with engine.transaction() as work:
        engine.instances.resume(work, instance.id, by="eva")
    with engine.transaction() as work:
        late = engine.timers.fire_due(work)

    assert early is None
    assert late is not None
    with engine.reading() as work:
        assert engine.instances.get(work, instance.id).outcome == "late"


def test_what_a_service_task_writes_commits_with_the_step(engine, registry):
    register(registry, "beat", beat)
    deploy(engine, then("beat"))
    instance = begin(engine)
    complete(engine, open_task(engine, instance))

    assert beats(engine) == 1


def test_a_failing_service_task_leaves_an_incident_and_no_rows(engine, registry):
    register(registry, "fail", beat_and_fail)
    deploy(engine, then("fail"))
    instance = begin(engine)
    task = open_task(engine, instance)
    complete(engine, task)

    with engine.reading() as work:
        (incident,) = engine.incidents.open(work)
        done = engine.tasks.get(work, task.id)
    assert beats(engine) == 0
    assert "de printer brandt" in incident.message
    assert (done.state, done.completed_by) == (TaskState.COMPLETED, "jan")


def test_a_business_error_takes_the_rows_of_its_service_task_back(engine, registry):
    def beat_and_throw(call):
        beat(call)
        raise BpmnError(error_code="E1", message="geen toegang")

    register(registry, "throw", beat_and_throw)
    caught = boundary("b", "a", '<bpmn:errorEventDefinition errorRef="er"/>')
    body = [start(), user(), service("a", "throw"), caught, end(), end("refused")]
    deploy(engine, process(*body, chain("s", "u", "a", "e"), chain("b", "refused")))
    instance = begin(engine)
    complete(engine, open_task(engine, instance))

    with engine.reading() as work:
        found = engine.instances.get(work, instance.id)
    assert found.outcome == "refused"
    assert beats(engine) == 0


def test_a_step_that_fails_altogether_changes_nothing(engine, registry):
    deploy(engine, two_tasks())
    instance = begin(engine)
    task = open_task(engine, instance)
    hostile = object()
    with pytest.raises(Exception):  # noqa: B017 - whatever it is, nothing stays
        complete(engine, task, bad=hostile)

    assert open_task(engine, instance) == task


def test_only_changed_variables_are_written(engine, count_sql):
    deploy(engine, two_tasks())
    instance = begin(engine, kept=1)
    task = open_task(engine, instance)
    with count_sql(engine.database) as counted:
        complete(engine, task, kept=1)
    writes = [s for s in counted.statements if "INTO variable" in s]

    assert writes == []


def test_a_variable_that_is_set_again_keeps_one_row(engine):
    deploy(engine, two_tasks())
    instance = begin(engine, x=1)
    complete(engine, open_task(engine, instance), x=2)

    with engine.reading() as work:
        rows = work.session.scalars(select(VariableRow)).all()
        variables = engine.instances.variables(work, instance.id)
    assert len(rows) == 1
    assert variables == {"x": Decimal(2)}


def test_the_diagram_is_told_where_the_tokens_are(engine):
    deploy(engine, two_tasks())
    instance = begin(engine)

    with engine.reading() as work:
        assert engine.instances.waiting_at(work, instance.id) == ["first"]
