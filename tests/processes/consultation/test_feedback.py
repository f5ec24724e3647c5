"""The feedback of a work group to each coordination meeting."""

from datetime import timedelta

import pytest

QUESTION = "BV-2026-1"
NUMBER = "KG-2026-1"
OPEN = "propose_closing"


def about(meeting_number):
    return {"question_number": QUESTION, "meeting_number": meeting_number}


def test_the_responsible_is_asked_for_a_note(group, case, assignees):
    group.founded("an").feedback_asked()

    assert case.open == ["give_feedback", OPEN]
    assert assignees("give_feedback") == ["an"]


def test_a_note_stands_on_the_agenda(group, case, city):
    group.founded().feedback_asked()
    case.complete("give_feedback", feedback_note="drie voorstellen")

    assert city.asked("feedback.given") == [
        about(NUMBER) | {"note": "drie voorstellen"}
    ]
    assert case.open == [OPEN]


def test_a_note_in_time_reminds_nobody(group, case, city):
    group.founded().feedback_asked()
    case.complete("give_feedback", feedback_note="drie voorstellen")
    case.advance(days=60)

    assert city.kinds[-1] == "feedback.given"


def test_a_silent_responsible_climbs_the_ladder(group, case, city):
    group.founded().feedback_asked(days=28)
    seen = {}
    for day in (13, 14, 21, 28):
        case.advance(days=day - max(seen, default=0))
        seen[day] = city.kinds[2:]

    assert seen[13] == []
    assert seen[14] == ["work_group.remind"]
    assert seen[21] == ["work_group.remind", "feedback.missing"]
    assert seen[28] == ["work_group.remind", "feedback.missing", "feedback.missed"]
    assert case.open == [OPEN]


def test_the_ladder_is_about_this_meeting(group, case, city):
    group.founded().feedback_asked(days=28)
    case.advance(days=28)

    assert city.asked("work_group.remind")[0]["to"] == ["responsible"]
    assert city.asked("feedback.missing") == [about(NUMBER)]
    assert city.asked("feedback.missed") == [about(NUMBER)]


def test_a_late_note_is_still_taken(group, case, city):
    group.founded().feedback_asked(days=28)
    case.advance(days=24)
    case.complete("give_feedback", feedback_note="te laat, maar toch")
    case.advance(days=30)

    assert city.kinds[-2:] == ["feedback.missing", "feedback.given"]


def test_two_meetings_in_a_row_are_kept_apart(group, case, city):
    group.founded().feedback_asked("KG-2026-1", days=28)
    group.feedback_asked("KG-2026-2", days=40)
    case.complete("give_feedback", feedback_note="eerste")
    case.advance(days=40)

    assert city.asked("feedback.given") == [about("KG-2026-1") | {"note": "eerste"}]
    assert city.asked("feedback.missed") == [about("KG-2026-2")]


def test_the_second_note_begins_empty(group, case):
    group.founded().feedback_asked("KG-2026-1").feedback_asked("KG-2026-2", days=40)
    case.complete("give_feedback", feedback_note="eerste")

    assert case.visible("give_feedback")["feedback_note"] is None
    assert case.visible("give_feedback")["meeting_number"] == "KG-2026-2"


def test_a_meeting_leaves_no_trace_in_the_group(group, case):
    group.founded().feedback_asked()
    case.complete("give_feedback", feedback_note="drie voorstellen")

    assert not {"meeting_number", "feedback_note", "meeting_at"} & set(case.variables)


def test_a_meeting_that_is_off_asks_for_no_note_any_more(group, case, city):
    group.founded().feedback_asked()

    assert case.signal(f"meeting_dropped_{NUMBER}") == 1
    assert case.open == [OPEN]

    case.advance(days=60)

    assert "feedback.missed" not in city.kinds


def test_another_meeting_that_is_off_changes_nothing(group, case):
    group.founded().feedback_asked()

    assert case.signal("meeting_dropped_KG-2026-2") == 0
    assert case.open == ["give_feedback", OPEN]


def test_a_meeting_that_moved_asks_again_with_its_new_date(group, case):
    group.founded().feedback_asked(days=28)
    case.signal(f"meeting_dropped_{NUMBER}")
    group.feedback_asked(days=60)

    (due,) = [task.due_at for task in case.tasks if task.element_id == "give_feedback"]
    assert due == case.now + timedelta(days=53)


@pytest.mark.parametrize("days", [14, 21])
def test_reminders_come_once(group, case, city, days):
    group.founded().feedback_asked(days=28)
    case.advance(days=days)
    before = len(city.calls)
    case.advance(days=6)

    assert len(city.calls) == before
