"""Meetings that move, are cancelled, or have gone too far for that."""

from datetime import timedelta

import pytest

NUMBER = "KG-2026-1"
KINDS = ("coordination_cycle", "periodic_consultation", "weekly_quality_meeting")


@pytest.mark.parametrize("process_id", KINDS)
def test_a_meeting_that_moves_counts_its_terms_anew(meeting, case, city, process_id):
    meeting.planned(process_id)
    city.meeting_at += timedelta(days=70)

    assert case.deliver("meeting_moved", NUMBER) == 1
    assert len(city.asked("meeting.dates")) == 2
    assert case.variables["dates"]["meeting_at"] == city.meeting_at
    assert all(timer.due_at > case.now for timer in case.timers)


@pytest.mark.parametrize("process_id", KINDS)
def test_a_meeting_may_move_more_than_once(meeting, case, city, process_id):
    meeting.planned(process_id)
    for _ in range(3):
        city.meeting_at += timedelta(days=7)
        case.deliver("meeting_moved", NUMBER)

    assert len(city.asked("meeting.dates")) == 4
    assert len(case.timers) == 1


@pytest.mark.parametrize("process_id", KINDS)
def test_a_cancelled_meeting_ends_so(meeting, case, city, process_id):
    meeting.planned(process_id)

    assert case.deliver("meeting_cancelled", NUMBER) == 1
    assert case.ended == "completed"
    assert case.outcome == "cancelled"
    assert city.kinds[-1] == "meeting.cancelled"


@pytest.mark.parametrize("process_id", KINDS)
def test_the_message_of_another_meeting_has_no_effect(meeting, case, process_id):
    meeting.planned(process_id)

    assert case.deliver("meeting_cancelled", "KG-2026-2") == 0
    assert case.ended is None


def test_a_move_closes_the_task_of_the_old_date(meeting, case, city):
    meeting.planned().until("agenda_opens_at")
    city.meeting_at += timedelta(days=70)
    case.deliver("meeting_moved", NUMBER)

    assert case.open == []

    meeting.until("agenda_opens_at")

    assert case.open == ["open_agenda"]


def test_an_invited_meeting_that_moves_invites_again_for_the_new_date(
    meeting, case, city
):
    meeting.planned().invited()
    city.meeting_at += timedelta(days=70)
    case.deliver("meeting_moved", NUMBER)
    meeting.invited()

    assert len(city.asked("meeting.invite")) == 2


def test_until_the_attendance_is_recorded_a_meeting_can_still_move(meeting, case, city):
    meeting.planned().invited().until("meeting_at")
    city.meeting_at += timedelta(days=7)

    assert case.deliver("meeting_moved", NUMBER) == 1
    assert "record_attendance" not in case.open


@pytest.mark.parametrize("message", ["meeting_moved", "meeting_cancelled"])
def test_a_meeting_that_was_held_moves_no_more(meeting, case, message):
    meeting.planned().invited().held()

    assert case.deliver(message, NUMBER) == 0
    assert case.open == ["draft_minutes"]


@pytest.mark.parametrize("message", ["meeting_moved", "meeting_cancelled"])
def test_the_work_groups_hear_that_the_meeting_is_off(meeting, case, message):
    meeting.planned()
    case.deliver(message, NUMBER)

    assert [(one.kind, one.name) for one in case.thrown] == [
        ("signal", f"meeting_dropped_{NUMBER}")
    ]
