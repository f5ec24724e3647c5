"""All processes of the consultation together: questions, groups and two meetings."""

from datetime import UTC, date, datetime

import pytest

from tests.integration.workflows.meetings.conftest import IN_SIX_WEEKS
from workflows.meetings import service
from workflows.meetings.model import PointKind
from workflows.people import service as people
from workflows.work_groups import repository as work_groups
from workflows.work_groups import service as questions
from workflows.work_groups.model import Choice, FeedbackState, GroupStatus
from workflows.work_groups.service import NewQuestion, WorkGroupDecision

SECOND = datetime(2026, 6, 16, 12, tzinfo=UTC)
LATER = datetime(2026, 6, 30, 12, tzinfo=UTC)
CALLED = datetime(2026, 5, 27, 8, tzinfo=UTC)


def ask(table, title):
    new = NewQuestion(title=title, question=f"{title}?", reason="Er is nood aan.")
    with table.writing() as work:
        return questions.ask(
            work, table.engine, new, by=people.actor(work, "nadia")
        ).number


def found(table, question, responsible):
    made = WorkGroupDecision(decision=Choice.FOUND)
    with table.writing() as work:
        by = people.actor(work, "griet")
        questions.decide(work, table.engine, question, made, by=by)
    table.do(
        question,
        "appoint_responsible",
        by="an",
        responsible=responsible,
        group_name=f"Groep {question}",
        mandate="Maak een voorstel.",
        members="Leila Benali",
        frequency="P1M",
        ends_on=date(2026, 12, 31),
    )


def move(table, number, starts_at):
    with table.writing() as work:
        by = people.actor(work, "an")
        version = service.repository.meeting(work.session, number).version
        service.move(work, table.engine, number, starts_at, by=by, version=version)


def states(table, number):
    with table.reading() as work:
        found = work_groups.feedback_for(work.session, number)
    return {each.question_number: each.state for each in found}


def asked(table, *groups):
    return ["give_feedback" in table.tasks(each) for each in groups]


@pytest.fixture
def first(table):
    """Plan the meeting before which two questions are asked."""
    number = table.plan().number
    return number, ask(table, "Toewijzing"), ask(table, "Studentenkamers")


@pytest.fixture
def groups(table, first):
    """Found two work groups in the first meeting, of which the college took note."""
    number, *group = first
    table.pass_to(datetime(2026, 3, 26, 8, tzinfo=UTC))
    table.do(number, "open_agenda", by="an", agenda_remarks="")
    table.pass_to(datetime(2026, 4, 3, 8, tzinfo=UTC))
    table.do(number, "approve_agenda", by="eva", agenda_approved=True)
    table.pass_to(IN_SIX_WEEKS)
    for question, responsible in zip(group, ("tom", "leila"), strict=True):
        found(table, question, responsible)
    table.everybody_came(number)
    table.do(number, "record_attendance", by="an", attendance_complete=True)
    table.write_everything(number)
    table.do(number, "draft_minutes", by="an", minutes_ready=True)
    table.pass_days(12)
    table.do(number, "approve_minutes", by="eva", approval_choice="approve")
    table.do(
        number,
        "take_note",
        by="an",
        noted_on=table.clock.now().date(),
        decision_reference="CBS 2026-117",
    )
    return group


@pytest.fixture
def second(table, groups):
    """Call the members of a second meeting, which asks both groups for a note."""
    number = table.plan(starts_at=SECOND).number
    table.pass_to(CALLED)
    table.do(number, "open_agenda", by="an", agenda_remarks="")
    table.pass_days(0)
    return number


def test_questions_become_points_of_the_first_meeting(table, first):
    number, *group = first
    about = [p.reference for p in table.points(number) if p.kind is PointKind.QUESTION]

    assert about == group


def test_the_college_notes_both_groups_through_the_minutes(table, groups):
    with table.reading() as work:
        states = [work_groups.group(work.session, each).status for each in groups]

    assert states == [GroupStatus.ACTIVE_NOTED] * 2
    assert table.incidents() == []


def test_the_next_meeting_asks_both_groups_for_a_note(table, groups, second):
    assert asked(table, *groups) == [True, True]
    assert states(table, second) == dict.fromkeys(groups, FeedbackState.ASKED)


def test_a_meeting_that_moves_lets_all_groups_stop_waiting(table, groups, second):
    move(table, second, datetime(2026, 9, 15, 12, tzinfo=UTC))

    assert asked(table, *groups) == [False, False]


def test_and_asks_again_who_has_not_told_yet(table, groups, second):
    told, silent = groups
    table.do(told, "give_feedback", by="tom", feedback_note="Drie voorstellen.")
    move(table, second, LATER)
    table.pass_to(datetime(2026, 6, 9, 8, tzinfo=UTC))
    table.do(second, "open_agenda", by="an", agenda_remarks="")
    table.pass_days(0)

    assert asked(table, told, silent) == [False, True]
    assert states(table, second)[told] is FeedbackState.GIVEN


def test_what_was_red_is_not_when_the_meeting_gives_more_time(table, groups, second):
    table.pass_to(datetime(2026, 6, 9, 9, tzinfo=UTC))

    assert set(states(table, second).values()) == {FeedbackState.MISSING}

    move(table, second, LATER)
    table.pass_days(0)
    table.do(second, "open_agenda", by="an", agenda_remarks="")
    table.pass_days(0)

    assert set(states(table, second).values()) == {FeedbackState.ASKED}
    warnings = [p.warning for p in table.points(second) if p.reference in groups]
    assert warnings == [None, None]


def test_who_stays_silent_has_missed_the_meeting(table, groups, second):
    told, silent = groups
    table.do(told, "give_feedback", by="tom", feedback_note="Drie voorstellen.")
    table.pass_to(SECOND)

    assert states(table, second) == {
        told: FeedbackState.GIVEN,
        silent: FeedbackState.MISSED,
    }
    assert asked(table, told, silent) == [False, False]
    assert table.incidents() == []


def test_a_cancelled_meeting_is_missed_by_nobody(table, groups, second):
    with table.writing() as work:
        by = people.actor(work, "an")
        service.cancel(work, table.engine, second, reason="Geen zaal.", by=by)
    table.pass_to(LATER)

    assert asked(table, *groups) == [False, False]
    assert FeedbackState.MISSED not in states(table, second).values()
