from datetime import timedelta
from decimal import Decimal

import pytest

from engine.errors import (
    IdempotencyConflictError,
    NotFoundError,
    TaskClaimedError,
    TaskNotOpenError,
)
from engine.model import TaskState
from engine.tasks import TaskQuery
from engine.worklist import TaskSort
from tests.factories import (
    assigned,
    begin,
    complete,
    deploy,
    open_task,
    two_tasks,
)
from tests.unit.engine.spiff.drawing import chain, end, process, start, user


@pytest.fixture
def instance(engine):
    deploy(engine, two_tasks())
    return begin(engine)


@pytest.fixture
def task(engine, instance):
    return open_task(engine, instance)


def claim(engine, task, by="jan"):
    with engine.transaction() as work:
        return engine.tasks.claim(work, task.id, by=by)


def kinds(engine, instance):
    with engine.reading() as work:
        return [entry.kind for entry in engine.journal.of(work, instance.id)]


def found(engine, **query):
    with engine.reading() as work:
        page = engine.tasks.find(work, TaskQuery(**query))
    return [task.id for task in page.items]


def test_a_claimed_task_is_in_the_hands_of_who_claimed_it(engine, task, clock):
    claimed = claim(engine, task)

    assert (claimed.assignee, claimed.claimed_at) == ("jan", clock.now())
    with engine.reading() as work:
        assert engine.tasks.get(work, task.id) == claimed


def test_a_task_in_the_hands_of_somebody_else_can_not_be_claimed(engine, task):
    claim(engine, task)

    with pytest.raises(TaskClaimedError) as caught:
        claim(engine, task, by="an")
    assert caught.value.assignee == "jan"


def test_claiming_a_task_twice_is_one_line_in_the_journal(engine, task, instance):
    claim(engine, task)
    claim(engine, task)

    assert kinds(engine, instance).count("task_claimed") == 1


def test_a_claimed_task_leaves_the_list_of_the_unclaimed(engine, task):
    admin = frozenset({"admin"})
    before = found(engine, groups=admin, unclaimed=True)
    claim(engine, task)

    assert before == [task.id]
    assert found(engine, groups=admin, unclaimed=True) == []
    assert found(engine, groups=admin, unclaimed=False) == [task.id]
    assert found(engine, assignee="jan") == [task.id]


def test_a_released_task_is_back_in_the_list_of_the_group(engine, task):
    claim(engine, task)
    with engine.transaction() as work:
        engine.tasks.release(work, task.id, by="jan")

    assert found(engine, groups=frozenset({"admin"}), unclaimed=True) == [task.id]


def test_a_task_is_assigned_whoever_had_it(engine, task, instance):
    claim(engine, task)
    with engine.transaction() as work:
        engine.tasks.assign(work, task.id, to="an", by="eva")

    assert found(engine, assignee="an") == [task.id]
    assert kinds(engine, instance)[-1] == "task_assigned"


def test_a_task_that_is_done_can_not_be_done_again(engine, task, clock):
    complete(engine, task)
    at = clock.now()
    clock.advance(timedelta(hours=1))

    with pytest.raises(TaskNotOpenError) as caught:
        complete(engine, task, by="an")
    assert (caught.value.by, caught.value.at) == ("jan", at)


def test_a_task_of_somebody_else_can_not_be_completed(engine, task):
    claim(engine, task)

    with pytest.raises(TaskClaimedError):
        complete(engine, task, by="an")


def test_an_unknown_task_is_not_found(engine, task):
    with engine.transaction() as work, pytest.raises(NotFoundError):
        engine.tasks.claim(work, task.instance_id, by="jan")


def test_the_answer_of_a_completion_is_what_is_stored(engine, task):
    done = complete(engine, task)

    with engine.reading() as work:
        assert engine.tasks.get(work, task.id) == done
    assert done.state is TaskState.COMPLETED


def test_the_same_key_and_request_give_the_same_answer_and_one_completion(
    engine, task, instance
):
    first = complete(engine, task, key="k1", x=1)
    second = complete(engine, task, key="k1", x=1)

    assert second == first
    assert open_task(engine, instance).name == "Tweede"


def test_the_same_key_with_other_data_is_refused(engine, task):
    complete(engine, task, key="k1", x=1)

    with pytest.raises(IdempotencyConflictError):
        complete(engine, task, key="k1", x=2)


def test_a_key_of_a_completion_that_failed_can_be_used_again(engine, task):
    claim(engine, task, by="an")
    with pytest.raises(TaskClaimedError):
        complete(engine, task, key="k1")
    with engine.transaction() as work:
        engine.tasks.release(work, task.id, by="an")

    assert complete(engine, task, key="k1").state is TaskState.COMPLETED


def test_a_draft_is_kept_until_the_task_is_completed(engine, task):
    data = {"remark": "half", "rooms": 3, "list": [1, None]}
    with engine.transaction() as work:
        engine.tasks.save_draft(work, task.id, data=data, by="jan")
    with engine.reading() as work:
        kept = engine.tasks.draft(work, task.id)
    complete(engine, task)
    with engine.reading() as work:
        gone = engine.tasks.draft(work, task.id)

    assert kept == {"remark": "half", "rooms": Decimal(3), "list": [Decimal(1), None]}
    assert gone is None


def test_a_draft_of_a_task_that_is_done_is_refused(engine, task):
    complete(engine, task)

    with pytest.raises(TaskNotOpenError), engine.transaction() as work:
        engine.tasks.save_draft(work, task.id, data={}, by="jan")


def test_the_form_of_a_task_shows_the_variables_that_it_sees(engine):
    deploy(engine, two_tasks())
    instance = begin(engine, offer={"street": "Kerkstraat"})
    task = open_task(engine, instance)

    with engine.reading() as work:
        form = engine.tasks.form(work, task.id)
    assert form.schema is None
    assert form.variables["offer"] == {"street": "Kerkstraat"}


def test_a_task_with_an_assignee_begins_in_his_hands(engine):
    only = user("u", assigned("admin", assignee="=owner"))
    deploy(engine, process(start(), only, end(), chain("s", "u", "e")))
    begin(engine, owner="rik")

    assert len(found(engine, assignee="rik")) == 1
    assert found(engine, groups=frozenset({"admin"}), unclaimed=True) == []


def last_sentence(engine, instance, kind):
    with engine.reading() as work:
        entries = engine.journal.of(work, instance.id)
    return next(engine.journal.sentence(one) for one in entries if one.kind == kind)


def test_a_deputy_completes_what_is_in_the_hands_of_the_absent(engine, task, instance):
    claim(engine, task)
    with engine.transaction() as work:
        done = engine.tasks.complete(
            work, task.id, data={}, by="an", on_behalf_of="jan"
        )

    assert done.completed_by == "an"
    told = last_sentence(engine, instance, "task_completed")
    assert told.startswith("an namens jan werkte de taak")


def test_a_deputy_takes_a_task_over_from_the_absent(engine, task, instance):
    claim(engine, task)
    with engine.transaction() as work:
        taken = engine.tasks.claim(work, task.id, by="an", on_behalf_of="jan")

    assert taken.assignee == "an"
    assert kinds(engine, instance)[-1] == "task_claimed"


def test_a_deputy_does_not_reach_into_the_hands_of_a_third(engine, task):
    claim(engine, task)

    with pytest.raises(TaskClaimedError), engine.transaction() as work:
        engine.tasks.complete(work, task.id, data={}, by="an", on_behalf_of="eva")


@pytest.mark.parametrize("sort", list(TaskSort))
def test_the_list_of_a_deputy_holds_the_tasks_of_the_absent(engine, task, sort):
    claim(engine, task)
    groups = frozenset({"other"})

    assert found(
        engine,
        assignee="an",
        stands_in_for=frozenset({"jan"}),
        groups=groups,
        sort=sort,
    ) == [task.id]
    assert found(engine, assignee="an", groups=groups, sort=sort) == []
