"""Closing: nothing left undiscussed, all carried out at once, or nothing at all."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest

from engine.errors import AnswersRefusedError, TaskNotOpenError
from engine.model import TaskState
from tests.concurrency.rival import Rival
from workflows.actions import repository as actions
from workflows.actions.model import DecisionQuery
from workflows.agenda import repository as agenda
from workflows.calendar import ZONE
from workflows.errors import ClosedMeanwhileError, NotAllowedNowError
from workflows.meetings.model import MeetingStatus
from workflows.papers import repository as papers
from workflows.papers.model import PaperKind
from workflows.people import service as people
from workflows.weekly import planning, repository, service
from workflows.weekly.planning import NewTask
from workflows.weekly.tables import WeeklyPlanRow

NEXT_WEEK = date(2026, 3, 10)
EVERYBODY = ("griet", "an", "tom", "leila")


@pytest.fixture
def cases(weekly):
    """Three cases, and a meeting with everybody there."""
    cases = [weekly.a_case() for _ in range(3)]
    weekly.begun()
    weekly.attend("griet", "an", "tom")
    return cases


def decided(weekly):
    with weekly.reading() as work:
        page = actions.decisions(work.session, DecisionQuery())
    return [each.decision for each in page.decisions]


def actions_of(weekly, case):
    with weekly.reading() as work:
        return [each.action for each in actions.actions_of_case(work.session, case)]


def outcomes(weekly):
    with weekly.reading() as work:
        lines = repository.plan_lines(work.session, weekly.number)
    return [line.outcome for line in lines]


def a_task(text="Bel de eigenaar", owner="tom", due_on=NEXT_WEEK):
    return NewTask(text=text, owner=owner, due_on=due_on)


def test_a_meeting_does_not_close_while_a_case_has_no_entry(weekly, cases):
    weekly.decide(cases[0])

    with pytest.raises(AnswersRefusedError) as caught:
        weekly.close()
    told = str(caught.value)
    assert "2 dossiers zijn nog niet besproken" in told
    assert cases[1] in told
    assert cases[2] in told
    assert cases[0] not in told
    assert weekly.hold_task().state is TaskState.OPEN
    assert weekly.meeting().status is not MeetingStatus.CLOSED


def test_a_case_that_came_during_the_meeting_must_be_discussed_as_well(weekly, cases):
    weekly.pass_over_the_rest()
    late = weekly.a_case()

    with pytest.raises(AnswersRefusedError, match=late):
        weekly.close()


@pytest.mark.parametrize(
    ("present", "told"),
    [
        (("an", "tom"), "het diensthoofd of zijn vervanger"),
        (("griet", "an"), "een woningcontroleur"),
    ],
)
def test_a_meeting_without_its_quorum_does_not_close(weekly, cases, present, told):
    weekly.pass_over_the_rest()
    weekly.attend(*present)

    with pytest.raises(AnswersRefusedError, match=told):
        weekly.close()


def test_a_meeting_without_attendance_does_not_close(weekly):
    weekly.a_case()
    weekly.begun()
    weekly.pass_over_the_rest()

    with pytest.raises(AnswersRefusedError, match="Noteer eerst de aanwezigheid"):
        weekly.close()


def test_decisions_become_work_in_the_cases(weekly, cases):
    first, second, third = cases
    given = weekly.task(second)
    moved = weekly.task(third)
    weekly.planned(planning.plan_task, first, a_task())
    weekly.planned(planning.plan_assignment, second, given.id, to="an")
    weekly.planned(planning.plan_moment, third, moved.id, due_on=date(2026, 3, 20))
    for case in cases:
        weekly.decide(case, f"Besluit over {case}.")
    weekly.close()

    assert weekly.incidents() == []
    assert weekly.meeting().status is MeetingStatus.CLOSED
    assert sorted(each.text for each in decided(weekly)) == [
        f"Besluit over {case}." for case in cases
    ]
    (action,) = actions_of(weekly, first)
    assert (action.text, action.owner, action.due_on) == (
        "Bel de eigenaar",
        "tom",
        NEXT_WEEK,
    )
    with weekly.reading() as work:
        (task,) = weekly.engine.tasks.of_instance(work, action.instance_id)
    assert (task.assignee, task.business_key) == ("tom", first)
    assert weekly.task(second).assignee == "an"
    assert weekly.task(third).due_at == datetime(2026, 3, 20, 23, 59, 59, tzinfo=ZONE)
    assert outcomes(weekly) == [
        f"Actiepunt {action.number}",
        "Uitgevoerd",
        "Uitgevoerd",
    ]


def test_a_task_that_was_done_during_the_meeting_is_told_not_changed(weekly, cases):
    case = cases[0]
    task = weekly.task(case)
    weekly.planned(planning.plan_assignment, case, task.id, to="an")
    weekly.decide(case)
    weekly.pass_over_the_rest()
    with weekly.transaction() as work:
        weekly.engine.tasks.complete(work, task.id, data={"complete": True}, by="an")
    weekly.close()

    assert outcomes(weekly)[0].startswith("Niet uitgevoerd: Deze taak is al afgewerkt")


def test_agenda_items_go_by_a_decision_only(weekly, cases):
    first, second, third = cases
    concluded, kept, unticked = (weekly.escalate(case) for case in cases)
    weekly.decide(first, "Extra controleur.", concludes=(concluded,))
    weekly.no_change(second)
    weekly.decide(third, "Eerst navragen.")
    weekly.close()

    with weekly.reading() as work:
        still_open = {each.id for each in agenda.open_items(work.session)}
        (item,) = agenda.items_of(work.session, first)
    assert still_open == {kept, unticked}
    assert item.conclusion == "Extra controleur."


def test_the_last_decision_shows_at_the_next_meeting(weekly, cases):
    weekly.decide(cases[0], "Bel de eigenaar.")
    weekly.pass_over_the_rest()
    weekly.close()
    weekly.begun()

    last = weekly.running(cases[0]).last
    assert (last.text, last.on) == ("Bel de eigenaar.", date(2026, 3, 3))
    assert weekly.running(cases[1]).last is None


def test_the_absent_get_the_decision_list(weekly, cases):
    weekly.decide(cases[0])
    weekly.pass_over_the_rest()
    weekly.close()

    with weekly.reading() as work:
        (paper,) = papers.papers_of(work.session, weekly.number)
        content = papers.content(work.session, paper.id)
        mail = weekly.engine.outbox.newest(work, limit=1)[0].mail
    assert paper.kind is PaperKind.DECISION_LIST
    assert BytesIO(content).read(5) == b"%PDF-"
    assert mail.to == "leila@mechelen.example"
    assert weekly.number in mail.subject
    assert [each.content for each in mail.attachments] == [content]
    told = [to for to, told in weekly.mails() if told.startswith("Besluitenlijst")]
    assert told == ["leila"]


def test_the_next_meeting_is_planned_once(weekly, cases):
    weekly.pass_over_the_rest()
    weekly.close()
    first = weekly.plan()
    again = weekly.plan()

    assert first.starts_at == datetime(2026, 3, 10, 9, tzinfo=ZONE)
    assert again.number == first.number
    assert first.instance_id is not None


def test_a_meeting_that_is_closed_early_is_not_planned_again(weekly):
    weekly.a_case()
    meeting = weekly.plan()
    weekly.pass_time(hours=1)
    weekly.attend(*EVERYBODY)
    weekly.pass_over_the_rest()
    weekly.close()

    assert weekly.clock.now() < meeting.starts_at
    assert weekly.plan().starts_at - meeting.starts_at == timedelta(days=7)


@pytest.fixture
def broken_plan(weekly, cases):
    """A meeting in which the last planned task can't be started: its text is gone."""
    for case in cases:
        weekly.planned(planning.plan_task, case, a_task())
        weekly.decide(case)
    with weekly.transaction() as work:
        row = work.session.get_one(WeeklyPlanRow, planned_ids(weekly)[-1])
        row.text = ""
    return row.id


def planned_ids(weekly):
    with weekly.reading() as work:
        return [each.id for each in repository.plan_lines(work.session, weekly.number)]


def assert_nothing_was_done(weekly, cases, mails):
    assert decided(weekly) == []
    assert [actions_of(weekly, case) for case in cases] == [[], [], []]
    assert weekly.mails() == mails
    assert weekly.meeting().status is not MeetingStatus.CLOSED
    assert outcomes(weekly) == ["", "", ""]


def test_a_fault_half_way_leaves_all_as_it_was(weekly, cases, broken_plan):
    mails = weekly.mails()

    with pytest.raises(NotAllowedNowError, match="Er is niets gewijzigd"):
        weekly.close_on_its_page()
    assert_nothing_was_done(weekly, cases, mails)
    assert weekly.hold_task().state is TaskState.OPEN
    assert weekly.incidents() == []


def test_a_fault_half_way_that_a_manager_repairs_is_carried_out_once(
    weekly, cases, broken_plan
):
    mails = weekly.mails()
    weekly.close()
    assert_nothing_was_done(weekly, cases, mails)
    with weekly.transaction() as work:
        work.session.get_one(WeeklyPlanRow, broken_plan).text = "Bel de eigenaar"
    with weekly.transaction() as work:
        (incident,) = weekly.engine.incidents.open(work)
        weekly.engine.incidents.retry(work, incident.id, by="beheer")

    assert len(decided(weekly)) == 3
    assert [len(actions_of(weekly, case)) for case in cases] == [1, 1, 1]
    assert weekly.meeting().status is MeetingStatus.CLOSED


def closing(weekly, by):
    task = weekly.hold_task()
    return lambda work: weekly.engine.tasks.complete(
        work, task.id, data={"meeting_remarks": None}, by=by
    )


def test_of_two_secretaries_one_closes_and_the_other_hears_who_and_when(
    weekly, cases, clock
):
    weekly.planned(planning.plan_task, cases[0], a_task())
    weekly.decide(cases[0])
    weekly.pass_over_the_rest()
    with weekly.transaction() as work:
        closing(weekly, "griet")(work)
        slower = Rival(weekly.engine, closing(weekly, "an")).go()

    with pytest.raises(TaskNotOpenError) as caught:
        slower.outcome()
    assert (caught.value.by, caught.value.at) == ("griet", clock.now())
    assert len(decided(weekly)) == 1
    assert len(actions_of(weekly, cases[0])) == 1


def test_who_still_typed_when_it_closed_hears_who_closed_it(weekly, cases, clock):
    weekly.pass_over_the_rest()

    def typing(work):
        writing = service.Writing(
            meeting_number=weekly.number,
            case_number=cases[0],
            words=service.Words(decision="Te laat"),
            version=1,
        )
        return service.decide(work, writing, by=people.actor(work, "an"))

    with weekly.transaction() as work:
        closing(weekly, "griet")(work)
        slower = Rival(weekly.engine, typing).go()

    with pytest.raises(ClosedMeanwhileError) as caught:
        slower.outcome()
    assert (caught.value.by, caught.value.at) == ("Griet Declercq", clock.now())
    assert weekly.entry(cases[0]).decision == ""


def test_who_closes_waits_for_who_is_writing(weekly, cases):
    weekly.pass_over_the_rest()
    with weekly.transaction() as work:
        writing = service.Writing(
            meeting_number=weekly.number,
            case_number=cases[0],
            words=service.Words(decision="Net op tijd."),
            version=1,
        )
        service.decide(work, writing, by=people.actor(work, "an"))
        closer = Rival(weekly.engine, closing(weekly, "griet")).go()
    closer.outcome()

    assert [each.text for each in decided(weekly)] == ["Net op tijd."]


def test_a_closed_meeting_takes_nothing_more(weekly, cases):
    weekly.pass_over_the_rest()
    weekly.close()

    for refused in (
        lambda: weekly.decide(cases[0], version=1),
        lambda: weekly.pass_over(cases),
        lambda: weekly.planned(planning.plan_task, cases[0], a_task()),
    ):
        with pytest.raises(ClosedMeanwhileError):
            refused()


def test_a_meeting_of_sixty_cases_closes_at_once(weekly):
    cases = [weekly.a_case() for _ in range(60)]
    weekly.begun()
    weekly.attend("griet", "an", "tom", "leila")
    for case in cases[:10]:
        weekly.planned(planning.plan_task, case, a_task())
        weekly.decide(case)
    weekly.pass_over_the_rest()
    weekly.close()

    assert len(decided(weekly)) == 10
    assert sum(len(actions_of(weekly, case)) for case in cases) == 10
    assert weekly.incidents() == []


def test_the_head_is_reminded_when_a_meeting_stays_open(weekly, cases):
    weekly.pass_time(days=3)

    told = [to for to, subject in weekly.mails() if subject.startswith("Herinnering")]
    assert told == ["griet"]
