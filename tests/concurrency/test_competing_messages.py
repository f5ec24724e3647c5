from datetime import timedelta

from tests.concurrency.rival import Rival
from tests.factories import a_bundle, begin, deploy, open_task, two_tasks
from tests.unit.engine.spiff.drawing import (
    MESSAGE,
    boundary,
    chain,
    end,
    flow,
    node,
    process,
    start,
    timer,
    user,
)

DAY = timedelta(days=1)


def waiting_after_a_task():
    """Draw a task, a wait for a message, and a task."""
    catch = node("intermediateCatchEvent", "c", MESSAGE)
    body = [start(), user("u"), catch, user("v"), end()]
    return process(*body, chain("s", "u", "c", "v", "e"))


def sending(engine, key="1"):
    return lambda work: engine.messages.correlate(
        work,
        name="msg",
        correlation_key=key,
        variables={},
        by="svk",
        time_to_live=DAY,
    )


def test_a_message_and_who_begins_to_wait_for_it_do_not_miss_each_other(engine):
    deploy(engine, waiting_after_a_task())
    instance = begin(engine, case_number="1")
    task = open_task(engine, instance)
    with engine.transaction() as work:
        engine.tasks.complete(work, task.id, data={}, by="jan")
        message = Rival(engine, sending(engine)).go()
    message.outcome()

    assert open_task(engine, instance).element_id == "v"


def test_who_begins_to_wait_while_a_message_is_being_kept_still_gets_it(engine):
    deploy(engine, waiting_after_a_task())
    instance = begin(engine, case_number="1")
    task = open_task(engine, instance)
    with engine.transaction() as work:
        sending(engine)(work)
        waiter = Rival(
            engine,
            lambda work: engine.tasks.complete(work, task.id, data={}, by="jan"),
        ).go()
    waiter.outcome()

    assert open_task(engine, instance).element_id == "v"


def test_of_two_messages_at_once_the_second_is_kept(engine):
    catch = node("intermediateCatchEvent", "c", MESSAGE)
    body = [start(), catch, user("v"), end()]
    deploy(engine, process(*body, chain("s", "c", "v", "e")))
    begin(engine, case_number="1")
    with engine.transaction() as work:
        first = sending(engine)(work)
        rival = Rival(engine, sending(engine)).go()
    second = rival.outcome()

    assert len(first.reached) == 1
    assert second.kept


def test_the_same_message_twice_at_once_takes_effect_once(engine):
    body = start("s", MESSAGE) + user("u") + end()
    deploy(engine, process(body, chain("s", "u", "e")))

    def send(work):
        return engine.messages.correlate(
            work,
            name="msg",
            correlation_key="1",
            variables={},
            by="svk",
            message_id="m1",
        )

    with engine.transaction() as work:
        first = send(work)
        rival = Rival(engine, send).go()

    assert rival.outcome() == first
    assert len(first.started) == 1


def test_two_deployments_at_once_are_two_versions(engine):
    def deploying(name):
        bundle = a_bundle(two_tasks(name=name))
        return lambda work: engine.definitions.deploy(work, bundle, by="eva")

    with engine.transaction() as work:
        first = deploying("Een")(work)
        rival = Rival(engine, deploying("Twee")).go()

    assert (first.version, rival.outcome().version) == (1, 2)


def test_the_same_deployment_twice_at_once_is_one_version(engine):
    bundle = a_bundle(two_tasks())
    with engine.transaction() as work:
        first = engine.definitions.deploy(work, bundle, by="eva")
        rival = Rival(
            engine, lambda work: engine.definitions.deploy(work, bundle, by="an")
        ).go()

    assert rival.outcome() == first


def test_a_timer_that_two_workers_see_fires_once(engine, clock):
    late = boundary("b", "u", timer(text="PT1H"), interrupts=False)
    body = [start(), user("u"), late, user("w"), end(), end("f")]
    flows = chain("s", "u", "e") + flow("b", "w") + flow("w", "f")
    deploy(engine, process(*body, flows))
    instance = begin(engine)
    clock.advance(DAY)
    with engine.transaction() as work:
        first = engine.timers.fire_due(work)
        rival = Rival(engine, engine.timers.fire_due).go()

    assert first is not None
    assert rival.outcome() is None
    assert open_task(engine, instance, "w").element_id == "w"


def test_a_timer_of_a_task_that_is_being_completed_does_not_fire(engine, clock):
    late = boundary("b", "u", timer(text="PT1H"))
    body = [start(), user("u"), late, end(), end("f")]
    deploy(engine, process(*body, chain("s", "u", "e") + flow("b", "f")))
    instance = begin(engine)
    clock.advance(DAY)
    task = open_task(engine, instance)
    with engine.transaction() as work:
        engine.tasks.complete(work, task.id, data={}, by="jan")
        rival = Rival(engine, engine.timers.fire_due).go()

    assert rival.outcome() is None
    with engine.reading() as work:
        assert engine.instances.get(work, instance.id).outcome == "e"
