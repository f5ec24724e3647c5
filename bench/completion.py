"""A user task completed durably: young and old case, floor, stock SpiffWorkflow."""

from itertools import count

from bench import loop, stock
from bench.one_row import OneRow
from bench.place import NOON, POSTGRESQL, SQLITE
from bench.row import ABOVE, Row, ratio_row, spent_row
from bench.statements import counted
from bench.timing import in_turn
from engine.persistence.repositories.instances import InstanceRepository
from engine.step import World
from tests.factories import begin, complete, deploy, open_task, two_tasks

TITLE = "A user task completed durably (boundary timer re-armed, 1 kB of case)"
LIMITS = {SQLITE: 1.5, POSTGRESQL: 3.0}
YOUNG = 10


def measure(place):
    """Measure on both databases."""
    old = place.size(500, 20)
    with stock.without_limits():
        stocks = {rounds: stock.begun(rounds) for rounds in (YOUNG, old)}
        for name in (SQLITE, POSTGRESQL):
            with place.engine(name) as engine:
                yield from _on(place, name, engine, stocks)


def _on(place, name, engine, stocks):
    young, old = stocks
    loop.deploy(engine)
    numbers = count(1)
    aged = loop.Case(engine, next(numbers))
    aged.go_round(old)
    fresh = _fresh_cases(engine, numbers)
    floor = _floor(name, engine, fresh(0)[0])
    spent = in_turn(
        place.size(100, 2),
        young=(fresh, lambda given: given[0].complete(given[1])),
        old=(lambda _turn: aged.task(), aged.complete),
        floor=floor,
    )
    stocked = _stock(place, name, engine, stocks)
    floor.row.close()
    label = f"{name}, {young} rounds old"
    yield spent_row(label, spent["young"], LIMITS[name])
    yield spent_row(f"{name}, {old} rounds old", spent["old"], LIMITS[name])
    yield ratio_row(
        f"{name}, {old} rounds against {young}", spent["old"], spent["young"], 1.2
    )
    yield spent_row(f"{name}, floor: step in memory + one row", spent["floor"])
    yield ratio_row(f"{name}, against the floor", spent["young"], spent["floor"], 3)
    for rounds, found in stocked.items():
        yield spent_row(f"{name}, stock SpiffWorkflow, {rounds} rounds old", found)
        ours = spent["young" if rounds == young else "old"]
        what = f"{name}, stock SpiffWorkflow against ours, {rounds} rounds old"
        yield ratio_row(what, found, ours, 1, ABOVE)
    yield from _statements(name, engine, aged)


def _fresh_cases(engine, numbers):
    def fresh(_turn):
        case = loop.Case(engine, next(numbers))
        case.go_round(YOUNG)
        return case, case.task()

    return fresh


class _Floor:
    """The same step without our rows: state in, step, state out, one row."""

    def __init__(self, row, engine, case):
        self.row = row
        task = case.task()
        with engine.reading() as work:
            rows = InstanceRepository(work.session)
            live = rows.live(task.instance_id)
            self._saved = rows.saved(live)
            found = engine.definitions.compiled(work, live.instance.bundle_hash)
        self._bundle, self._task = found, task
        self._runner = engine.tasks._steps._runner  # noqa: SLF001 - below the use cases

    def __call__(self, turn):
        world = World(
            now=NOON, call=_none, is_job=lambda _type: False, zone="Europe/Brussels"
        )
        with self.row.transaction() as row:
            given = loop.command(self._task)
            step = self._runner.advance(self._bundle, self._saved, given, world, _none)
            # SQLite doesn't write, nor wait for the disk, when nothing changes.
            row.write(f"{step.state} {turn}")


def _floor(name, engine, case):
    url = engine.database.url.render_as_string(hide_password=False)
    return _Floor(OneRow(name, url, ""), engine, case)


def _none(_asked):
    raise AssertionError


def _stock(place, name, engine, stocks):
    """Time stock SpiffWorkflow; its old case is slow, so fewer rounds."""
    spent = {}
    for rounds, text in stocks.items():
        with place.database(name) as url:
            row = OneRow(name, url, text)
            turns = place.size(30 if rounds == YOUNG else 12, 2)
            done = in_turn(turns, 1, stock=lambda _turn, row=row: stock.complete(row))
            row.close()
        spent[rounds] = done["stock"]
    return spent


def _statements(name, engine, case):
    """Count those of a task alone, and of one with a timer and a changed variable."""
    deploy(engine, two_tasks(key="plain"), key="plain")
    begun = begin(engine, "plain", key="plain", **loop.DATA)
    alone = _counted(engine, lambda: complete(engine, open_task(engine, begun)))
    timed = _counted(engine, lambda: case.complete(case.task()))
    yield Row(
        what=f"{name}, SQL statements, task alone", value=alone[0], unit="", wanted=10
    )
    what = f"{name}, SQL statements, timer re-armed and variable changed"
    yield Row(what=what, value=timed[0], unit="", wanted=10)
    yield Row(what=f"{name}, commits", value=max(alone[1], timed[1]), unit="", wanted=1)


def _counted(engine, act):
    """Return the statements and commits of *act*, without those that find the task."""
    with counted(engine.database) as found:
        act()
    return len(found.statements) - 1, found.commits
