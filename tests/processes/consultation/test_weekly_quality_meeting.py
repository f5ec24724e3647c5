"""The weekly talk about all running cases."""

from datetime import timedelta

import pytest

NUMBER = "KG-2026-1"


@pytest.fixture
def weekly(meeting):
    return meeting.planned("weekly_quality_meeting")


def test_the_list_is_made_before_the_meeting_and_closed_after_it(weekly, case, city):
    weekly.until("list_at")

    assert case.open == ["hold_meeting"]

    case.complete("hold_meeting")

    assert case.outcome == "closed"
    assert city.kinds == ["meeting.dates", "weekly.build_list", "weekly.close"]


def test_head_of_service_and_secretary_may_close_it(weekly, case):
    weekly.until("list_at")

    (task,) = case.tasks
    assert task.candidate_groups == ("head_of_service", "admin")


def test_a_meeting_that_stays_open_is_told_to_the_head_of_service(weekly, case, city):
    weekly.until("close_until")

    assert [asked["to"] for asked in city.asked("meeting.remind")] == [
        ["head_of_service"]
    ]
    assert case.open == ["hold_meeting"]


def test_it_is_reminded_once(weekly, city):
    weekly.until("close_until", days=30)

    assert len(city.asked("meeting.remind")) == 1


def test_a_meeting_that_moves_makes_its_list_again(weekly, case, city):
    weekly.until("list_at")
    city.meeting_at += timedelta(days=2)
    case.deliver("meeting_moved", NUMBER)

    assert case.open == []

    weekly.until("list_at")

    assert case.open == ["hold_meeting"]
    assert len(city.asked("weekly.build_list")) == 2


def test_an_open_meeting_may_be_cancelled(weekly, case, city):
    weekly.until("list_at")
    case.deliver("meeting_cancelled", NUMBER)

    assert case.outcome == "cancelled"
    assert "weekly.close" not in city.kinds


def test_closing_that_is_refused_carries_out_nothing(weekly, case, city):
    weekly.until("list_at")
    city.refusals["weekly.close"] = ValueError("Zaak 2026-7 is niet besproken.")
    case.complete("hold_meeting")

    assert case.ended is None
    assert "weekly.close" not in city.kinds
    assert "2026-7" in case.incidents[0].message
