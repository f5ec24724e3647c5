import pytest

from engine.registry import ServiceTask
from tests.factories import assigned, begin, complete, deploy, open_task, two_tasks
from tests.unit.engine.spiff.drawing import (
    boundary,
    chain,
    end,
    extended,
    flow,
    node,
    process,
    start,
    timer,
    user,
    zeebe,
)


@pytest.fixture
def spent(engine, count_sql):
    """Complete the open task of an instance; return what that cost."""

    def spent(instance, **data):
        task = open_task(engine, instance)
        with count_sql(engine.database) as counted:
            complete(engine, task, **data)
        return counted

    return spent


def test_a_completion_costs_at_most_ten_statements_and_one_commit(engine, spent):
    deploy(engine, two_tasks())
    counted = spent(begin(engine), remark="nieuw")

    assert len(counted.statements) <= 10, counted.statements
    assert counted.commits == 1


def test_a_loop_costs_as_much_in_its_last_round_as_in_its_first(engine, spent):
    again = node("exclusiveGateway", "g", default="g_u")
    body = [start(), user("u", assigned("admin")), again, end()]
    flows = [flow("s", "u"), flow("u", "g"), flow("g", "u"), flow("g", "e", "=stop")]
    deploy(engine, process(*body, *flows))
    instance = begin(engine, stop=False)
    costs = [len(spent(instance, round=number).statements) for number in range(12)]

    assert set(costs[1:]) == {costs[1]}
    assert costs[1] <= 10


def test_a_task_with_a_timer_costs_two_statements_more(engine, spent):
    def timed(key):
        return boundary(f"{key}_late", key, timer(text="P1D"), interrupts=False)

    tasks = [user("first"), timed("first"), user("second"), timed("second")]
    ends = [end(), end("f"), end("g")]
    flows = [flow("first_late", "f"), flow("second_late", "g")]
    body = [start(), *tasks, *ends, *flows]
    deploy(engine, process(*body, chain("s", "first", "second", "e")))
    counted = spent(begin(engine), remark="nieuw")

    assert len(counted.statements) <= 12, counted.statements
    assert counted.commits == 1


def test_a_service_task_costs_a_savepoint(engine, registry, spent):
    task = ServiceTask(type="x", label="x", description="", run=lambda _: {})
    registry.add(task)
    service = node("serviceTask", "a", extended(zeebe("taskDefinition", type="x")))
    body = [start(), user(), service, user("v"), end()]
    deploy(engine, process(*body, chain("s", "u", "a", "v", "e")))
    counted = spent(begin(engine), remark="nieuw")

    assert len(counted.statements) <= 12, counted.statements
    assert counted.commits == 1


def test_a_start_commits_once(engine, count_sql):
    deploy(engine, two_tasks())
    begin(engine)
    with count_sql(engine.database) as counted:
        begin(engine, case="2026-0002", x=1)

    assert counted.commits == 1
    assert len(counted.statements) <= 8, counted.statements
