"""A meeting of the coordination group, from its plan to the college."""

from datetime import timedelta

import pytest

NUMBER = "KG-2026-1"


def test_a_meeting_goes_from_plan_to_the_note_of_the_college(meeting, case, city):
    meeting.planned().invited().held().drafted().approved().noted()

    assert case.ended == "completed"
    assert case.outcome == "closed"
    assert city.kinds == [
        "meeting.dates",
        "meeting.open_agenda",
        "meeting.call_for_items",
        "meeting.work_groups",
        "meeting.approve_agenda",
        "meeting.invite",
        "meeting.held",
        "minutes.open_comments",
        "minutes.approve",
        "minutes.send",
        "college.note",
        "college.noted",
        "meeting.close",
    ]


def test_every_service_of_a_meeting_is_asked_about_this_meeting(meeting, city):
    meeting.planned().invited().held().drafted().approved().noted()

    assert {asked["meeting_number"] for _, asked in city.calls} == {NUMBER}


def test_nothing_happens_before_its_time(meeting, case, city):
    meeting.planned().until("agenda_opens_at", days=-0.01)

    assert case.open == []
    assert city.kinds == ["meeting.dates"]


def test_the_agenda_is_open_before_members_are_called(meeting, case, city):
    meeting.planned().until("agenda_opens_at")

    assert case.open == ["open_agenda"]

    case.complete("open_agenda")

    assert "meeting.call_for_items" not in city.kinds

    meeting.until("call_at")

    assert city.kinds[-2:] == ["meeting.call_for_items", "meeting.work_groups"]


def test_a_late_agenda_calls_the_members_at_once(meeting, case, city):
    meeting.planned().until("call_at", days=2)
    case.complete("open_agenda")

    assert case.advance(seconds=1) == 1
    assert "meeting.call_for_items" in city.kinds


def test_each_active_work_group_is_asked_for_its_feedback(meeting, case, city):
    city.work_groups = ["BV-2026-1", "BV-2026-4"]
    meeting.planned().until("call_at")
    case.complete("open_agenda")
    case.advance(seconds=1)

    asked = [each["question_number"] for each in city.asked("meeting.ask_feedback")]
    assert asked == ["BV-2026-1", "BV-2026-4"]
    assert [(one.name, one.correlation_key) for one in case.thrown] == [
        ("feedback_asked", "BV-2026-1"),
        ("feedback_asked", "BV-2026-4"),
    ]


def test_a_work_group_hears_of_which_meeting_and_until_when(meeting, case, city):
    city.work_groups = ["BV-2026-1"]
    meeting.planned().until("call_at")
    case.complete("open_agenda")
    case.advance(seconds=1)

    (asked,) = case.thrown
    assert set(asked.variables) == {
        "meeting_number",
        "meeting_at",
        "remind_at",
        "feedback_until",
    }
    assert asked.variables["meeting_number"] == f'"{NUMBER}"'


def test_the_alderman_is_asked_when_the_points_are_in(meeting, case):
    meeting.planned().until("call_at")
    case.complete("open_agenda")
    meeting.until("items_until")

    (task,) = case.tasks
    assert task.element_id == "approve_agenda"
    assert task.candidate_groups == ("alderman",)


def test_an_agenda_without_approval_climbs_the_ladder(meeting, case, city):
    meeting.planned().until("call_at")
    case.complete("open_agenda")
    told = {}
    for term in ("items_until", "approve_until", "invite_at"):
        meeting.until(term)
        told[term] = [asked["to"] for asked in city.asked("meeting.remind")]

    assert told["items_until"] == []
    assert told["approve_until"] == [["alderman"]]
    assert told["invite_at"] == [["alderman"], ["head_of_service"]]
    assert case.open == ["approve_agenda"]


def test_a_late_approval_invites_at_once(meeting, case, city):
    meeting.planned().until("call_at")
    case.complete("open_agenda")
    meeting.until("invite_at", days=1)
    case.complete("approve_agenda", agenda_approved=True)
    case.advance(seconds=1)

    assert city.kinds[-1] == "meeting.invite"


@pytest.mark.parametrize("done", [(), ("open_agenda",)])
def test_what_is_not_ready_does_not_hold_up_the_meeting(meeting, case, city, done):
    meeting.planned().until("agenda_opens_at")
    for element_id in done:
        case.complete(element_id)
    meeting.until("meeting_at")

    assert case.open == ["record_attendance"]
    assert "meeting.invite" not in city.kinds


def test_a_meeting_that_is_planned_late_runs_through_its_terms(meeting, case, city):
    city.meeting_at = case.now + timedelta(days=1)
    meeting.planned()
    case.advance(seconds=1)
    case.complete("open_agenda")
    case.advance(seconds=1)
    case.complete("approve_agenda", agenda_approved=True)
    case.advance(seconds=1)

    assert "meeting.invite" in city.kinds
    assert case.open == []

    case.advance(days=1)

    assert case.open == ["record_attendance"]


def test_late_minutes_are_told_to_the_head_of_service(meeting, case, city):
    meeting.planned().invited().held().until("minutes_until")

    assert [asked["to"] for asked in city.asked("meeting.remind")] == [
        ["head_of_service"]
    ]
    assert case.open == ["draft_minutes"]


def test_members_may_comment_before_the_chair_is_asked(meeting, case, city):
    meeting.planned().invited().held()
    city.comments_until = case.now + timedelta(days=10)
    case.complete("draft_minutes", minutes_ready=True)
    case.advance(days=9.9)

    assert case.open == []

    case.advance(days=0.1)

    assert case.open == ["approve_minutes"]


def test_the_minutes_go_to_the_chair(meeting, assignees):
    meeting.planned(chair="voorzitter").invited().held().drafted()

    assert assignees("approve_minutes") == ["voorzitter"]


def test_without_a_chair_any_alderman_may_approve(meeting, case):
    meeting.planned().invited().held().drafted()

    (task,) = case.tasks
    assert task.assignee is None
    assert task.candidate_groups == ("alderman",)


def test_minutes_that_are_sent_back_are_written_and_commented_again(
    meeting, case, city
):
    meeting.planned().invited().held().drafted().sent_back()

    assert case.open == ["draft_minutes"]
    assert case.visible("draft_minutes")["approval_remarks"] == "punt 3 klopt niet"

    meeting.drafted().sent_back("punt 4").drafted().approved()

    assert len(city.asked("minutes.open_comments")) == 3
    assert len(city.asked("minutes.approve")) == 1
    assert case.open == ["take_note"]


def test_each_round_begins_with_an_empty_form(meeting, case):
    meeting.planned().invited().held().drafted().sent_back()

    assert case.visible("draft_minutes")["minutes_ready"] is None

    meeting.drafted()

    assert case.visible("approve_minutes")["approval_choice"] is None


def test_an_attendance_that_nobody_notes_is_told(meeting, case, city):
    meeting.planned().invited().until("minutes_until")

    assert [asked["to"] for asked in city.asked("meeting.remind")] == [
        ["secretary", "head_of_service"]
    ]
    assert case.open == ["record_attendance"]


def test_a_chair_who_lets_the_minutes_wait_is_reminded(meeting, case, city):
    meeting.planned().invited().held().drafted().until("note_until")

    assert [asked["to"] for asked in city.asked("meeting.remind")] == [
        ["chair", "head_of_service"]
    ]
    assert case.open == ["approve_minutes"]


def test_approved_minutes_are_sent_at_once(meeting, city):
    meeting.planned().invited().held().drafted().approved()

    assert city.kinds[-3:] == ["minutes.approve", "minutes.send", "college.note"]


def test_a_college_that_takes_no_note_is_told_to_the_head_of_service(
    meeting, case, city
):
    meeting.planned().invited().held().drafted().approved().until("note_until")

    assert city.asked("meeting.remind")[-1]["to"] == ["head_of_service"]
    assert case.open == ["take_note"]


def test_the_note_of_the_college_is_recorded_with_its_decision(meeting, case, city):
    meeting.planned().invited().held().drafted().approved().noted()

    (noted,) = city.asked("college.noted")
    assert noted["decision_reference"] == "CBS-12"
    assert noted["noted_on"] == case.now.date()


def test_the_work_groups_of_the_meeting_hear_that_the_college_knows(
    meeting, case, city
):
    city.founded = ["BV-2026-1", "BV-2026-4"]
    meeting.planned().invited().held().drafted().approved().noted()

    assert [(one.name, one.correlation_key) for one in case.thrown] == [
        ("college_took_note", "BV-2026-1"),
        ("college_took_note", "BV-2026-4"),
    ]


def test_the_active_work_groups_are_not_those_of_the_note(meeting, case, city):
    city.work_groups, city.founded = ["BV-2026-1"], ["BV-2026-9"]
    meeting.planned().invited().held().drafted().approved().noted()

    assert case.variables["noted_groups"] == ["BV-2026-9"]


def test_a_service_that_fails_stops_there_and_can_be_retried(meeting, case, city):
    meeting.planned().invited()
    city.refusals["meeting.held"] = ValueError("Noteer eerst wie er was.")
    meeting.held()

    (incident,) = case.incidents
    assert "Noteer eerst wie er was." in incident.message

    city.refusals.clear()
    case.retry("record_held")

    assert case.open == ["draft_minutes"]


def test_the_phase_of_the_meeting_can_be_followed(meeting, case):
    seen = [meeting.planned().case.milestone]
    seen.append(meeting.until("agenda_opens_at").case.milestone)
    seen.append(meeting.invited().case.milestone)
    seen.append(meeting.until("meeting_at").case.milestone)
    seen.append(meeting.held().case.milestone)
    seen.append(meeting.drafted().approved().case.milestone)
    seen.append(meeting.noted().case.milestone)

    assert seen == [
        "Gepland",
        "Agenda",
        "Uitgenodigd",
        "Zitting",
        "Verslag",
        "College",
        "Afgesloten",
    ]
