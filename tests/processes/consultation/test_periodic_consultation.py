"""The periodic consultation with partners."""

import pytest

NUMBER = "KG-2026-1"


@pytest.fixture
def periodic(meeting):
    return meeting.planned("periodic_consultation")


@pytest.fixture
def selected(periodic, case):
    periodic.until("call_at")
    case.complete("select_cases")
    return periodic.until("invite_at")


def test_a_consultation_goes_from_call_to_the_next_date(selected, case, city):
    selected.held().drafted().approved()
    case.complete("plan_next")

    assert case.outcome == "closed"
    assert city.kinds == [
        "meeting.dates",
        "meeting.open_agenda",
        "meeting.call_for_items",
        "meeting.check_selection",
        "meeting.invite",
        "meeting.held",
        "minutes.open_comments",
        "minutes.approve",
        "minutes.send",
        "meeting.check_next",
        "meeting.close",
    ]


def test_cases_are_selected_once_members_were_called(periodic, case, city):
    periodic.until("call_at")

    assert case.open == ["select_cases"]
    assert city.kinds[-1] == "meeting.call_for_items"


def test_a_late_selection_climbs_the_ladder(periodic, case, city):
    told = {}
    for term in ("call_at", "approve_until", "invite_at"):
        periodic.until(term)
        told[term] = [asked["to"] for asked in city.asked("meeting.remind")]

    assert told == {
        "call_at": [],
        "approve_until": [["secretary"]],
        "invite_at": [["secretary"], ["head_of_service"]],
    }
    assert case.open == ["select_cases"]


def test_an_attendance_that_nobody_notes_is_told(selected, case, city):
    selected.until("minutes_until")

    assert city.asked("meeting.remind")[-1]["to"] == ["secretary", "head_of_service"]
    assert case.open == ["record_attendance"]


def test_without_a_selection_the_meeting_begins_all_the_same(periodic, case, city):
    periodic.until("meeting_at")

    assert case.open == ["record_attendance"]
    assert "meeting.invite" not in city.kinds


def test_late_minutes_are_told_to_the_head_of_service(selected, city):
    selected.held().until("minutes_until")

    assert city.asked("meeting.remind")[-1]["to"] == ["head_of_service"]


def test_the_minutes_go_to_the_chair_or_the_head_of_service(selected, case):
    selected.held().drafted()

    (task,) = case.tasks
    assert task.assignee is None
    assert task.candidate_groups == ("head_of_service",)


def test_minutes_may_be_sent_back(selected, case):
    selected.held().drafted().sent_back()

    assert case.open == ["draft_minutes"]

    selected.drafted().approved()

    assert case.open == ["plan_next"]


def test_it_does_not_close_without_a_next_date(selected, case, city):
    selected.held().drafted().approved()
    city.refusals["meeting.check_next"] = ValueError("Er is nog geen volgende datum.")
    case.complete("plan_next")

    assert case.ended is None
    assert "meeting.close" not in city.kinds
