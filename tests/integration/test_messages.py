from datetime import timedelta
from decimal import Decimal

import pytest

from engine.errors import IdempotencyConflictError, MessageNotExpectedError
from engine.model import InstanceStatus
from tests.factories import begin, complete, deploy, open_task, two_tasks
from tests.unit.engine.spiff.drawing import (
    MESSAGE,
    SIGNAL,
    boundary,
    chain,
    end,
    node,
    process,
    start,
    user,
)

DAY = timedelta(days=1)


def catching(inner=MESSAGE, key="p"):
    body = start() + node("intermediateCatchEvent", "c", inner) + user() + end()
    return process(body, chain("s", "c", "u", "e"), key=key)


def throwing(inner=MESSAGE, key="thrower"):
    body = start() + user() + node("intermediateThrowEvent", "t", inner) + end()
    return process(body, chain("s", "u", "t", "e"), key=key)


def send(engine, key="2026-0001", **options):
    variables = options.pop("variables", {})
    with engine.transaction() as work:
        return engine.messages.correlate(
            work,
            name="msg",
            correlation_key=key,
            variables=variables,
            by="svk",
            **options,
        )


def a_case(engine, number="2026-0001", process_id="p", key="k"):
    return begin(engine, process_id, key=key, case=number, case_number=number)


def kinds(engine, instance):
    with engine.reading() as work:
        return [entry.kind for entry in engine.journal.of(work, instance.id)]


def test_a_message_reaches_the_case_with_its_key_and_no_other(engine):
    deploy(engine, catching())
    one, two = a_case(engine), a_case(engine, "2026-0002")
    route = send(engine, "2026-0002", variables={"x": 1})

    assert route.reached == (two.id,)
    assert open_task(engine, two).element_id == "u"
    with engine.reading() as work:
        assert engine.tasks.of_instance(work, one.id) == []


def test_a_message_brings_its_variables(engine):
    deploy(engine, catching())
    case = a_case(engine)
    send(engine, variables={"x": 1})

    with engine.reading() as work:
        assert engine.instances.variables(work, case.id)["x"] == Decimal(1)


def test_a_message_that_nobody_expects_is_refused_aloud(engine):
    deploy(engine, catching())

    with pytest.raises(MessageNotExpectedError):
        send(engine)


def test_an_early_message_waits_for_its_case(engine):
    deploy(engine, catching())
    route = send(engine, time_to_live=DAY, variables={"x": 1})
    case = a_case(engine)

    assert route.kept
    assert open_task(engine, case).element_id == "u"


def test_an_early_message_is_taken_once(engine):
    deploy(engine, catching())
    send(engine, time_to_live=DAY)
    a_case(engine)
    second = a_case(engine)

    with engine.reading() as work:
        assert engine.tasks.of_instance(work, second.id) == []


def test_an_early_message_is_gone_when_its_time_is_up(engine, clock):
    deploy(engine, catching())
    send(engine, time_to_live=DAY)
    clock.advance(DAY)
    case = a_case(engine)
    with engine.transaction() as work:
        forgotten = engine.messages.forget_expired(work)

    assert forgotten == 1
    with engine.reading() as work:
        assert engine.tasks.of_instance(work, case.id) == []


def test_the_case_that_waits_longest_gets_the_message(engine, clock):
    deploy(engine, catching())
    first = a_case(engine)
    clock.advance(DAY)
    a_case(engine)

    assert send(engine).reached == (first.id,)


def test_each_process_that_waits_gets_the_message(engine):
    deploy(engine, catching())
    deploy(engine, catching(key="q"), key="other")
    one, two = a_case(engine), a_case(engine, process_id="q", key="other")

    assert set(send(engine).reached) == {one.id, two.id}


def test_a_message_with_the_same_id_takes_effect_once(engine):
    deploy(engine, catching())
    a_case(engine)
    a_case(engine)
    first = send(engine, message_id="m1")
    second = send(engine, message_id="m1")

    assert second == first
    assert len(first.reached) == 1


def test_the_same_message_id_with_another_content_is_refused(engine):
    deploy(engine, catching())
    a_case(engine)
    send(engine, message_id="m1")

    with pytest.raises(IdempotencyConflictError):
        send(engine, message_id="m1", variables={"x": 1})


def test_a_message_starts_the_newest_version_of_a_process(engine):
    for name in ("Oud", "Nieuw"):
        body = start("s", MESSAGE) + user("u", name=name) + end()
        deploy(engine, process(body, chain("s", "u", "e")))
    (started,) = send(engine, variables={"x": 1}).started

    with engine.reading() as work:
        instance = engine.instances.get(work, started)
    assert instance.business_key == "2026-0001"
    assert open_task(engine, instance).name == "Nieuw"


def test_a_case_sends_a_message_to_another_case(engine):
    deploy(engine, catching())
    deploy(engine, throwing(), key="other")
    catcher = a_case(engine)
    thrower = a_case(engine, process_id="thrower", key="other")
    complete(engine, open_task(engine, thrower))

    assert open_task(engine, catcher).element_id == "u"
    assert "thrown" in kinds(engine, thrower)
    assert "message_received" in kinds(engine, catcher)


def test_a_message_of_a_case_waits_for_a_case_that_comes_later(engine):
    deploy(engine, catching())
    deploy(engine, throwing(), key="other")
    complete(
        engine, open_task(engine, a_case(engine, process_id="thrower", key="other"))
    )
    catcher = a_case(engine)

    assert open_task(engine, catcher).element_id == "u"


def test_a_message_for_a_suspended_case_waits_for_its_resumption(engine):
    deploy(engine, catching())
    case = a_case(engine)
    with engine.transaction() as work:
        engine.instances.suspend(work, case.id, by="eva", reason="Wachten")
    kept = send(engine, time_to_live=DAY).kept
    with engine.transaction() as work:
        engine.instances.resume(work, case.id, by="eva")

    assert kept
    assert open_task(engine, case).element_id == "u"


def test_a_message_that_ends_the_case_leaves_no_open_task(engine):
    cut = boundary("b", "u", MESSAGE)
    body = [start(), user(), cut, end(), end("gone"), chain("s", "u", "e")]
    deploy(engine, process(*body, chain("b", "gone")))
    case = a_case(engine)
    send(engine)

    with engine.reading() as work:
        found = engine.instances.get(work, case.id)
        (task,) = engine.tasks.of_instance(work, case.id)
    assert (found.status, found.outcome) == (InstanceStatus.COMPLETED, "gone")
    assert task.state == "cancelled"


def test_a_signal_reaches_everybody_and_starts_who_begins_with_it(engine):
    deploy(engine, catching(SIGNAL))
    body = start("s", SIGNAL) + user("u", name="Begonnen") + end()
    deploy(engine, process(body, chain("s", "u", "e"), key="q"), key="other")
    cases = {a_case(engine).id, a_case(engine, "2026-0002").id}
    with engine.transaction() as work:
        route = engine.messages.broadcast(work, signal="sig", variables={}, by="eva")

    assert set(route.reached) == cases
    assert len(route.started) == 1


def test_a_signal_that_nobody_expects_is_lost_without_a_word(engine):
    with engine.transaction() as work:
        route = engine.messages.broadcast(work, signal="sig", variables={}, by="eva")

    assert route.is_dead_end


def test_a_signal_of_a_case_reaches_another_case(engine):
    deploy(engine, catching(SIGNAL))
    deploy(engine, throwing(SIGNAL), key="other")
    catcher = a_case(engine)
    thrower = a_case(engine, process_id="thrower", key="other")
    complete(engine, open_task(engine, thrower))

    assert open_task(engine, catcher).element_id == "u"


def test_processes_that_call_each_other_up_for_ever_are_stopped(engine):
    body = start("s", SIGNAL) + node("intermediateThrowEvent", "t", SIGNAL) + end()
    deploy(engine, process(body, chain("s", "t", "e")))

    with pytest.raises(Exception, match="kring"), engine.transaction() as work:
        engine.messages.broadcast(work, signal="sig", variables={}, by="eva")


def test_two_tasks_are_not_touched_by_a_message(engine):
    deploy(engine, two_tasks())
    case = a_case(engine)
    with pytest.raises(MessageNotExpectedError):
        send(engine)

    assert open_task(engine, case).name == "Eerste"
