"""Loads the demo city: time passes, people work, and the engine does the rest."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, count

from engine.bootstrap import Engine
from engine.clock import FixedClock
from engine.training import Training
from workflows.calendar import local_day, local_moment
from workflows.definitions import bundles
from workflows.demo import consultation, weekly
from workflows.demo.case import DemoCase
from workflows.demo.dwellings import dwellings
from workflows.demo.office import Office
from workflows.demo.pace import Story
from workflows.demo.people import settle
from workflows.demo.stories import PLOTS, reused

Tell = Callable[[float], None]
"""Hears which share of the work is done, from 0 to 1."""

_AGENCIES = ("sofie", "sofie", "jef", "sofie", "sofie")
_INSPECTORS = ("tom", "leila")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where the stories play: an engine on a clock that only the loader moves."""

    engine: Engine
    clock: FixedClock
    training: Training


def beginning(now: datetime) -> datetime:
    """Return the moment at which the oldest story begins, for a city of *now*."""
    return _start(now, max(days for days, _ in PLOTS) + 1)


def load(stage: Stage, *, until: datetime, tell: Tell = lambda _share: None) -> None:
    """Fill an empty database with the demo city as it stands at *until*.

    The clock of *stage* must stand at ``beginning(until)``. Every row comes
    from the use cases: nothing is inserted.
    """
    engine = stage.engine
    with engine.transaction() as work:
        settle(work)
        for bundle in bundles():
            engine.definitions.deploy(work, bundle, by="beheer")
    begun = engine.clock.now()
    for moment in _play(stage, until):
        tell((moment - begun) / (until - begun))
    stage.training.advance_to(until, by="beheer")
    tell(1.0)


def _play(stage: Stage, until: datetime) -> Iterator[datetime]:
    """Play all stories in the order of time, up to *until*."""
    turn = count()
    office = Office(engine=stage.engine, until=until)
    told = chain(
        _stories(stage.engine, until),
        consultation.stories(office),
        weekly.stories(office),
    )
    waiting = [(at, next(turn), story) for at, story in told]
    heapq.heapify(waiting)
    while waiting:
        moment, _, story = heapq.heappop(waiting)
        if moment > until:
            return
        stage.training.advance_to(moment, by="beheer")
        pause = next(story, None)
        if pause is not None:
            again = pause.after(stage.clock.now())
            heapq.heappush(waiting, (again, next(turn), story))
        yield moment


def _stories(engine: Engine, until: datetime) -> Iterator[tuple[datetime, Story]]:
    offers = dwellings()
    first = None
    for turn, (days, plot) in enumerate(PLOTS):
        offer = next(offers)
        first = first or offer
        case = DemoCase(
            engine=engine,
            offer=offer,
            agency=_AGENCIES[turn % len(_AGENCIES)],
            inspector=_INSPECTORS[turn % len(_INSPECTORS)],
        )
        yield _start(until, days), plot(case)
    again = DemoCase(engine=engine, offer=first or {})
    yield _start(until, 50), reused(again)


def _start(until: datetime, days: int) -> datetime:
    day = date.fromordinal(local_day(until).toordinal() - days)
    return local_moment(day, time(9))
