from datetime import timedelta

import pytest

from engine.errors import (
    InstanceNotRunningError,
    StaleInstanceError,
    TaskClaimedError,
    TaskNotOpenError,
)
from engine.model import InstanceStatus, TaskState
from engine.persistence.repositories.instances import InstanceRepository
from tests.concurrency.rival import Rival
from tests.factories import begin, deploy, open_task, two_tasks
from tests.unit.engine.spiff.drawing import (
    MESSAGE,
    boundary,
    chain,
    end,
    flow,
    node,
    process,
    start,
    user,
)


@pytest.fixture
def instance(engine):
    deploy(engine, two_tasks())
    return begin(engine)


@pytest.fixture
def task(engine, instance):
    return open_task(engine, instance)


def completing(engine, task, by, **options):
    data = {"by": by}
    return lambda work: engine.tasks.complete(
        work, task.id, data=data, by=by, **options
    )


def test_the_slower_of_two_completions_hears_who_was_first_and_when(
    engine, instance, task, clock
):
    with engine.transaction() as work:
        completing(engine, task, "jan")(work)
        slower = Rival(engine, completing(engine, task, "an")).go()

    with pytest.raises(TaskNotOpenError) as caught:
        slower.outcome()
    assert (caught.value.by, caught.value.at) == ("jan", clock.now())
    with engine.reading() as work:
        assert engine.instances.variables(work, instance.id)["by"] == "jan"


def test_a_completion_that_fails_leaves_the_task_to_the_other(engine, instance, task):
    rivals = []
    with pytest.raises(ZeroDivisionError), engine.transaction() as work:  # noqa: PT012
        completing(engine, task, "jan")(work)
        rivals.append(Rival(engine, completing(engine, task, "an")).go())
        raise ZeroDivisionError

    assert rivals[0].outcome().completed_by == "an"
    with engine.reading() as work:
        assert engine.instances.variables(work, instance.id)["by"] == "an"


def test_two_equal_requests_at_once_get_one_completion_and_one_answer(
    engine, instance, task
):
    request = completing(engine, task, "jan", idempotency_key="k1")
    with engine.transaction() as work:
        first = request(work)
        second = Rival(engine, request).go()

    assert second.outcome() == first
    assert open_task(engine, instance).name == "Tweede"


def test_the_slower_of_two_claims_hears_who_has_the_task(engine, task, clock):
    with engine.transaction() as work:
        engine.tasks.claim(work, task.id, by="jan")
        slower = Rival(
            engine, lambda work: engine.tasks.claim(work, task.id, by="an")
        ).go()

    with pytest.raises(TaskClaimedError) as caught:
        slower.outcome()
    assert (caught.value.by, caught.value.at) == ("jan", clock.now())


def test_a_completion_after_a_cancellation_hears_who_stopped_it_and_when(
    engine, instance, task, clock
):
    with engine.transaction() as work:
        engine.instances.cancel(work, instance.id, by="eva", reason="Stop")
        slower = Rival(engine, completing(engine, task, "jan")).go()

    with pytest.raises(TaskNotOpenError) as caught:
        slower.outcome()
    assert caught.value.state is TaskState.CANCELLED
    assert (caught.value.by, caught.value.at) == ("eva", clock.now())


@pytest.mark.parametrize(
    ("first", "slower", "status"),
    [
        ("cancel", "cancel", InstanceStatus.CANCELLED),
        ("suspend", "suspend", InstanceStatus.SUSPENDED),
        ("cancel", "suspend", InstanceStatus.CANCELLED),
    ],
)
def test_the_slower_of_two_who_stop_an_instance_hears_who_was_first_and_when(  # noqa: PLR0917 - a case per pair
    engine, instance, clock, first, slower, status
):
    def stopping(step, by):
        use_case = getattr(engine.instances, step)
        return lambda work: use_case(work, instance.id, by=by, reason="Stop")

    with engine.transaction() as work:
        stopping(first, "eva")(work)
        rival = Rival(engine, stopping(slower, "an")).go()

    with pytest.raises(InstanceNotRunningError) as caught:
        rival.outcome()
    assert caught.value.status == status
    assert (caught.value.by, caught.value.at) == ("eva", clock.now())


def test_a_completion_after_a_suspension_hears_who_suspended_and_when(
    engine, instance, task, clock
):
    with engine.transaction() as work:
        engine.instances.suspend(work, instance.id, by="eva", reason="Stuk volgt")
        slower = Rival(engine, completing(engine, task, "jan")).go()

    with pytest.raises(InstanceNotRunningError) as caught:
        slower.outcome()
    assert (caught.value.by, caught.value.at) == ("eva", clock.now())


def test_a_cancellation_after_a_completion_takes_the_next_task(engine, instance, task):
    with engine.transaction() as work:
        completing(engine, task, "jan")(work)
        slower = Rival(
            engine,
            lambda work: engine.instances.cancel(
                work, instance.id, by="eva", reason="Stop"
            ),
        ).go()

    assert slower.outcome().status is InstanceStatus.CANCELLED
    with engine.reading() as work:
        states = [t.state for t in engine.tasks.of_instance(work, instance.id)]
    assert states == [TaskState.COMPLETED, TaskState.CANCELLED]


def test_a_completion_after_an_interrupting_message_hears_who_sent_it(engine, clock):
    cut = boundary("b", "u", MESSAGE)
    body = [start(), user(), cut, end(), end("gone"), chain("s", "u", "e")]
    deploy(engine, process(*body, flow("b", "gone")))
    task = open_task(engine, begin(engine, case_number="1"))
    with engine.transaction() as work:
        engine.messages.correlate(
            work, name="msg", correlation_key="1", variables={}, by="svk"
        )
        slower = Rival(engine, completing(engine, task, "jan")).go()

    with pytest.raises(TaskNotOpenError) as caught:
        slower.outcome()
    assert (caught.value.by, caught.value.at) == ("svk", clock.now())


def test_two_branches_that_end_at_once_are_joined_once(engine):
    gates = [node("parallelGateway", "fork"), node("parallelGateway", "join")]
    body = [start(), *gates, user("a"), user("b"), user("after"), end()]
    flows = chain("s", "fork", "a", "join", "after", "e") + chain("fork", "b", "join")
    deploy(engine, process(*body, flows))
    instance = begin(engine)
    first, second = (open_task(engine, instance, key) for key in ("a", "b"))
    with engine.transaction() as work:
        completing(engine, first, "jan")(work)
        rival = Rival(engine, completing(engine, second, "an")).go()
    rival.outcome()

    assert open_task(engine, instance).element_id == "after"
    with engine.reading() as work:
        assert engine.journal.verify(work, instance.id) is None


def test_a_state_that_was_read_before_another_step_can_not_be_stored(
    engine, instance, task, clock
):
    with engine.reading() as work:
        old = InstanceRepository(work.session).live(instance.id)
    clock.advance(timedelta(minutes=5))
    with engine.transaction() as work:
        completing(engine, task, "jan")(work)

    with pytest.raises(StaleInstanceError) as caught, engine.transaction() as work:
        InstanceRepository(work.session).save(old, old)
    assert caught.value.expected_version == old.instance.version
    assert (caught.value.by, caught.value.at) == ("jan", clock.now())
