"""A worker dies at a named point; the next one loses and repeats nothing."""

import signal
from collections import Counter
from datetime import timedelta
from itertools import count

import pytest

from engine import faults
from engine.mail import Mail
from engine.outbox import enqueue
from tests.crash import clerk
from tests.crash.clerk import Outside, a_registry
from tests.crash.processes import PROCESSES, ended, fresh_url, wait_for_lines
from tests.integration.scripted import NOON, Town

DUE = NOON + timedelta(days=2)
LEASES_ARE_OVER = DUE + timedelta(hours=1)

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


class Scene:
    """A case with a timer and a job, and a mail; and who works on them."""

    def __init__(self, url, folder):
        self.url = url
        self.folder = folder
        self.outside = Outside(path=folder / "outside")
        self.town = Town(url, registry=a_registry(self.outside), create=False)

    def prepare(self):
        self.town.deploy()
        self.case = self.town.start(
            timers=[["reminder", "P1D"]], jobs=[["register", "register"]]
        )
        with self.town.transaction() as work:
            enqueue(work, Mail(to="svk@voorbeeld.be", subject="Verslag", text=""))

    def clerk(self, moment, *, fault=""):
        """Start a clerk in a process of its own."""
        process = PROCESSES.Process(
            target=clerk.work, args=(self.url, moment, self.folder, fault)
        )
        process.start()
        return process

    def dies_at(self, fault):
        """Let a clerk work until it dies; tell whether it came to the point."""
        status = ended(self.clerk(DUE, fault=fault))
        assert status in {0, faults.EXIT_STATUS}
        return status == faults.EXIT_STATUS

    def recover(self):
        assert ended(self.clerk(LEASES_ARE_OVER)) == 0

    def assert_nothing_lost_and_nothing_repeated(self):
        with self.town.reading() as work:
            kinds = Counter(e.kind for e in self.town.journal.of(work, self.case))
            instance = self.town.instances.get(work, self.case)
            (mail,) = self.town.outbox.newest(work)
            incidents = self.town.incidents.open(work)
            self.town.journal.verify(work, self.case)
        assert kinds["timer_fired"] == 1
        assert kinds["job_completed"] == 1
        assert instance.status == "completed"
        assert mail.state == "sent"
        assert incidents == []
        # Outside, once or twice, but always under the same key.
        heard = Counter(self.outside.heard())
        jobs = [line for line in heard if line.startswith("job")]
        mails = [line for line in heard if line.startswith("mail")]
        assert (len(jobs), len(mails)) == (1, 1)
        assert max(heard.values()) <= 2


@pytest.fixture
def scenes(tmp_path):
    made = []

    def make(url):
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(Scene(url, folder))
        return made[-1]

    yield make
    for scene in made:
        scene.town.database.dispose()


@pytest.mark.parametrize("point", faults.POINTS)
def test_a_worker_killed_at_any_point_is_recovered(point, sqlite_url, scenes):
    scene = scenes(sqlite_url)
    scene.prepare()

    died = scene.dies_at(point)
    scene.recover()

    assert died
    scene.assert_nothing_lost_and_nothing_repeated()


@pytest.mark.parametrize(
    "point", ["before_commit", "after_commit", "after_job_run", "after_mail_sent"]
)
def test_a_worker_killed_on_postgresql_is_recovered(point, postgres_url, scenes):
    scene = scenes(postgres_url)
    scene.prepare()

    died = scene.dies_at(point)
    scene.recover()

    assert died
    scene.assert_nothing_lost_and_nothing_repeated()


@pytest.mark.full
@pytest.mark.parametrize("point", faults.POINTS)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_worker_killed_at_each_pass_of_a_point_is_recovered(
    kind, point, tmp_path, scenes, request
):
    for nth in count(1):
        with fresh_url(kind, tmp_path, request) as url:
            scene = scenes(url)
            scene.prepare()
            died = scene.dies_at(f"{point}:{nth}")
            scene.recover()
            scene.assert_nothing_lost_and_nothing_repeated()
            scene.town.database.dispose()
        if not died:
            break

    assert nth > 1


def test_a_worker_killed_by_the_system_amid_many_timers_loses_none(
    database_url, scenes
):
    scene = scenes(database_url)
    scene.town.deploy()
    cases = [
        scene.town.start(timers=[["a", "P1D"], ["b", "P1D"], ["c", "P1D"]])
        for _ in range(60)
    ]

    statuses = []
    for kills in (1, 2):
        process = scene.clerk(DUE)
        wait_for_lines(scene.outside, process, kills * 30)
        process.kill()
        statuses.append(ended(process))
    scene.recover()

    for case in cases:
        with scene.town.reading() as work:
            kinds = [entry.kind for entry in scene.town.journal.of(work, case)]
        assert kinds.count("timer_fired") == 3
    assert statuses == [-signal.SIGKILL, -signal.SIGKILL]
