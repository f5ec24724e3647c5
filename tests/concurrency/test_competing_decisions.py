"""Two secretaries decide about one question: one wins, the other hears who and when."""

from datetime import timedelta

import pytest

from tests.concurrency.rival import Rival
from tests.integration.workflows.work_groups.conftest import Consultation, a_bundle
from workflows.demo.people import introduce
from workflows.errors import NotAllowedNowError
from workflows.people import service as people
from workflows.register import build_registry
from workflows.work_groups import service
from workflows.work_groups.model import Choice
from workflows.work_groups.service import WorkGroupDecision


@pytest.fixture
def registry():
    return build_registry()


@pytest.fixture
def loop(engine, clock):
    with engine.transaction() as work:
        introduce(work)
        engine.definitions.deploy(work, a_bundle(), by="test")
    return Consultation(engine, clock)


@pytest.fixture
def number(loop):
    loop.meeting("KG-2026-1", loop.clock.now() + timedelta(hours=1))
    return loop.ask().number


def deciding(loop, number, choice, by):
    decision = WorkGroupDecision(decision=choice, reason="Zo besliste de groep.")

    def decide(work):
        who = people.actor(work, by)
        service.decide(work, loop.engine, number, decision, by=who)

    return decide


def test_the_slower_of_two_who_decide_hears_who_was_first(loop, number):
    with loop.engine.transaction() as work:
        deciding(loop, number, Choice.FOUND, "griet")(work)
        slower = Rival(loop.engine, deciding(loop, number, Choice.NOT_FOUND, "an")).go()

    with pytest.raises(NotAllowedNowError, match="Griet Declercq"):
        slower.outcome()
    assert loop.question(number).choice is Choice.FOUND
    assert "appoint_responsible" in loop.tasks(number)


def test_a_decision_that_fails_leaves_the_question_to_the_other(loop, number):
    with pytest.raises(RuntimeError), loop.engine.transaction() as work:  # noqa: PT012
        deciding(loop, number, Choice.FOUND, "griet")(work)
        other = Rival(loop.engine, deciding(loop, number, Choice.NOT_FOUND, "an")).go()
        raise RuntimeError

    other.outcome()
    assert loop.question(number).choice is Choice.NOT_FOUND
