"""Another due moment for an open task: in the row, in the lists, in the journal."""

from datetime import timedelta

import pytest

from engine.errors import InstanceNotRunningError, TaskNotOpenError
from engine.tasks import TaskQuery
from tests.factories import begin, complete, deploy, open_task, two_tasks


@pytest.fixture
def instance(engine):
    deploy(engine, two_tasks())
    return begin(engine)


@pytest.fixture
def task(engine, instance):
    return open_task(engine, instance)


def reschedule(engine, task, due_at, by="griet"):
    with engine.transaction() as work:
        return engine.tasks.reschedule(work, task.id, due_at, by=by)


def journal(engine, instance):
    with engine.reading() as work:
        assert engine.journal.verify(work, instance.id) is None
        return engine.journal.of(work, instance.id)


def test_a_task_gets_another_due_moment_and_the_journal_says_who_gave_it(
    engine, instance, task, clock
):
    due_at = clock.now() + timedelta(days=5)
    given = reschedule(engine, task, due_at)

    with engine.reading() as work:
        assert engine.tasks.get(work, task.id) == given
    line = journal(engine, instance)[-1]
    assert (line.kind, line.actor) == ("task_rescheduled", "griet")
    assert line.facts == {"due_at": due_at.isoformat(), "due_before": None}


def test_the_work_list_follows_the_new_moment(engine, clock):
    deploy(engine, two_tasks())
    first, second = (open_task(engine, begin(engine)) for _ in range(2))
    reschedule(engine, first, clock.now() + timedelta(days=9))
    reschedule(engine, second, clock.now() + timedelta(days=2))

    with engine.reading() as work:
        query = TaskQuery(groups=frozenset({"admin"}))
        listed = [each.id for each in engine.tasks.find(work, query).items]
        soon = TaskQuery(
            groups=frozenset({"admin"}), due_before=clock.now() + timedelta(days=3)
        )
        due = [each.id for each in engine.tasks.find(work, soon).items]
    assert listed == [second.id, first.id]
    assert due == [second.id]


def test_the_same_moment_again_leaves_no_line(engine, instance, task, clock):
    due_at = clock.now() + timedelta(days=5)
    reschedule(engine, task, due_at)
    lines = len(journal(engine, instance))
    reschedule(engine, task, due_at)

    assert len(journal(engine, instance)) == lines


def test_a_task_that_is_done_keeps_its_moment(engine, task, clock):
    complete(engine, task, by="jan")

    with pytest.raises(TaskNotOpenError) as caught:
        reschedule(engine, task, clock.now())
    assert caught.value.by == "jan"


def test_a_suspended_case_keeps_its_moments(engine, instance, task, clock):
    with engine.transaction() as work:
        engine.instances.suspend(work, instance.id, by="griet", reason="wacht")

    with pytest.raises(InstanceNotRunningError):
        reschedule(engine, task, clock.now())
