"""Timers: a wake-up with many waiting, and how fast due ones are drained.

``python -m bench.timers [--waiting N] [--due N] [--postgres]``
"""

import argparse
import logging
import multiprocessing
import statistics
import tempfile
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from uuid import uuid4

import structlog
from sqlalchemy import event, insert, text

from engine.clock import FixedClock
from engine.persistence.repositories.agenda import read_agenda
from engine.persistence.tables.timers import TimerRow
from engine.worker import Worker
from tests.integration.scripted import NOON, Town
from tests.postgres import private_server

PROCESSES = multiprocessing.get_context("forkserver")
LATER = NOON + timedelta(days=30)


class NoMail:
    def send(self, message):
        raise AssertionError


def waiting_rows(case, count):
    """Rows that wait for the next years, spread over a second each."""
    return [
        {
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
        for number in range(count)
    ]


def fill(town, count):
    case = town.start(timers=[["waits", "P2Y"]])
    rows = waiting_rows(case, count)
    with town.transaction() as work:
        for start in range(0, count, 5000):
            work.session.execute(insert(TimerRow), rows[start : start + 5000])
    with town.transaction() as work:
        work.session.execute(text("ANALYZE"))


def measure_wake_up(town, rounds=300):
    """Return statements per wake-up and milliseconds: round, and read alone."""
    worker = Worker(engine=town, transport=NoMail())
    statements = []

    def executed(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(town.database.engine, "before_cursor_execute", executed)
    worker.fire_timers()
    event.remove(town.database.engine, "before_cursor_execute", executed)
    rounds_ms = [timed(worker.fire_timers) for _ in range(rounds)]
    with town.reading() as work:
        reads_ms = [timed(lambda: read_agenda(work.session)) for _ in range(rounds)]
    return len(statements), statistics.median(rounds_ms), statistics.median(reads_ms)


def timed(action):
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000


def measure_drain(town, count):
    """Fire *count* timers of as many cases in one process; return timers per second."""
    for _ in range(count):
        town.start(timers=[["due", "P1D"]])
    town.clock.move_to(LATER)
    fired = []
    worker = Worker(engine=town, transport=NoMail(), seen=fired.append)
    start = perf_counter()
    worker.fire_timers()
    seconds = perf_counter() - start
    assert len(fired) == count
    return count / seconds


def drain(url, gate, results):
    """Fire all that is due, in a process of its own."""
    town = Town(url, clock=FixedClock(LATER), create=False)
    fired = []
    worker = Worker(engine=town, transport=NoMail(), seen=fired.append)
    gate.wait()
    start = perf_counter()
    while worker.fire_timers().fired:
        pass
    results.put(([str(one.id) for one in fired], perf_counter() - start))


def measure_competition(town, url, *, count, processes):
    """Let processes compete; return timers per second and the most firings of one."""
    town.clock.move_to(NOON)
    for _ in range(count):
        town.start(timers=[["due", "P1D"]])
    gate, results = PROCESSES.Barrier(processes), PROCESSES.Queue()
    running = [
        PROCESSES.Process(target=drain, args=(url, gate, results))
        for _ in range(processes)
    ]
    for process in running:
        process.start()
    outcomes = [results.get(timeout=120) for _ in running]
    for process in running:
        process.join()
    counted = Counter(key for keys, _ in outcomes for key in keys)
    assert len(counted) == count
    seconds = max(seconds for _, seconds in outcomes)
    return count / seconds, max(counted.values())


@contextmanager
def database(*, postgres):
    if postgres:
        with private_server(durable=True) as server, server.database() as url:
            yield url
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'bench.db'}"


def report(kind, *, waiting, due):
    with database(postgres=kind == "PostgreSQL") as url:
        town = Town(url, clock=FixedClock(NOON))
        town.deploy()
        fill(town, waiting)
        statements, round_ms, read_ms = measure_wake_up(town)
        print(
            f"{kind}: wake-up, {waiting} waiting, nothing due: {statements} statement,"
            f" {round_ms:.2f} ms (the read alone {read_ms:.2f} ms)"
        )
        rate = measure_drain(town, due)
        print(f"{kind}: drain, one process, {due} due: {rate:.0f} timers/s")
        for processes in (2, 4):
            rate, most = measure_competition(town, url, count=due, processes=processes)
            print(
                f"{kind}: drain, {processes} processes, {due} due:"
                f" {rate:.0f} timers/s, each fired {most} time"
            )
        town.database.dispose()


def main():
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR)
    )
    parser = argparse.ArgumentParser()
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--due", type=int, default=1000)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    kinds = ["SQLite", "PostgreSQL"] if options.postgres else ["SQLite"]
    for kind in kinds:
        report(kind, waiting=options.waiting, due=options.due)


if __name__ == "__main__":
    main()
