"""Each use case of the engine once: its statements, its commits, its time."""

from datetime import timedelta

from bench import loop
from bench.place import POSTGRESQL, SQLITE
from bench.row import spent_row
from bench.statements import counted
from bench.timing import in_turn
from tests.factories import begin, deploy
from tests.unit.engine.spiff.drawing import (
    MESSAGE,
    SIGNAL,
    chain,
    end,
    node,
    process,
    start,
    timer,
    user,
)

TITLE = "Use cases: time, SQL statements and commits"
DAY = timedelta(days=1)


def measure(place):
    """Do each use case in rounds of its own, and count one of them."""
    for name in (SQLITE, POSTGRESQL):
        with place.engine(name) as engine:
            loop.deploy(engine)
            for key, event in EVENTS.items():
                deploy(engine, _catching(event, key), key=key)
            actions = {key: UseCase(engine, key) for key in USE_CASES}
            pairs = {key: (one.prepare, one.act) for key, one in actions.items()}
            spent = in_turn(place.size(40, 1), **pairs)
            for key, one in actions.items():
                what = f"{name}, {key.replace('_', ' ')}: {one.count()}"
                yield spent_row(what, spent[key])


class UseCase:
    """A use case with what it needs before it."""

    def __init__(self, engine, key):
        self._engine = engine
        self._key = key
        self._prepare, self._act = USE_CASES[key]
        self._made = 0

    def prepare(self, _turn):
        """Make a case in which the use case can happen."""
        self._made += 1
        return self._prepare(self._engine, f"{self._key}-{self._made}")

    def act(self, given):
        """Do it, in a transaction of its own."""
        with self._engine.transaction() as work:
            self._act(self._engine, work, given)

    def count(self):
        """Return in words what one time asks of the database."""
        given = self.prepare(0)
        with counted(self._engine.database) as found:
            self.act(given)
        commits = "commit" if found.commits == 1 else "commits"
        return f"{len(found.statements)} SQL, {found.commits} {commits}"


def _catching(event, key):
    caught = node("intermediateCatchEvent", "w", event)
    parts = start(), caught, user(), end(), chain("s", "w", "u", "e")
    return process(*parts, key=key)


def _nothing(_engine, number):
    return number


def _case(engine, number):
    return begin(engine, case=number, **loop.DATA)


def _task(engine, number):
    instance = _case(engine, number)
    with engine.reading() as work:
        return engine.tasks.of_instance(work, instance.id)[0]


def _waiting(kind):
    def prepare(engine, number):
        return begin(
            engine, kind, key=kind, case=number, case_number=number, **loop.DATA
        )

    return prepare


def _waiting_for_time(engine, number):
    _waiting("timed")(engine, number)
    engine.clock.advance(2 * DAY)
    return number


def _start(engine, work, number):
    engine.instances.start(
        work,
        bundle_key="k",
        process_id="p",
        variables=loop.DATA,
        business_key=number,
        label="Kerkstraat 1, Mechelen",
        by="eva",
    )


def _claim(engine, work, task):
    engine.tasks.claim(work, task.id, by="jan")


def _complete(engine, work, task):
    engine.tasks.complete(work, task.id, data={"result": "again"}, by="jan")


def _complete_once(engine, work, task):
    data = {"result": "again"}
    key = str(task.id)
    engine.tasks.complete(work, task.id, data=data, by="jan", idempotency_key=key)


def _fire_timer(engine, work, _number):
    assert engine.timers.fire_due(work) is not None


def _correlate(engine, work, instance):
    route = engine.messages.correlate(
        work,
        name="msg",
        correlation_key=instance.business_key,
        variables={"answer": True},
        by="eva",
    )
    assert len(route.reached) == 1


def _signal(engine, work, _instance):
    route = engine.messages.broadcast(work, signal="sig", variables={}, by="eva")
    assert len(route.reached) == 1


def _cancel(engine, work, instance):
    engine.instances.cancel(work, instance.id, by="eva", reason="ingetrokken")


EVENTS = {
    "timed": timer(text="P1D"),
    "told": MESSAGE,
    "signalled": SIGNAL,
}
USE_CASES = {
    "start": (_nothing, _start),
    "claim": (_task, _claim),
    "complete": (_task, _complete),
    "complete_with_an_idempotency_key": (_task, _complete_once),
    "fire_a_timer": (_waiting_for_time, _fire_timer),
    "correlate_a_message": (_waiting("told"), _correlate),
    "deliver_a_signal_to_one": (_waiting("signalled"), _signal),
    "cancel": (_case, _cancel),
}
