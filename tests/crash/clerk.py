"""A worker in a process of its own, that a fault point may kill.

It does all that is due at a moment. What it does to the world outside it
writes to ``outside`` in its folder: a line per job that ran, per mail that was
taken, per timer that fired.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from engine import faults
from engine.bootstrap import build_engine
from engine.clock import FixedClock
from engine.registry import Mode, Registry, ServiceTask
from engine.settings import EngineSettings
from engine.worker import Worker
from tests.integration.scripted import Town


@dataclass(frozen=True, kw_only=True)
class Outside:
    """The world outside: a file that survives the process."""

    path: Path

    def tell(self, line):
        with self.path.open("a") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())

    def register(self, call):
        self.tell(f"job {call.instance_id}:{call.token}")
        return {"number": "V-1"}

    def send(self, message):
        self.tell(f"mail {message['Message-ID']}")

    def heard(self):
        return self.path.read_text().split("\n")[:-1] if self.path.exists() else []


def a_registry(outside):
    registry = Registry()
    registry.add(
        ServiceTask(
            type="register",
            label="Registreren",
            description="",
            run=outside.register,
            mode=Mode.JOB,
        )
    )
    return registry


def work(url, moment, folder, fault):
    """Do all that is due at *moment*; *fault* arms a fault point."""
    if fault:
        os.environ[faults.VARIABLE] = fault
    outside = Outside(path=folder / "outside")
    town = Town(
        url, registry=a_registry(outside), clock=FixedClock(moment), create=False
    )

    def fired(one):
        outside.tell(f"fired {one.id}")

    worker = Worker(engine=town, transport=outside, seen=fired)
    worker.fire_timers()
    worker.do_effects()
    town.database.dispose()


def open_office(url, folder, moment):
    """Build an engine on real diagrams, with this outside world."""
    outside = Outside(path=folder / "outside")
    settings = EngineSettings(database_url=url, mail_from="wonen@stad.be")
    clock = FixedClock(moment)
    return build_engine(settings, a_registry(outside), clock), outside


def complete(url, moment, folder, fault):
    """Complete the task that is open, as a person would; then do what is due."""
    if fault:
        os.environ[faults.VARIABLE] = fault
    engine, outside = open_office(url, folder, moment)
    task_id = UUID((folder / "task").read_text())
    with engine.transaction() as unit:
        engine.tasks.complete(
            unit,
            task_id,
            data={"conclusion": "geschikt"},
            by="jan",
            idempotency_key="one click",
        )
    outside.tell("answered")
    Worker(engine=engine, transport=outside).do_effects()
    engine.database.dispose()
