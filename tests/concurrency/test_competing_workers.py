from collections import Counter
from threading import Barrier, Thread

import pytest

from engine.clock import FixedClock
from engine.errors import InstanceNotRunningError
from engine.mail import Mail
from engine.outbox import enqueue
from engine.worker import Worker
from tests.integration.scripted import Town

WORKERS = 4
CASES = 15
LADDER = [["day_7", "P7D"], ["day_10", "P10D"], ["day_12", "P12D"], ["breach", "P14D"]]
PATIENCE = 60


class Post:
    def __init__(self):
        self.taken = []

    def send(self, message):
        self.taken.append(message["Message-ID"])


@pytest.fixture
def towns(database_url):
    towns = [Town(database_url, create=False) for _ in range(WORKERS)]
    towns[0].deploy()
    yield towns
    for town in towns:
        town.database.dispose()


def together(towns, action):
    """Let each town do *action* at the same moment, in a thread of its own."""
    barrier = Barrier(len(towns))

    def run(town):
        barrier.wait(PATIENCE)
        action(town)

    threads = [Thread(target=run, args=(town,)) for town in towns]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert not any(thread.is_alive() for thread in threads)


def test_competing_workers_fire_each_timer_once(towns):
    first = towns[0]
    cases = [first.start(timers=LADDER) for _ in range(CASES)]
    fired = []

    def work(town):
        Worker(engine=town, transport=Post(), seen=fired.append).fire_timers()

    for town in towns:
        town.after(days=30)
    for _ in range(3):
        # A worker passes over what another one holds: a later look finds the rest.
        together(towns, work)

    counted = Counter(one.id for one in fired)
    assert len(counted) == CASES * len(LADDER)
    assert set(counted.values()) == {1}
    for case in cases:
        with first.reading() as unit:
            kinds = [entry.kind for entry in first.journal.of(unit, case)]
        assert kinds.count("timer_fired") == len(LADDER)


def test_competing_workers_send_each_mail_once(towns):
    post = Post()
    with towns[0].transaction() as work:
        for number in range(40):
            enqueue(work, Mail(to="a@b.be", subject=str(number), text=""))

    together(towns, lambda town: Worker(engine=town, transport=post).do_effects())

    assert len(post.taken) == 40
    assert len(set(post.taken)) == 40


def test_a_timer_and_a_cancellation_at_the_same_moment_leave_one_winner(towns):
    first, second = towns[:2]
    cases = [first.start(timers=[["reminder", "P1D"]]) for _ in range(CASES)]
    for town in (first, second):
        town.after(days=2)

    def fire_or_cancel(town):
        if town is first:
            Worker(engine=town, transport=Post()).fire_timers()
            return
        for case in reversed(cases):
            cancel_unless_ended(town, case)

    together([first, second], fire_or_cancel)

    for case in cases:
        (timer,) = first.ledger(case)
        assert (timer.fired_at is None) != (timer.cancelled_at is None)


def cancel_unless_ended(town, case):
    try:
        with town.transaction() as work:
            town.instances.cancel(work, case, by="hoofd", reason="ingetrokken")
    except InstanceNotRunningError:
        return


def test_a_clock_that_runs_behind_never_fires_early(towns):
    first, behind = towns[:2]
    case = first.start(timers=[["reminder", "P1D"]])
    first.after(days=1)
    assert isinstance(behind.clock, FixedClock)

    tally = Worker(engine=behind, transport=Post()).fire_timers()

    (timer,) = first.ledger(case)
    assert (tally.fired, timer.fired_at) == (0, None)
