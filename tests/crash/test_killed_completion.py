"""A process dies while somebody completes a task; a second click finds the truth."""

from collections import Counter
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from engine import faults
from engine.model import Bundle
from engine.worklist import TaskQuery
from tests.crash import clerk
from tests.crash.processes import PROCESSES, ended, fresh_url
from tests.integration.scripted import NOON

DIAGRAM = Path(__file__).parent / "seven_days.bpmn"
LATER = NOON + timedelta(hours=1)

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


class Scene:
    """A case that waits for a report, and a person who hands it in."""

    def __init__(self, url, folder):
        self.url = url
        self.folder = folder
        self.engine, self.outside = clerk.open_office(url, folder, NOON)

    def prepare(self):
        bundle = Bundle(key="seven_days", files={DIAGRAM.name: DIAGRAM.read_bytes()})
        with self.engine.transaction() as work:
            self.engine.definitions.deploy(work, bundle, by="test")
            self.case = self.engine.instances.start(
                work,
                bundle_key="seven_days",
                process_id="seven_days",
                variables={},
                business_key="2026-1",
                label="Kerkstraat 5",
                by="test",
            ).id
        (task,) = self.open_tasks()
        (self.folder / "task").write_text(str(task.id))

    def click(self, moment, *, fault=""):
        """Complete the task in a process of its own; return its exit status."""
        process = PROCESSES.Process(
            target=clerk.complete, args=(self.url, moment, self.folder, fault)
        )
        process.start()
        return ended(process)

    def dies_at(self, fault):
        status = self.click(NOON, fault=fault)
        assert status in {0, faults.EXIT_STATUS}
        return status == faults.EXIT_STATUS

    def open_tasks(self):
        with self.engine.reading() as work:
            return self.engine.tasks.find(work, TaskQuery()).items

    def assert_completed_once(self):
        with self.engine.reading() as work:
            journal = self.engine.journal.of(work, self.case)
            variables = self.engine.instances.variables(work, self.case)
            (timer,) = self.engine.timers.of_instance(work, self.case)
            incidents = self.engine.incidents.open(work)
            self.engine.journal.verify(work, self.case)
        done = Counter((entry.kind, entry.element_id) for entry in journal)
        assert done["task_completed", "write"] == 1
        assert done["task_opened", "sign"] == 1
        assert [task.element_id for task in self.open_tasks()] == ["sign"]
        assert variables["conclusion"] == "geschikt"
        assert timer.cancelled_at is not None
        assert incidents == []
        assert len({line for line in self.outside.heard() if "job" in line}) == 1


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
        scene.engine.database.dispose()


ON_THE_WAY = [point for point in faults.POINTS if point != "after_mail_sent"]


@pytest.mark.parametrize("point", ON_THE_WAY)
def test_a_completion_killed_at_any_point_happens_once(point, sqlite_url, scenes):
    scene = scenes(sqlite_url)
    scene.prepare()

    died = scene.dies_at(point)
    second = scene.click(LATER)

    assert (died, second) == (True, 0)
    scene.assert_completed_once()


@pytest.mark.parametrize("point", ["after_journal", "before_commit", "after_commit"])
def test_a_completion_killed_on_postgresql_happens_once(point, postgres_url, scenes):
    scene = scenes(postgres_url)
    scene.prepare()

    died = scene.dies_at(point)
    second = scene.click(LATER)

    assert (died, second) == (True, 0)
    scene.assert_completed_once()


def test_a_completion_that_was_not_committed_left_nothing(sqlite_url, scenes):
    scene = scenes(sqlite_url)
    scene.prepare()

    scene.dies_at("before_commit")

    assert [task.element_id for task in scene.open_tasks()] == ["write"]
    assert scene.outside.heard() == []


def test_a_completion_that_was_committed_stands_without_an_answer(sqlite_url, scenes):
    scene = scenes(sqlite_url)
    scene.prepare()

    scene.dies_at("after_commit")

    assert "write" not in [task.element_id for task in scene.open_tasks()]
    assert scene.outside.heard() == []


@pytest.mark.full
@pytest.mark.parametrize("point", ON_THE_WAY)
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_completion_killed_at_each_pass_of_a_point_happens_once(
    kind, point, tmp_path, scenes, request
):
    for nth in count(1):
        with fresh_url(kind, tmp_path, request) as url:
            scene = scenes(url)
            scene.prepare()
            died = scene.dies_at(f"{point}:{nth}")
            assert scene.click(LATER) == 0
            scene.assert_completed_once()
            scene.engine.database.dispose()
        if not died:
            break

    assert nth > 1
