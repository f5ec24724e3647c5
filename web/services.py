"""What the pages work with: the engine, the settings, and two clocks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from flask import current_app

from engine.bootstrap import Engine
from engine.persistence.unit_of_work import UnitOfWork
from engine.ports import Clock
from engine.training import Training
from web.settings import WebSettings


@dataclass(frozen=True, kw_only=True)
class Services:
    """Everything a view may reach; put in place by ``create_app``.

    *wall_clock* is the real time, for sessions and throttles: in training mode
    the engine's own clock can be days ahead. *training* moves that clock; it
    is None outside the training mode.
    """

    engine: Engine
    settings: WebSettings
    wall_clock: Clock
    training: Training | None = None

    @property
    def clock(self) -> Clock:
        """The clock of the cases."""
        return self.engine.clock


def services() -> Services:
    """Return the services of the running application."""
    found: Services = current_app.extensions["woonflow"]
    return found


@contextmanager
def reading() -> Iterator[UnitOfWork]:
    """Open a transaction that only reads."""
    with services().engine.reading() as work:
        yield work


@contextmanager
def writing() -> Iterator[UnitOfWork]:
    """Open a transaction that commits once, at its end."""
    with services().engine.transaction() as work:
        yield work


def on_the_wall(work: UnitOfWork) -> UnitOfWork:
    """Return *work* at the real time, for what belongs to people, not to cases."""
    return replace(work, now=services().wall_clock.now())
