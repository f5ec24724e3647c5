"""The loop of a question as its page tells it, and small rules around it."""

from datetime import UTC, date, datetime

import pytest

from workflows.letters import template_names
from workflows.work_groups.model import (
    Choice,
    Feedback,
    FeedbackState,
    Frequency,
    GroupStatus,
    Loop,
    PolicyQuestion,
    QuestionStatus,
    WorkGroup,
    compared_since,
    marks_of,
    named_lines,
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


def told(question, group=None, agenda=(), feedback=()):
    loop = Loop(question=question, group=group, agenda=agenda, feedback=feedback)
    return [(mark.name, mark.state) for mark in marks_of(loop)]


def test_a_fresh_question_waits_for_an_agenda():
    assert told(a_question()) == [
        ("Vraag", "done"),
        ("Agenda", "busy"),
        ("Besluit", "todo"),
        ("Oprichting van de werkgroep", "todo"),
        ("Kennisneming door het college", "todo"),
        ("Afsluiting van de werkgroep", "todo"),
        ("Antwoord", "todo"),
    ]


def test_without_a_work_group_the_answer_follows_the_decision():
    question = a_question(
        choice=Choice.NOT_FOUND, decided_at=DAY, decided_in="KG-2026-1", answered_at=DAY
    )

    assert told(question, agenda=[("KG-2026-1", DAY)]) == [
        ("Vraag", "done"),
        ("Agenda", "done"),
        ("Besluit", "done"),
        ("Antwoord", "done"),
    ]


def test_each_feedback_is_a_step_and_a_missing_one_is_late():
    question = a_question(choice=Choice.FOUND, decided_at=DAY)
    group = a_group(noted_on=date(2026, 3, 9))
    states = [FeedbackState.GIVEN, FeedbackState.MISSED, FeedbackState.ASKED]
    notes = [a_note(state) for state in states]

    found = told(question, group, [("KG-2026-1", DAY)], notes)
    assert found[5:] == [
        ("Terugkoppeling 1", "done"),
        ("Terugkoppeling 2", "late"),
        ("Terugkoppeling 3", "busy"),
        ("Afsluiting van de werkgroep", "busy"),
        ("Antwoord", "todo"),
    ]


@pytest.mark.parametrize(
    ("answered", "seen", "note"),
    [
        (None, None, ""),
        (DAY, None, "nog niet gelezen"),
        (DAY, DAY, "gelezen door de vraagsteller"),
    ],
)
def test_the_loop_is_closed_when_the_asker_read_the_answer(answered, seen, note):
    question = a_question(answered_at=answered, answer_seen_at=seen)
    loop = Loop(question=question, group=None, agenda=[], feedback=[])

    assert marks_of(loop)[-1].note == note


@pytest.mark.parametrize(
    ("own", "core", "too_low"), [(2, 3, True), (3, 3, False), (0, 0, False)]
)
def test_a_group_that_meets_less_often_than_the_core_group_is_warned(
    own, core, too_low
):
    found = Frequency(since=date(2026, 1, 1), own=own, core=core)

    assert found.is_too_low is too_low


@pytest.mark.parametrize(
    ("founded", "since"),
    [(date(2026, 1, 5), date(2026, 1, 5)), (date(2020, 1, 1), date(2025, 3, 2))],
)
def test_meetings_are_compared_over_a_year_or_since_it_was_founded(founded, since):
    assert compared_since(founded, date(2026, 3, 2)) == since


def test_names_are_read_a_line_each_without_doubles():
    assert named_lines(" An Peeters\n\n- Joris  Nijs;\nAn Peeters\n") == (
        "An Peeters",
        "Joris Nijs",
    )


def test_a_proposal_to_close_waits_until_it_is_decided():
    waiting = a_group(proposed_at=DAY)
    decided = a_group(proposed_at=DAY, closing_decided_at=DAY)

    assert (waiting.awaits_closing, decided.awaits_closing) == (True, False)


@pytest.mark.parametrize(
    ("frequency", "words"),
    [
        ("P1M", "elke maand"),
        ("P2W", "elke 2 weken"),
        ("P1Y", "elk jaar"),
        ("maandelijks", "maandelijks"),
    ],
)
def test_a_frequency_is_written_as_people_say_it(frequency, words):
    assert a_group(frequency=frequency).frequency_in_words == words


def test_every_mail_has_a_template():
    assert set(template_names("work_groups")) == {
        "answered",
        "appointed",
        "feedback_missed",
        "feedback_missing",
        "founded",
        "on_agenda",
        "reminder",
        "without_responsible",
    }
