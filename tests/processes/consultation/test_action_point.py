"""What somebody must do after a meeting."""

from datetime import timedelta

import pytest


@pytest.fixture
def point(case):
    def start(owner="an"):
        return case.start(
            "action_point",
            action_id="a1",
            action_text="Bel de huisvestingsmaatschappij",
            owner=owner,
            due_at=case.now + timedelta(days=30),
            remind_at=case.now + timedelta(days=23),
        )

    return start


def test_who_must_do_it_has_the_task_with_its_date(point, case):
    point()

    (task,) = case.tasks
    assert task.assignee == "an"
    assert task.due_at == case.now + timedelta(days=30)


def test_somebody_without_an_account_is_followed_by_the_secretary(point, case):
    point(owner=None)

    (task,) = case.tasks
    assert (task.assignee, task.candidate_groups) == (None, ("admin",))


def test_a_result_ends_it(point, case, city):
    point()
    case.complete("carry_out_action", action_result="gebeld")

    assert case.outcome == "done"
    assert city.asked("action.finish") == [{"action_id": "a1", "result": "gebeld"}]


def test_the_owner_is_reminded_before_and_at_the_date(point, case, city):
    point()
    case.advance(days=22)

    assert city.kinds == []

    case.advance(days=1)

    assert city.kinds == ["action.remind"]

    case.advance(days=7)

    assert city.kinds == ["action.remind", "action.remind"]

    case.advance(days=100)

    assert len(city.kinds) == 2
    assert case.open == ["carry_out_action"]


def test_a_dropped_point_ends_so(point, case, city):
    point()

    assert case.deliver("action_dropped", "a1") == 1
    assert case.outcome == "dropped"
    assert case.open == []
    assert city.kinds == []


def test_another_point_is_not_dropped_with_it(point, case):
    point()

    assert case.deliver("action_dropped", "a2") == 0
    assert case.open == ["carry_out_action"]
