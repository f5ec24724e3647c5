"""The list of the meeting: all running cases, in order, in few statements."""

from datetime import timedelta

import pytest

from workflows.cases.model import CaseStatus
from workflows.cases.service import withdraw
from workflows.cases.steering import Step, steer
from workflows.errors import ForbiddenError
from workflows.people import service as people
from workflows.weekly import repository, service
from workflows.weekly.model import Section
from workflows.weekly.running import running_cases


def numbers(weekly):
    return [each.number for each in weekly.places()]


def test_the_list_holds_each_running_case_and_the_members_are_told(weekly):
    opened = [weekly.a_case() for _ in range(4)]
    weekly.begun()

    assert sorted(numbers(weekly)) == opened
    subject = f"De lijst voor het wekelijks overleg van 3 maart 2026 staat klaar ({weekly.number})"
    told = [to for to, told in weekly.mails() if told == subject]
    assert sorted(told) == ["an", "griet", "leila", "tom"]


def test_late_comes_before_what_is_due_this_week(weekly):
    late = weekly.a_case()
    weekly.pass_time(days=7)
    soon = weekly.a_case()
    weekly.begun()

    placed = [(each.number, each.section) for each in weekly.places()]
    assert placed == [(late, Section.LATE), (soon, Section.THIS_WEEK)]


def test_the_order_stays_while_they_talk_and_is_made_anew_on_request(weekly):
    first, second = weekly.a_case(), weekly.a_case()
    weekly.begun()
    before = numbers(weekly)
    with weekly.transaction() as work:
        weekly.engine.tasks.reschedule(
            work, weekly.task(first).id, work.now + timedelta(days=60), by="an"
        )

    assert numbers(weekly) == before == [first, second]
    with weekly.transaction() as work:
        service.rebuild_list(work, weekly.number, by=people.actor(work, "an"))
    assert numbers(weekly) == [second, first]


def test_a_case_opened_during_the_meeting_stands_at_the_end(weekly):
    first = weekly.a_case()
    weekly.begun()
    later = weekly.a_case()

    assert numbers(weekly) == [first, later]
    assert weekly.places()[-1].section is Section.NEW


def test_a_case_that_ends_leaves_the_list(weekly):
    stays, goes = weekly.a_case(), weekly.a_case()
    weekly.begun()
    with weekly.transaction() as work:
        who = people.actor(work, "sofie")
        withdraw(work, weekly.engine, goes, by=who, reason="Verhuurd.")

    assert numbers(weekly) == [stays]
    assert weekly.running(goes) is None


def test_a_suspended_case_still_runs_and_waits(weekly):
    case = weekly.a_case()
    with weekly.transaction() as work:
        who = people.actor(work, "griet")
        steer(work, weekly.engine, case, Step.SUSPEND, by=who, reason="Wacht.")
    weekly.begun()

    assert weekly.running(case).status is CaseStatus.SUSPENDED
    assert weekly.running(case).waits


def test_a_case_shows_its_step_its_agenda_and_who_has_it(weekly):
    case = weekly.a_case()
    weekly.begun()
    item = weekly.escalate(case)
    with weekly.transaction() as work:
        weekly.engine.tasks.assign(work, weekly.task(case).id, to="an", by="griet")
    seen = weekly.running(case)

    assert seen.organisation_name == "SVK Mechelen"
    assert seen.phase == "Aanbod"
    assert (seen.next_step.name, seen.next_step.assignee) == (
        "Volledigheid nakijken",
        "an",
    )
    assert seen.due_at == weekly.task(case).due_at
    assert [each.id for each in seen.agenda] == [item]
    assert not seen.waits


@pytest.mark.parametrize("count", [2, 12])
def test_the_whole_list_takes_the_same_few_statements(weekly, count, count_sql):
    for _ in range(count):
        weekly.a_case()
    weekly.begun()
    meeting = weekly.meeting()

    with weekly.reading() as work, count_sql(weekly.engine.database) as counted:
        found = running_cases(work.session, meeting)
        repository.places(work.session, weekly.number)
    assert len(found) == count
    assert len(counted.statements) == 7


def test_only_who_runs_the_meeting_orders_its_list(weekly):
    weekly.begun()

    with pytest.raises(ForbiddenError), weekly.transaction() as work:
        service.rebuild_list(work, weekly.number, by=people.actor(work, "tom"))
