"""The database goes away under a worker, and comes back."""

from datetime import timedelta
from threading import Event

import pytest

from engine.clock import SystemClock
from engine.duty import Duty, Posting
from engine.mail import Mail
from engine.outbox import enqueue
from tests.integration.scripted import Town
from tests.postgres import private_server

PATIENCE = 60
SHORT = timedelta(seconds=0.2)

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


class Post:
    def __init__(self):
        self.taken = []
        self.arrived = Event()

    def send(self, message):
        self.taken.append(message["Subject"])
        self.arrived.set()


def write(town, subject):
    with town.transaction() as work:
        enqueue(work, Mail(to="svk@voorbeeld.be", subject=subject, text=""))


@pytest.fixture
def server():
    """A server that keeps its word over a crash."""
    with private_server(durable=True) as server:
        yield server


@pytest.fixture
def towns(server):
    with server.database() as url:
        clock = SystemClock()
        towns = [Town(url, clock=clock), Town(url, clock=clock, create=False)]
        yield towns
        for town in towns:
            town.database.dispose()


@pytest.fixture
def on_duty():
    duties = []

    def start(town, post, sweep):
        posting = Posting(kind="worker", machine=SystemClock(), sweep=sweep)
        duties.append(Duty(town, post, posting))
        duties[-1].start()

    yield start
    for duty in duties:
        duty.stop()


@pytest.mark.parametrize("sweep", [SHORT, timedelta(hours=1)], ids=["sweep", "notify"])
def test_a_worker_goes_on_after_a_crash_of_postgresql(server, towns, on_duty, sweep):
    post = Post()
    here, there = towns
    on_duty(there, post, sweep)
    write(here, "voor")
    assert post.arrived.wait(PATIENCE)
    post.arrived.clear()

    server.stop("immediate")
    server.start()
    here.database.dispose()
    write(here, "na")

    assert post.arrived.wait(PATIENCE)
    assert post.taken[-1] == "na"
