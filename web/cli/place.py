"""Where the commands work: the engine and the site of this machine's settings."""

import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import replace

import structlog

from engine.bootstrap import Engine, build_engine
from engine.clock import ShiftedClock, SystemClock
from engine.duty import Duty, Posting
from engine.persistence import migrate
from engine.persistence.repositories.training_clock import TrainingClockRepository
from engine.ports import Clock
from engine.settings import EngineSettings
from engine.smtp import Smtp
from engine.training import SharedTime, Training
from engine.worker import Worker
from web.cli.log_lines import without_persons
from web.services import Services
from web.settings import WebSettings, from_environment
from workflows.register import build_registry

Environment = Mapping[str, str]


def environment() -> dict[str, str]:
    """Return the settings of this process."""
    return {name: text for name, text in os.environ.items() if _is_ours(name)}


def quiet() -> None:
    """Write warnings and worse to the log, as JSON lines on standard error.

    No line holds personal data: of an error only kinds and places are written.
    """
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            without_persons,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        # Asked anew each time: whoever redirects standard error gets our lines.
        logger_factory=lambda *_: structlog.WriteLogger(sys.stderr),
    )


def open_engine(given: Environment, clock: Clock | None = None) -> Engine:
    """Build the engine of these settings."""
    settings = EngineSettings.from_env(given)
    return build_engine(settings, build_registry(), clock or SystemClock())


def open_current_engine(given: Environment) -> Engine:
    """Build the engine, and bring its database up to date."""
    engine = open_engine(given)
    migrate.upgrade(engine.database)
    return engine


def open_services(given: Environment) -> Services:
    """Build what the site works with; in training its clock can be moved."""
    settings = from_environment(given)
    machine = SystemClock()
    if not settings.training:
        engine = open_engine(given, machine)
        return Services(engine=engine, settings=settings, wall_clock=machine)
    return _training_services(given, settings, machine)


def open_duty(services: Services, kind: str) -> Duty:
    """Build the background work of a process; it rests while a jump is under way."""
    transport = Smtp.from_url(services.engine.settings.smtp_url)
    posting = Posting(kind=kind, machine=services.wall_clock)
    if services.training is not None:
        posting = replace(posting, at_rest=services.training.at_rest)
    return Duty(services.engine, transport, posting)


def _training_services(
    given: Environment, settings: WebSettings, machine: Clock
) -> Services:
    clock = ShiftedClock(behind=machine)
    engine = open_engine(given, clock)
    with engine.reading() as work:
        clock.ahead = TrainingClockRepository(work.session).ahead()
    worker = Worker(
        engine=engine,
        transport=Smtp.from_url(engine.settings.smtp_url),
        name="training",
    )
    time = SharedTime(engine, clock, machine)
    return Services(
        engine=engine,
        settings=settings,
        wall_clock=machine,
        training=Training(engine, worker, time),
    )


def _is_ours(name: str) -> bool:
    return name.startswith("WOONFLOW_")
