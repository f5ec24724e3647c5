"""Timers: a wake-up with many waiting, and how fast due ones are drained.

The many waiting are inserted by SQL; those that fire come from a process that
waits for a day, and go through the whole engine.
"""

import multiprocessing
from collections import Counter
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

from sqlalchemy import insert

from bench.place import NOON, POSTGRESQL, SQLITE, settle
from bench.quiet import hush
from bench.row import ABOVE, Row, spent_row
from bench.statements import counted
from bench.timing import in_turn
from engine.bootstrap import build_engine
from engine.clock import FixedClock
from engine.persistence.tables.timers import TimerRow
from engine.registry import Registry
from engine.settings import EngineSettings
from engine.worker import Worker
from tests.factories import begin, deploy
from tests.unit.engine.spiff.drawing import chain, end, node, process, start, timer

TITLE = "Timers"
PROCESSES = multiprocessing.get_context("forkserver")
LATER = NOON + timedelta(days=30)
CHUNK = 5_000


class NoMail:
    """A transport that nobody may need."""

    def send(self, message):
        """Refuse."""
        raise AssertionError


def measure(place):
    """Measure on both databases."""
    waiting, due = place.size(100_000, 200), place.size(1_000, 5)
    for name in (SQLITE, POSTGRESQL):
        with place.engine(name) as engine:
            deploy(engine, _waits_a_day())
            _fill(engine, waiting)
            settle(engine.database)
            yield from _wake_up(place, name, engine, waiting)
            yield _drain(name, engine, due)
            yield from _competition(name, engine, due)


def _waits_a_day():
    waits = node("intermediateCatchEvent", "waits", timer(text="P1D"))
    return process(start(), waits, end(), chain("s", "waits", "e"))


def _fill(engine, count):
    case = begin(engine).id
    rows = [_waiting_row(case, number) for number in range(count)]
    with engine.transaction() as work:
        for first in range(0, count, CHUNK):
            work.session.execute(insert(TimerRow), rows[first : first + CHUNK])


def _waiting_row(case, number):
    """Make a row that waits for more than a year."""
    return {
        "id": uuid4(),
        "instance_id": case,
        "token": 1000 + number,
        "element_id": "waits",
        "iteration": 1,
        "rule": "P1Y",
        "zone": "Europe/Brussels",
        "state": "armed",
        "due_at": NOON + timedelta(days=365, seconds=number),
        "anchor_at": NOON,
        "armed_at": NOON,
        "attempts": 0,
    }


def _wake_up(place, name, engine, waiting):
    worker = Worker(engine=engine, transport=NoMail())
    spent = in_turn(place.size(300, 3), look=lambda _turn: worker.fire_timers())
    with counted(engine.database) as found:
        worker.fire_timers()
    statements = len(found.statements)
    what = f"{name}, a wake-up, {waiting:,} waiting, nothing due"
    yield spent_row(what, spent["look"], 1)
    what = f"{name}, its SQL statements"
    yield Row(what=what, value=statements, unit="", wanted=1)


def _drain(name, engine, due):
    _arm(engine, due)
    engine.clock.move_to(LATER)
    fired = []
    worker = Worker(engine=engine, transport=NoMail(), seen=fired.append)
    began = perf_counter()
    worker.fire_timers()
    rate = due / (perf_counter() - began)
    assert len({one.id for one in fired}) >= due
    what = f"{name}, due timers drained by one process"
    return Row(what=what, value=rate, unit="/s", wanted=400, sense=ABOVE)


def _competition(name, engine, due, processes=2):
    """Let processes compete for the same timers: each must fire once."""
    _arm(engine, due)
    gate, results = PROCESSES.Barrier(processes), PROCESSES.Queue()
    given = (engine.database.url.render_as_string(hide_password=False), gate, results)
    running = [PROCESSES.Process(target=compete, args=given) for _ in range(processes)]
    for one in running:
        one.start()
    outcomes = [results.get(timeout=120) for _ in running]
    for one in running:
        one.join()
    times = Counter(key for keys, _ in outcomes for key in keys)
    assert len(times) == due
    rate = due / max(seconds for _, seconds in outcomes)
    yield Row(what=f"{name}, by {processes} processes", value=rate, unit="/s")
    most = max(times.values())
    yield Row(what=f"{name}, most firings of one timer", value=most, unit="", wanted=1)


def _arm(engine, count):
    engine.clock.move_to(NOON)
    for turn in range(count):
        begin(engine, case=f"2026-{turn:05}")


def compete(url, gate, results):
    """Fire all that is due, in a process of its own."""
    hush()
    settings = EngineSettings(database_url=url)
    engine = build_engine(settings, Registry(), FixedClock(LATER))
    fired = []
    worker = Worker(engine=engine, transport=NoMail(), seen=fired.append)
    gate.wait()
    began = perf_counter()
    while worker.fire_timers().fired:
        pass
    results.put(([str(one.id) for one in fired], perf_counter() - began))
    engine.database.dispose()
