"""The loop of a question as its page tells it, step by step."""

from datetime import UTC, date, datetime

import pytest

from tests.unit.workflows.work_groups.samples import DAY, a_group, a_note, a_question
from workflows.work_groups.loop import Loop, marks_of
from workflows.work_groups.model import Choice, FeedbackState


def told(question, group=None, agenda=(), feedback=()):
    loop = Loop(question=question, group=group, agenda=agenda, feedback=feedback)
    return [(mark.name, mark.state) for mark in marks_of(loop)]


def test_a_fresh_question_waits_for_an_agenda():
    assert told(a_question()) == [
        ("Vraag", "done"),
        ("Agenda", "busy"),
        ("Besluit", "todo"),
        ("Oprichting van de werkgroep", "todo"),
        ("Kennisname door het college", "todo"),
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


def test_a_step_bears_the_day_that_it_was_here():
    after_midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    question = a_question(asked_at=after_midnight, choice=Choice.FOUND)
    given = a_note(FeedbackState.GIVEN, given_at=after_midnight)
    loop = Loop(question=question, group=a_group(), agenda=[], feedback=[given])

    days = {mark.name: mark.at for mark in marks_of(loop)}
    assert days["Vraag"] == days["Terugkoppeling 1"] == date(2026, 7, 2)
