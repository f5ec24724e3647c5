from datetime import timedelta
from threading import Event, Lock, Thread

import pytest

from engine.clock import ShiftedClock, SystemClock
from engine.scheduling import Chore, Scheduler

LONG = timedelta(hours=1)
PATIENCE = 10


class Diary:
    """A chore that tells when it ran, and lets a test hold it up."""

    def __init__(self):
        self.runs = 0
        self.due_at = None
        self.ran = Event()
        self.go_on = Event()
        self.go_on.set()
        self.together = 0
        self.most_together = 0
        self._lock = Lock()

    def run(self):
        with self._lock:
            self.together += 1
            self.most_together = max(self.together, self.most_together)
        self.runs += 1
        self.ran.set()
        self.go_on.wait(PATIENCE)
        with self._lock:
            self.together -= 1

    def next_due(self):
        due_at, self.due_at = self.due_at, None
        return due_at

    def wait(self):
        assert self.ran.wait(PATIENCE)
        self.ran.clear()


@pytest.fixture
def diary():
    return Diary()


@pytest.fixture
def started():
    schedulers = []

    def start(diary, *, clock=None, sweep=LONG):
        chore = Chore(name="chore", run=diary.run, next_due=diary.next_due)
        machine = SystemClock()
        scheduler = Scheduler(
            [chore], clock=clock or machine, machine=machine, sweep=sweep
        )
        scheduler.start()
        schedulers.append(scheduler)
        return scheduler

    yield start
    for scheduler in schedulers:
        scheduler.stop()


def test_a_chore_runs_at_the_start(diary, started):
    started(diary)

    diary.wait()


def test_a_wake_up_runs_a_chore_at_once(diary, started):
    scheduler = started(diary)
    diary.wait()

    scheduler.wake()

    diary.wait()


def test_a_chore_runs_at_its_next_due_moment(diary, started):
    diary.due_at = SystemClock().now() + timedelta(milliseconds=50)

    started(diary)

    diary.wait()
    diary.wait()


def test_a_due_moment_is_read_on_the_clock_of_the_cases(diary, started):
    ahead = ShiftedClock(behind=SystemClock(), ahead=timedelta(days=30))
    diary.due_at = ahead.now() + timedelta(milliseconds=50)

    started(diary, clock=ahead)

    diary.wait()
    diary.wait()


def test_the_sweep_comes_round_without_any_signal(diary, started):
    started(diary, sweep=timedelta(seconds=0.05))

    for _ in range(3):
        diary.wait()


def test_wake_ups_during_a_round_give_one_more_round_and_never_two_at_a_time(
    diary, started
):
    diary.go_on.clear()
    scheduler = started(diary)
    diary.wait()

    for _ in range(20):
        scheduler.wake()
    diary.go_on.set()

    diary.wait()
    scheduler.stop()
    assert diary.most_together == 1
    assert diary.runs == 2


def test_a_stop_while_a_round_plans_its_next_does_not_hang(diary, started):
    diary.go_on.clear()
    diary.due_at = SystemClock().now() + LONG
    scheduler = started(diary)
    diary.wait()
    stopper = Thread(target=scheduler.stop, daemon=True)

    stopper.start()
    stopper.join(0.1)
    diary.go_on.set()

    stopper.join(PATIENCE)
    assert not stopper.is_alive()


def test_nothing_runs_after_a_stop(diary, started):
    scheduler = started(diary)
    diary.wait()
    scheduler.stop()

    scheduler.wake()

    assert not diary.ran.wait(0.1)


def test_a_wake_up_while_the_next_moment_is_sought_is_not_lost(diary, started):
    """APScheduler drops a job whose namesake has not returned yet."""
    found = []
    told = Event()

    def next_due():
        # The round that was woken is over, the job that ran it is not.
        if diary.runs == 2 and not found:
            diary.ran.clear()
            scheduler.wake()
            found.append(diary.ran.wait(PATIENCE))
            told.set()

    diary.next_due = next_due
    scheduler = started(diary)
    diary.wait()
    scheduler.wake()
    assert told.wait(2 * PATIENCE)

    assert found == [True]
