"""A site of its own for the stories: the real command in a real process."""

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen

from engine.bootstrap import build_engine
from engine.clock import FixedClock, ShiftedClock, SystemClock
from engine.model import TaskState
from engine.persistence import migrate
from engine.persistence.repositories.training_clock import TrainingClockRepository
from engine.settings import EngineSettings
from workflows.calendar import local_moment
from workflows.cases.repository import case as read_case
from workflows.definitions import bundles
from workflows.demo.case import DemoCase
from workflows.demo.dwellings import dwellings
from workflows.demo.people import PASSWORD, settle
from workflows.people import access, service
from workflows.people.model import Role
from workflows.register import build_registry

__all__ = ["PASSWORD", "Site", "found", "load_demo", "once", "serve"]

_STREETS = dwellings()
_PATIENCE = timedelta(seconds=60)


class Site:
    """A served city; behind the scenes its engine, for what a story begins with."""

    def __init__(self, folder, address):
        self.folder = folder
        self.address = address
        self.engine = build_engine(
            EngineSettings(database_url=_url(folder)),
            build_registry(),
            ShiftedClock(behind=SystemClock()),
        )

    @property
    def today(self):
        """The local day on the training clock of the site."""
        return self.a_case().today

    def at(self, day, hour):
        """Return the moment of an hour of a day, as a browser types it."""
        return f"{day:%Y-%m-%d}T{hour:02d}:00"

    def a_case(self, **offer):
        """A dwelling that nobody offered yet, to be led by its own use cases."""
        with self.engine.reading() as work:
            self.engine.clock.ahead = TrainingClockRepository(work.session).ahead()
        given = {**next(_STREETS), "occupied": False, "occupant_name": None, **offer}
        return DemoCase(engine=self.engine, offer=given)

    def offered(self, **offer):
        """A dwelling that SVK Mechelen offered."""
        case = self.a_case(**offer)
        case.offered()
        return case

    def task(self, number, element_id):
        """Return the open task of a case."""
        with self.engine.reading() as work:
            instance = read_case(work.session, number).instance_id
            return next(
                task
                for task in self.engine.tasks.of_instance(work, instance)
                if task.element_id == element_id and task.state is TaskState.OPEN
            )

    def journal(self, number):
        """Return the lines of the journal of a case."""
        with self.engine.reading() as work:
            instance = read_case(work.session, number).instance_id
            return self.engine.journal.of(work, instance)


def found(folder):
    """Found a city with its people, its processes and no case, on a Monday in March.

    No holiday falls in the weeks after it, so terms can be counted on fingers.
    """
    machine = SystemClock().now()
    monday = _a_monday_in_march(machine)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mail").mkdir()
    settings = EngineSettings(database_url=_url(folder))
    engine = build_engine(settings, build_registry(), FixedClock(monday))
    migrate.upgrade(engine.database)
    with engine.transaction() as work:
        settle(work)
        _hire(work)
        for bundle in bundles():
            engine.definitions.deploy(work, bundle, by="beheer")
        ahead = TrainingClockRepository(work.session)
        ahead.move(monday - machine, at=machine, by="beheer")
    _close(engine)
    (folder / "loaded").touch()


def load_demo(folder):
    """Load the whole demo city, by its own command."""
    folder.mkdir(parents=True, exist_ok=True)
    command = [*_WOONFLOW, "demo", "--load-only"]
    subprocess.run(command, env=_environment(folder), check=True, capture_output=True)


def once(folder, make):
    """Make *folder* once for all workers of this run; return it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with Path(f"{folder}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "loaded").exists():
            make(folder)
    return folder


@contextmanager
def serve(template, folder):
    """Serve a copy of the city in *template*; stop as a person does, with Ctrl+C."""
    shutil.copytree(template, folder)
    port = _free_port()
    log = folder / "server.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [*_WOONFLOW, "demo", "--port", str(port)],
            env=_environment(folder),
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address, log)
        site = Site(folder, address)
        yield site
        site.engine.database.dispose()
    finally:
        process.terminate()
        process.wait(timeout=_PATIENCE.total_seconds())
    assert "request_failed" not in log.read_text(), log.read_text()


_WOONFLOW = [sys.executable, "-c", "from web.cli.main import main; main()"]


def _hire(work):
    """Give An a colleague, so that two people can want the same task."""
    new = service.NewUser(
        name="mia", full_name="Mia Jacobs", email="mia@mechelen.example"
    )
    service.add_user(work, new)
    city = min(service.actor(work, "an").organisation_ids)
    service.add_membership(
        work, "mia", role=Role.ADMIN, organisation_id=city, since=date(2020, 1, 1)
    )
    access.set_password(work, "mia", PASSWORD)


def _a_monday_in_march(machine):
    first = datetime(machine.year + 1, 3, 1, tzinfo=UTC)
    monday = first + timedelta(days=-first.weekday() % 7)
    return local_moment(monday.date(), time(9))


def _environment(folder):
    kept = {
        name: text
        for name, text in os.environ.items()
        if not name.startswith("WOONFLOW_")
    }
    return {**kept, "WOONFLOW_DATA": str(folder), "PYTHONPATH": str(Path.cwd())}


def _url(folder):
    return f"sqlite:///{folder}/woonflow.db"


def _close(engine):
    with engine.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.database.dispose()


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(process, address, log):
    """Wait until the site answers; a process that died tells why."""
    pause = Event()
    for _ in range(int(_PATIENCE.total_seconds() * 10)):
        assert process.poll() is None, log.read_text()
        try:
            with urlopen(f"{address}/healthz"):  # noqa: S310 - our own address
                return
        except (URLError, ConnectionError):
            pause.wait(0.1)
    message = f"The site does not answer: {log.read_text()}"
    raise TimeoutError(message)
