import pytest

from engine.errors import StaleInstanceError, TaskClaimedError, TaskNotOpenError
from engine.model import InstanceStatus, TaskState
from engine.persistence.repositories.instances import InstanceRepository
from tests.concurrency.rival import Rival
from tests.factories import begin, complete, deploy, open_task, two_tasks
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


def test_the_slower_of_two_claims_hears_who_has_the_task(engine, task):
    with engine.transaction() as work:
        engine.tasks.claim(work, task.id, by="jan")
        slower = Rival(
            engine, lambda work: engine.tasks.claim(work, task.id, by="an")
        ).go()

    with pytest.raises(TaskClaimedError) as caught:
        slower.outcome()
    assert caught.value.assignee == "jan"


def test_a_completion_after_a_cancellation_finds_no_open_task(engine, instance, task):
    with engine.transaction() as work:
        engine.instances.cancel(work, instance.id, by="eva", reason="Stop")
        slower = Rival(engine, completing(engine, task, "jan")).go()

    with pytest.raises(TaskNotOpenError) as caught:
        slower.outcome()
    assert caught.value.state is TaskState.CANCELLED


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


def test_a_completion_after_an_interrupting_message_finds_no_open_task(engine):
    cut = boundary("b", "u", MESSAGE)
    body = [start(), user(), cut, end(), end("gone"), chain("s", "u", "e")]
    deploy(engine, process(*body, flow("b", "gone")))
    task = open_task(engine, begin(engine, case_number="1"))
    with engine.transaction() as work:
        engine.messages.correlate(
            work, name="msg", correlation_key="1", variables={}, by="svk"
        )
        slower = Rival(engine, completing(engine, task, "jan")).go()

    with pytest.raises(TaskNotOpenError):
        slower.outcome()


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
    engine, instance, task
):
    with engine.reading() as work:
        old = InstanceRepository(work.session).live(instance.id)
    complete(engine, task)

    with pytest.raises(StaleInstanceError) as caught, engine.transaction() as work:
        InstanceRepository(work.session).save(old, old)
    assert caught.value.expected_version == old.instance.version
