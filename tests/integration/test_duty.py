from datetime import timedelta
from threading import Event

import pytest

from engine.clock import SystemClock
from engine.duty import Duty, Posting
from engine.health import read_health
from engine.mail import Mail
from engine.outbox import enqueue
from engine.recovery import SILENCE, beat
from tests.integration.scripted import Town

LONG = timedelta(hours=1)
PATIENCE = 20


class Post:
    def __init__(self):
        self.taken = []
        self.arrived = Event()

    def send(self, message):
        self.taken.append(message)
        self.arrived.set()


@pytest.fixture
def open_town():
    """Opens towns that live in real time."""
    towns = []

    def start(url):
        towns.append(Town(url, create=False, clock=SystemClock()))
        return towns[-1]

    yield start
    for town in towns:
        town.database.dispose()


@pytest.fixture
def now_town(database_url, open_town):
    town = open_town(database_url)
    town.deploy()
    return town


@pytest.fixture
def on_duty(open_town):
    duties = []

    def start(town, post, *, sweep=LONG):
        posting = Posting(kind="worker", machine=SystemClock(), sweep=sweep)
        duty = Duty(town, post, posting)
        duty.start()
        duties.append(duty)
        return duty

    yield start
    for duty in duties:
        duty.stop()


def write(town):
    with town.transaction() as work:
        enqueue(work, Mail(to="svk@voorbeeld.be", subject="Dag", text=""))


def test_a_commit_wakes_the_worker_of_its_own_process(now_town, on_duty):
    post = Post()
    on_duty(now_town, post)

    write(now_town)

    assert post.arrived.wait(PATIENCE)


def test_a_commit_wakes_the_worker_of_another_process_on_postgresql(
    postgres_url, open_town, on_duty
):
    here, there = open_town(postgres_url), open_town(postgres_url)
    post = Post()
    on_duty(there, post)

    write(here)

    assert post.arrived.wait(PATIENCE)


def test_a_sweep_finds_what_no_signal_told(sqlite_url, open_town, on_duty):
    here, there = open_town(sqlite_url), open_town(sqlite_url)
    post = Post()
    on_duty(there, post, sweep=timedelta(seconds=0.1))

    write(here)

    assert post.arrived.wait(PATIENCE)


def test_a_timer_fires_at_its_moment_without_a_sweep(now_town, on_duty):
    on_duty(now_town, Post())
    case = now_town.start(timers=[["reminder", "PT0.3S"]])

    duty_saw = Event()
    while not duty_saw.wait(0.05):
        if now_town.ledger(case)[0].fired_at:
            duty_saw.set()

    (timer,) = now_town.ledger(case)
    assert timedelta(0) <= timer.fired_at - timer.due_at < timedelta(seconds=PATIENCE)


def test_a_process_that_stops_leaves_no_lease_and_no_heartbeat(now_town, on_duty):
    duty = on_duty(now_town, Post())

    duty.stop()

    with now_town.reading() as work:
        health = read_health(work, machine_now=SystemClock().now())
    assert health.heartbeat is None


def test_the_leases_of_a_process_that_fell_silent_are_taken_over(town):
    write(town)
    died_at = town.clock.now()
    with town.transaction() as work:
        beat(work, name="died", kind="worker", machine_now=died_at)
        town.outbox.lease_next(work, worker="died")

    with town.transaction() as work:
        later = died_at + SILENCE + timedelta(seconds=1)
        beat(work, name="lives", kind="worker", machine_now=later)
        taken_over = town.outbox.lease_next(work, worker="lives")

    assert taken_over.attempts == 2


def test_health_tells_the_oldest_of_everything(town):
    write(town)
    town.start(timers=[["reminder", "PT1H"]])
    with town.transaction() as work:
        beat(work, name="lives", kind="worker", machine_now=work.now)
    town.after(hours=3)

    with town.reading() as work:
        health = read_health(work, machine_now=work.now)

    assert health.heartbeat == timedelta(hours=3)
    assert health.timer == timedelta(hours=2)
    assert health.mail == timedelta(hours=3)
