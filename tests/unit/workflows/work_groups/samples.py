"""A question, its work group and a note, to be varied."""

from datetime import UTC, date, datetime

from workflows.work_groups.model import (
    Feedback,
    GroupStatus,
    PolicyQuestion,
    QuestionStatus,
    WorkGroup,
)

DAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def a_question(**changes):
    values = {
        "number": "BV-2026-1",
        "title": "t",
        "question": "q",
        "reason": "r",
        "wished_result": "",
        "wished_on": None,
        "asked_by": "nadia",
        "asked_at": DAY,
        "status": QuestionStatus.ASKED,
        "choice": None,
        "decision_reason": "",
        "other_group": "",
        "decided_in": None,
        "decided_at": None,
        "decided_by": None,
        "answer": "",
        "answered_at": None,
        "answer_seen_at": None,
        "instance_id": None,
    }
    return PolicyQuestion(**values | changes)


def a_group(**changes):
    values = {
        "question_number": "BV-2026-1",
        "body_key": "work_group_bv_2026_1",
        "name": "Toewijzing",
        "mandate": "m",
        "frequency": "P1M",
        "ends_on": date(2026, 12, 31),
        "responsible": "tom",
        "status": GroupStatus.ACTIVE,
        "founded_at": DAY,
        "founded_by": "an",
        "founded_in": "KG-2026-1",
        "noted_on": None,
        "without_since": None,
        "replace_until": None,
        "final_report": "",
        "proposed_answer": "",
        "proposed_at": None,
        "closing_reason": "",
        "closing_agreed": None,
        "closing_decided_in": None,
        "closing_decided_at": None,
        "closing_decided_by": None,
        "closed_at": None,
    }
    return WorkGroup(**values | changes)


def a_note(state, **changes):
    values = {
        "question_number": "BV-2026-1",
        "group_name": "Toewijzing",
        "meeting_number": "KG-2026-2",
        "meeting_at": DAY,
        "due_at": None,
        "state": state,
        "note": "",
        "given_at": None,
        "given_by": None,
    }
    return Feedback(**values | changes)
