"""Who sees which question and work group, and how often a group met."""

from datetime import date, timedelta

import pytest

from workflows.errors import ForbiddenError
from workflows.meetings.model import MeetingStatus
from workflows.people import service as people
from workflows.work_groups import reading, service


@pytest.fixture
def number(loop):
    return loop.founded()


def seen_by(loop, name):
    """Return the groups and the questions that somebody finds in the lists."""
    with loop.engine.reading() as work:
        who = people.actor(work, name)
        groups = reading.group_lines(work, who)
        questions = reading.questions_for(work, who)
    return len(groups), len(questions)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("karel", (1, 1)),
        ("hilde", (1, 1)),
        ("nadia", (1, 1)),
        ("dirk", (0, 0)),
        ("jef", (0, 0)),
    ],
    ids=["the city", "a member", "the asker", "another body", "no body"],
)
def test_a_partner_sees_what_his_bodies_decide_about(loop, number, name, seen):
    assert seen_by(loop, name) == seen


@pytest.mark.parametrize("name", ["dirk", "jef"])
def test_who_is_not_concerned_opens_nothing(loop, number, name):
    with loop.engine.reading() as work:
        who = people.actor(work, name)
        for opens in (reading.question_file, reading.group_file):
            with pytest.raises(ForbiddenError):
                opens(work, number, who)


@pytest.mark.parametrize("name", ["karel", "hilde", "nadia", "tom"])
def test_who_is_concerned_reads_the_whole_file(loop, number, name):
    with loop.engine.reading() as work:
        who = people.actor(work, name)
        assert reading.question_file(work, number, who).question.number == number
        found = reading.group_file(work, number, who)
    assert [each.user_name for each in found.responsibles] == ["tom"]


def test_a_member_from_outside_sees_the_group_that_he_sits_in(loop):
    number = loop.founded(members="dirk\nLeila Benali")

    assert seen_by(loop, "dirk") == (1, 1)
    with loop.engine.reading() as work:
        who = people.actor(work, "dirk")
        assert reading.group_file(work, number, who).group.name == "Toewijzing"


def test_meetings_are_compared_with_those_of_the_core_group(loop, number):
    loop.over("KG-2026-1")
    later = loop.clock.now() + timedelta(days=10)
    loop.meeting("KG-2026-2", later, status=MeetingStatus.HELD)
    loop.meeting("KG-2026-3", later + timedelta(days=1), status=MeetingStatus.CANCELLED)
    loop.pass_time(days=20)
    with loop.engine.transaction() as work:
        tom = people.actor(work, "tom")
        before = reading.group_file(work, number, tom).frequency
        for day in (date(2026, 3, 9), date(2026, 3, 16)):
            service.record_meeting(work, number, held_on=day, note="Werk", by=tom)
        after = reading.group_file(work, number, tom).frequency

    assert (before.own, before.core, before.is_too_low) == (0, 1, True)
    assert (after.own, after.core, after.is_too_low) == (2, 1, False)


def test_a_group_past_its_end_is_told(loop, number):
    loop.pass_time(days=310)
    with loop.engine.reading() as work:
        (line,) = reading.group_lines(work, people.actor(work, "tom"))

    assert line.is_past_end


def test_the_button_to_ask_is_for_who_may(loop, number):
    with loop.engine.reading() as work:
        may = {
            name: reading.may_ask(work, people.actor(work, name))
            for name in ("karel", "hilde", "jef", "beheer")
        }

    assert may == {"karel": True, "hilde": True, "jef": False, "beheer": False}
