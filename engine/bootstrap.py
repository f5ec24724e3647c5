"""Joins ports and adapters into one engine; the only place that does."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from engine import faults
from engine.definitions import Definitions
from engine.incidents import Incidents
from engine.instances import Instances
from engine.jobs import Jobs
from engine.journal import Journal
from engine.messages import Messages
from engine.outbox import Outbox
from engine.persistence.database import Database
from engine.persistence.unit_of_work import UnitOfWork
from engine.ports import Clock, ProcessRunner
from engine.registry import Registry
from engine.routing import Router
from engine.settings import EngineSettings
from engine.starts import Starts
from engine.steps import Steps
from engine.tasks import Tasks
from engine.timers import Timers


@dataclass(frozen=True, kw_only=True)
class Engine:
    """The use cases of the engine, and the transactions that they work in."""

    settings: EngineSettings
    clock: Clock
    registry: Registry
    database: Database
    definitions: Definitions
    instances: Instances
    tasks: Tasks
    messages: Messages
    timers: Timers
    jobs: Jobs
    outbox: Outbox
    incidents: Incidents
    journal: Journal

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a unit of work; it commits once at its end, or not at all."""
        with self.database.writing() as session:
            work = UnitOfWork(session=session, now=self.clock.now())
            yield work
            session.flush()
            faults.point("before_commit")
        faults.point("after_commit")
        work.committed()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that only reads."""
        with self.database.reading() as session:
            yield UnitOfWork(session=session, now=self.clock.now())


def build_engine(
    settings: EngineSettings,
    registry: Registry,
    clock: Clock,
    *,
    runner: ProcessRunner | None = None,
) -> Engine:
    """Build the engine; *runner* stands in for the real one in tests."""
    runner = runner or _spiff_runner()
    journal = Journal()
    definitions = Definitions(runner=runner, catalogue=registry)
    steps = Steps(
        runner=runner, registry=registry, definitions=definitions, zone=settings.zone
    )
    starts = Starts(steps=steps, definitions=definitions)
    router = Router(steps=steps, starts=starts)
    instances = Instances(
        definitions=definitions, steps=steps, starts=starts, router=router
    )
    timers = Timers(courses=instances, zone=settings.zone)
    jobs = Jobs(courses=instances, registry=registry)
    outbox = Outbox(sender=settings.mail_from, courses=instances)
    definitions.on_start_timer(timers.arm_start)
    retriers = {"job": jobs.retry, "timer": timers.retry, "mail": outbox.retry_of}
    return Engine(
        settings=settings,
        clock=clock,
        registry=registry,
        database=Database(settings.database_url),
        definitions=definitions,
        instances=instances,
        tasks=Tasks(
            definitions=definitions,
            steps=steps,
            instances=instances,
            journal=journal,
            registry=registry,
        ),
        messages=Messages(router=router),
        timers=timers,
        jobs=jobs,
        outbox=outbox,
        incidents=Incidents(instances=instances, retriers=retriers),
        journal=journal,
    )


def _spiff_runner() -> ProcessRunner:
    # Imported late: it brings in SpiffWorkflow, which not every command needs.
    from engine.spiff.runner import SpiffRunner  # noqa: PLC0415

    return SpiffRunner()
