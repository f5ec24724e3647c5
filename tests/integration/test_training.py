from datetime import timedelta

import pytest

from engine.clock import ShiftedClock
from engine.mail import Mail
from engine.outbox import enqueue
from engine.training import (
    LONGEST_JUMP,
    ClockMoveError,
    FixedTime,
    JumpUnderWayError,
    SharedTime,
    Training,
)
from engine.worker import Worker
from tests.integration.scripted import NOON, Town

LADDER = [["day_7", "P7D"], ["day_10", "P10D"], ["day_12", "P12D"], ["breach", "P14D"]]


class Post:
    def __init__(self):
        self.taken = []

    def send(self, message):
        self.taken.append(message)


@pytest.fixture
def post():
    return Post()


@pytest.fixture
def training(town, post):
    worker = Worker(engine=town, transport=post)
    return Training(town, worker, FixedTime(town.clock))


def days(count):
    return NOON + timedelta(days=count)


def test_a_jump_of_a_month_fires_each_timer_at_its_own_moment_in_order(town, training):
    instance_id = town.start(timers=LADDER)

    jump = training.advance_to(days(30), by="beheerder")

    assert [one.element_id for one in jump.fired] == [name for name, _ in LADDER]
    fired = [timer.fired_at for timer in town.ledger(instance_id)]
    assert fired == [days(7), days(10), days(12), days(14)]
    assert jump.complete
    assert town.clock.now() == days(30)


def test_cases_are_served_in_the_order_of_time_not_one_by_one(town, training):
    town.start(timers=[["a1", "P1D"], ["a3", "P3D"]])
    town.start(timers=[["b2", "P2D"], ["b4", "P4D"]])

    jump = training.advance_to(days(5), by="beheerder")

    assert [one.element_id for one in jump.fired] == ["a1", "b2", "a3", "b4"]


def test_a_cycle_fires_each_time_during_a_jump(town, training):
    town.start(timers=[["daily", "R/P1D"]])

    jump = training.advance_to(days(10), by="beheerder")

    assert len(jump.fired) == 10
    assert all(one.lateness == timedelta(0) for one in jump.fired)


def test_the_journal_carries_the_moments_of_the_jump(town, training):
    instance_id = town.start(timers=LADDER)

    training.advance_to(days(30), by="beheerder")

    with town.reading() as work:
        entries = town.journal.of(work, instance_id)
    moments = [entry.at for entry in entries if entry.kind == "timer_fired"]
    assert moments == [days(7), days(10), days(12), days(14)]


def test_mail_leaves_during_a_jump(town, training, post):
    with town.transaction() as work:
        enqueue(work, Mail(to="svk@voorbeeld.be", subject="Dag", text="Dag"))

    jump = training.advance_to(days(1), by="beheerder")

    assert (jump.sent, len(post.taken)) == (1, 1)


def test_progress_is_told_from_start_to_end(town, training):
    told = []
    town.start(timers=LADDER)

    training.advance_to(days(28), by="beheerder", progress=told.append)

    assert [one.share for one in told] == [0.25, 10 / 28, 12 / 28, 0.5, 1.0]


def test_a_jump_goes_on_past_a_case_that_is_broken(town, training):
    town.start(timers=[["broken", "P1D"]])
    town.start(timers=[["reminder", "P2D"]])

    jump = training.advance_to(days(3), by="beheerder")

    assert [one.element_id for one in jump.fired] == ["reminder"]
    assert town.clock.now() == days(3)
    with town.reading() as work:
        assert len(town.incidents.open(work)) == 1


@pytest.mark.parametrize("away", [timedelta(seconds=-1), LONGEST_JUMP * 2])
def test_the_clock_goes_forward_only_and_not_absurdly_far(training, away):
    with pytest.raises(ClockMoveError):
        training.advance_to(NOON + away, by="beheerder")


def test_another_process_takes_over_the_moved_clock(town, post, database_url):
    clocks = [ShiftedClock(behind=town.clock) for _ in range(2)]
    towns = [Town(database_url, clock=clock, create=False) for clock in clocks]
    mover, other = (
        SharedTime(one, clock, town.clock)
        for one, clock in zip(towns, clocks, strict=True)
    )
    instance_id = town.start(timers=LADDER)
    training = Training(towns[0], Worker(engine=towns[0], transport=post), mover)

    training.advance_to(days(8), by="beheerder")
    at_rest = other.at_rest()

    assert at_rest
    assert clocks[1].now() == days(8)
    first, *_ = town.ledger(instance_id)
    assert first.fired_at == days(7)
    for one in towns:
        one.database.dispose()


def test_two_people_cannot_move_the_clock_at_once(town, database_url):
    first, second = (
        SharedTime(town, ShiftedClock(behind=town.clock), town.clock) for _ in range(2)
    )
    first.begin()

    with pytest.raises(JumpUnderWayError):
        second.begin()

    assert not second.at_rest()
    first.end()
    assert second.at_rest()
    second.begin()


def test_a_jump_that_died_is_forgotten(town):
    died, next_one = (
        SharedTime(town, ShiftedClock(behind=town.clock), town.clock) for _ in range(2)
    )
    died.begin()
    town.after(minutes=3)

    next_one.begin()

    assert not died.at_rest()
