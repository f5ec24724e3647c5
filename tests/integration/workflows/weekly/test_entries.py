"""What is written of a case: kept, counted, and never lost to a second writer."""

from uuid import uuid4

import pytest

from tests.concurrency.rival import Rival
from workflows.cases.service import withdraw
from workflows.errors import (
    ForbiddenError,
    InvalidDataError,
    NotAllowedNowError,
    OvertakenError,
)
from workflows.people import service as people
from workflows.weekly import planning, service
from workflows.weekly.model import EntryKind, Words, Writing
from workflows.weekly.planning import NewTask


@pytest.fixture
def case(weekly):
    case = weekly.a_case()
    weekly.begun()
    return case


def kind(weekly, case):
    return weekly.entry(case).kind


def test_what_is_typed_is_kept_and_is_no_entry_yet(weekly, case):
    weekly.write(service.save, case, note="Eigenaar belde.", decision="Wach")

    assert (weekly.entry(case).note, kind(weekly, case)) == ("Eigenaar belde.", None)
    (place,) = weekly.places()
    assert place.is_begun
    assert not place.is_discussed


def test_a_decision_is_an_entry(weekly, case):
    weekly.decide(case, "Bel de eigenaar.")

    assert kind(weekly, case) is EntryKind.DECIDED
    assert weekly.places()[0].is_discussed


def test_nothing_said_is_no_decision(weekly, case):
    with pytest.raises(InvalidDataError, match="geen wijziging"):
        weekly.decide(case, " ")

    assert kind(weekly, case) is None


def test_no_change_is_an_entry_that_may_bear_a_note(weekly, case):
    weekly.no_change(case, note="Wacht op de eigenaar.")

    assert kind(weekly, case) is EntryKind.NO_CHANGE
    assert weekly.entry(case).note == "Wacht op de eigenaar."


def test_a_decision_is_not_called_no_change(weekly, case):
    with pytest.raises(InvalidDataError, match="Er staat een besluit"):
        weekly.no_change(case, decision="Bel de eigenaar.")


def test_planned_work_is_not_called_no_change(weekly, case):
    task = weekly.task(case)
    weekly.planned(planning.plan_assignment, case, task.id, to="an")

    with pytest.raises(InvalidDataError, match="Er staat een planning"):
        weekly.no_change(case)


def test_a_decision_typed_over_no_change_must_be_recorded(weekly, case):
    entry = weekly.no_change(case)
    weekly.write(service.save, case, version=entry.version, decision="Toch bellen.")

    assert kind(weekly, case) is None


def test_of_two_writers_the_second_hears_who_was_first_and_when(weekly, case, clock):
    weekly.write(service.save, case, by="griet", note="Van Griet")

    with pytest.raises(OvertakenError) as caught:
        weekly.write(service.save, case, by="an", note="Van An")
    assert (caught.value.by, caught.value.at) == ("Griet Declercq", clock.now())
    assert weekly.entry(case).note == "Van Griet"


def test_the_same_text_twice_is_no_conflict(weekly, case):
    weekly.write(service.save, case, by="griet", note="Zelfde")
    again = weekly.write(service.save, case, by="an", note="Zelfde")

    assert (again.version, again.written_by) == (1, "griet")


def test_two_who_begin_at_once_get_one_entry_and_one_loses(weekly, case):
    def begin(note, by):
        words = Words(note=note)
        writing = Writing(
            meeting_number=weekly.number, case_number=case, words=words, version=0
        )
        return lambda work: service.save(work, writing, by=people.actor(work, by))

    with weekly.transaction() as work:
        begin("Van Griet", "griet")(work)
        slower = Rival(weekly.engine, begin("Van An", "an")).go()

    with pytest.raises(OvertakenError) as caught:
        slower.outcome()
    assert caught.value.by == "Griet Declercq"
    assert weekly.entry(case).note == "Van Griet"


def test_many_cases_are_passed_over_at_once_with_a_reason(weekly):
    cases = [weekly.a_case() for _ in range(5)]
    weekly.begun()
    weekly.decide(cases[0])
    count = weekly.pass_over(cases, "Te veel volk afwezig.")

    assert count == 4
    assert kind(weekly, cases[0]) is EntryKind.DECIDED
    assert {weekly.entry(case).reason for case in cases[1:]} == {
        "Te veel volk afwezig."
    }


def test_passing_over_leaves_alone_what_was_typed_or_planned(weekly):
    typed, planned, rest = (weekly.a_case() for _ in range(3))
    weekly.begun()
    weekly.write(service.save, typed, decision="Half besl")
    new = NewTask(text="Bel", owner="an", due_on=weekly.clock.now().date())
    weekly.planned(planning.plan_task, planned, new)
    weekly.pass_over([typed, planned, rest])

    assert kind(weekly, typed) is None
    assert kind(weekly, planned) is None
    assert kind(weekly, rest) is EntryKind.BULK


@pytest.mark.parametrize(
    ("cases", "reason", "field"), [([], "Reden", "cases"), (["x"], " ", "reason")]
)
def test_passing_over_asks_for_cases_and_a_reason(weekly, case, cases, reason, field):
    with pytest.raises(InvalidDataError) as caught:
        weekly.pass_over(cases, reason)
    assert set(caught.value.problems) == {field}


def test_a_closed_case_takes_no_entry(weekly, case):
    with weekly.transaction() as work:
        who = people.actor(work, "sofie")
        withdraw(work, weekly.engine, case, by=who, reason="Verhuurd.")

    with pytest.raises(NotAllowedNowError, match="loopt niet meer"):
        weekly.decide(case)


@pytest.mark.parametrize("by", ["tom", "eva", "sofie", "pieter"])
def test_only_the_desk_writes(weekly, case, by):
    with pytest.raises(ForbiddenError):
        weekly.decide(case, by=by)


def test_a_text_that_is_too_long_is_refused_by_its_field(weekly, case):
    with pytest.raises(InvalidDataError) as caught:
        weekly.decide(case, "x" * 10_001)
    assert set(caught.value.problems) == {"decision"}


def test_work_is_planned_for_somebody_of_the_service_from_today_on(weekly, case):
    new = NewTask(text=" ", owner="sofie", due_on=None)

    with pytest.raises(InvalidDataError) as caught:
        weekly.planned(planning.plan_task, case, new)
    assert set(caught.value.problems) == {"task", "task_due", "task_owner"}


def test_a_task_goes_to_who_may_do_it(weekly, case):
    task = weekly.task(case)

    with pytest.raises(InvalidDataError, match="voor Administratie"):
        weekly.planned(planning.plan_assignment, case, task.id, to="tom")


def test_a_task_of_another_case_is_not_planned_here(weekly, case):
    with pytest.raises(InvalidDataError) as caught:
        weekly.planned(planning.plan_assignment, case, uuid4(), to="an")
    assert set(caught.value.problems) == {"open_task"}


def test_a_later_date_for_the_same_task_takes_the_place_of_the_first(weekly, case):
    task = weekly.task(case)
    for day in (20, 25):
        due_on = weekly.clock.now().date().replace(day=day)
        weekly.planned(planning.plan_moment, case, task.id, due_on=due_on)

    with weekly.reading() as work:
        lines = service.repository.plan_lines(work.session, weekly.number)
    assert [line.due_on.day for line in lines] == [25]


def test_planning_makes_an_unchanged_case_open_again(weekly, case):
    weekly.no_change(case)
    new = NewTask(text="Bel", owner="an", due_on=weekly.clock.now().date())
    line = weekly.planned(planning.plan_task, case, new)
    after = kind(weekly, case)
    weekly.planned(planning.drop, line.id)
    weekly.no_change(case, version=weekly.entry(case).version)

    assert after is None
    assert kind(weekly, case) is EntryKind.NO_CHANGE
