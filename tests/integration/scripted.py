"""An engine whose processes are a few lines of script instead of a diagram.

Everything is real but the runner: rows, locks, commits, worker, mail. A script
process arms the timers, jobs and cycles that its start variables ask for.
"""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import MappingProxyType

from engine.bootstrap import build_engine
from engine.clock import FixedClock
from engine.model import Bundle
from engine.persistence.base import Base
from engine.recurrence import Kind, due, following, kind_of
from engine.registry import Registry
from engine.settings import EngineSettings
from engine.step import (
    Cancel,
    Complete,
    FireTimer,
    Happening,
    JobCreated,
    Start,
    Step,
    ThrowError,
    TimerArmed,
)

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
ZONE = "Europe/Brussels"


@dataclass(frozen=True, kw_only=True)
class ScriptStart:
    process_id: str
    element_id: str
    kind: str
    name: str


@dataclass(frozen=True, kw_only=True)
class ScriptBundle:
    content_hash: str
    start_events: tuple = ()
    processes: dict = field(default_factory=lambda: {"script": "Script"})
    calls: dict = field(default_factory=dict)

    def form(self, form_id):
        return None

    def element_name(self, process_id, element_id):
        return element_id


class ScriptRunner:
    """Runs script processes: see ``_start`` for what they can ask."""

    def check(self, bundle, catalogue):
        return []

    def compile(self, bundle, catalogue):
        rules = json.loads(bundle.files.get("starts.json", b"[]"))
        events = tuple(
            ScriptStart(process_id="script", element_id=key, kind="timer", name=rule)
            for key, rule in rules
        )
        return ScriptBundle(content_hash=bundle.content_hash, start_events=events)

    def advance(self, bundle, saved, command, world, other_bundles):
        if isinstance(command, Start):
            return self._start(command, world)
        state = json.loads(saved.state)
        if isinstance(command, Cancel):
            closed = frozenset(map(int, state))
            return Step(state="{}", closed=closed, ended="cancelled")
        return {
            FireTimer: self._fire,
            Complete: self._complete,
            ThrowError: self._throw,
        }[type(command)](state, command, world)

    def visible(self, saved, token):
        return MappingProxyType({})

    def live(self, saved):
        return {int(token): "e" for token in json.loads(saved.state)}

    def _start(self, command, world):
        state, armed, jobs = {}, [], []
        wishes = command.variables
        for element, rule in wishes.get("timers", ()):
            token = len(state) + 1
            state[token] = [element, rule, world.now.isoformat()]
            moment = due(rule, kind=kind_of(rule), anchor=world.now, zone=world.zone)
            armed.append(_armed(token, element, 1, rule, moment))
        for element, type_ in wishes.get("jobs", ()):
            token = len(state) + 1
            state[token] = [element, type_, world.now.isoformat()]
            jobs.append(_job(token, element, type_))
        return Step(
            state=json.dumps(state),
            armed=tuple(armed),
            jobs=tuple(jobs),
            ended=None if state else "completed",
        )

    def _fire(self, state, command, world):
        element, rule, anchor = state[str(command.token)]
        if element == "broken":
            message = "de vork zit in de steel"
            raise RuntimeError(message)
        if element == "killer":
            world.call("kill", command.token)
        armed = ()
        if kind_of(rule) is Kind.CYCLE:
            coming = following(
                rule,
                anchor=datetime.fromisoformat(anchor),
                zone=world.zone,
                iteration=command.iteration,
                now=world.now,
            )
            if coming:
                armed = (
                    _armed(
                        command.token, element, coming.iteration, rule, coming.due_at
                    ),
                )
        told = (_told("timer_fired", element, iteration=command.iteration),)
        return self._closed(state, command, told, armed=armed, stays=bool(armed))

    def _complete(self, state, command, world):
        element = state[str(command.token)][0]
        told = (_told("job_completed", element, **command.variables),)
        return self._closed(state, command, told)

    def _throw(self, state, command, world):
        element = state[str(command.token)][0]
        told = (_told("error_caught", element, code=command.error_code),)
        return self._closed(state, command, told)

    def _closed(self, state, command, told, *, armed=(), stays=False):
        if not stays:
            del state[str(command.token)]
        gone = frozenset() if stays else frozenset({command.token})
        return Step(
            state=json.dumps(state),
            armed=armed,
            closed=gone,
            completed=gone,
            happenings=told,
            ended=None if state else "completed",
        )


def _armed(token, element, iteration, rule, due_at):
    return TimerArmed(
        token=token, element_id=element, iteration=iteration, rule=rule, due_at=due_at
    )


def _job(token, element, type_):
    return JobCreated(
        token=token, element_id=element, type=type_, headers={}, inputs={}, retries=3
    )


def _told(kind, element, **facts):
    return Happening(kind=kind, element_id=element, element_name=None, facts=facts)


class Town:
    """The engine around the script runner, with a clock that a test moves."""

    def __init__(self, url, *, registry=None, clock=None, create=True):
        settings = EngineSettings(database_url=url, mail_from="wonen@stad.be")
        self._engine = build_engine(
            settings,
            registry or Registry(),
            clock or FixedClock(NOON),
            runner=ScriptRunner(),
        )
        if create:
            Base.metadata.create_all(self.database.engine)

    def __getattr__(self, name):
        return getattr(self._engine, name)

    def deploy(self, *starts):
        files = {"starts.json": json.dumps(starts).encode()}
        with self.transaction() as work:
            self.definitions.deploy(work, Bundle(key="script", files=files), by="t")

    def start(self, **wishes):
        with self.transaction() as work:
            return self.instances.start(
                work,
                bundle_key="script",
                process_id="script",
                variables=wishes,
                business_key="2026-1",
                label="Kerkstraat 5",
                by="test",
            ).id

    def after(self, **step):
        self.clock.advance(timedelta(**step))

    def ledger(self, instance_id):
        with self.reading() as work:
            return self.timers.of_instance(work, instance_id)
