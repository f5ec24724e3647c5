"""An in-memory harness for process tests: no database, no waiting.

It keeps what the use cases keep: the saved state, open tasks, armed timers,
subscriptions, jobs and incidents. After every step the case is saved and
restored, so each scenario is a persistence test as well.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

from engine.feel.codec import loads
from engine.model import Bundle
from engine.spiff.compiled import Compiled
from engine.spiff.runner import SpiffRunner
from engine.step import (
    Cancel,
    Command,
    Complete,
    Deliver,
    FireTimer,
    Happening,
    IncidentRaised,
    JobCreated,
    Retry,
    Saved,
    ServiceRequest,
    Start,
    Step,
    Subscribed,
    TaskOpened,
    ThrowError,
    Thrown,
    TimerArmed,
    Variables,
    World,
)
from engine.zone import ZONE

Service = Callable[[Variables], Variables]
Waiting = TaskOpened | TimerArmed | Subscribed | JobCreated | IncidentRaised
WaitingT = TypeVar("WaitingT", bound=Waiting)

NEW_YEAR = datetime(2030, 1, 1, 8, tzinfo=UTC)
MOST_FIRINGS = 10_000


class Anything:
    """A catalogue that knows each service task and asks for nothing."""

    def knows(self, service_type: str) -> bool:
        """Know it."""
        return True

    def required_inputs(self, service_type: str) -> frozenset[str]:
        """Ask for nothing."""
        return frozenset()


@dataclass
class Harness:
    """One instance of a process of *files*, with a clock that stands still.

    *services* are the service tasks by type: a function from the inputs to the
    outputs. Those named in *jobs* wait until ``complete`` or ``throw_error``.
    """

    files: Mapping[str, bytes]
    services: Mapping[str, Service] = field(default_factory=dict)
    jobs: Iterable[str] = ()
    now: datetime = NEW_YEAR
    zone: str = ZONE
    runner: SpiffRunner = field(default_factory=SpiffRunner)
    key: str = "test"
    others: Mapping[str, Compiled] = field(default_factory=dict)

    def __post_init__(self) -> None:
        bundle = Bundle(key=self.key, files=self.files)
        self.bundle = self.runner.compile(bundle, Anything())
        self.saved: Saved | None = None
        self.steps: list[Step] = []
        self.milestone: str | None = None
        self._waiting: dict[int, list[Waiting]] = {}

    # --- what a test does

    def start(self, process_id: str | None = None, **data: object) -> "Harness":
        """Start the process, the first one of the bundle by default."""
        chosen = process_id or next(iter(self.bundle.processes))
        self.do(Start(process_id=chosen, variables=data))
        return self

    def complete(self, what: str | int, **data: object) -> Step:
        """Complete the open task or job of an element, or of a token."""
        token = what if isinstance(what, int) else self._task(what)
        return self.do(Complete(token=token, variables=data))

    def throw_error(self, element_id: str, code: str, message: str = "") -> Step:
        """End the job of an element in a business error."""
        token = self._first(JobCreated, element_id).token
        return self.do(ThrowError(token=token, error_code=code, message=message))

    def retry(self, element_id: str) -> Step:
        """Retry the incident of an element."""
        return self.do(Retry(token=self._first(IncidentRaised, element_id).token))

    def cancel(self) -> Step:
        """End the instance."""
        return self.do(Cancel())

    def advance(self, by: timedelta | None = None, **units: float) -> int:
        """Move the clock and fire the timers that become due, in order.

        Return how many fired. A timer sees the clock at its own due time.
        """
        until = self.now + (by or timedelta(**units))
        fired = 0
        while timers := [t for t in self.timers if t.due_at <= until]:
            first = min(timers, key=lambda timer: (timer.due_at, timer.token))
            self.now = max(self.now, first.due_at)
            self.fire(first)
            fired += 1
            if fired > MOST_FIRINGS:
                message = f"timer {first.element_id} fires without end"
                raise AssertionError(message)
        self.now = until
        return fired

    def fire(self, timer: TimerArmed) -> Step:
        """Fire one timer now."""
        self._waiting[timer.token].remove(timer)
        return self.do(FireTimer(token=timer.token, iteration=timer.iteration))

    def deliver(self, name: str, key: str | None = None, **data: object) -> int:
        """Deliver a message to each subscription with this name and key."""
        return self._deliver("message", name, key, data)

    def signal(self, name: str, **data: object) -> int:
        """Deliver a signal to each subscription with this name."""
        return self._deliver("signal", name, None, data)

    def do(self, command: Command) -> Step:
        """Carry out one command, and keep its effects."""
        step = self.runner.advance(
            self.bundle, self.saved, command, self._world(), self.others.__getitem__
        )
        self._keep(step)
        self.assert_round_trips()
        return step

    # --- what a test looks at

    @property
    def trace(self) -> list[str]:
        """The elements that tokens reached, in order; those added are left out."""
        lines = self.happenings("reached")
        return [line.element_id or "" for line in lines]

    def happenings(self, kind: str) -> list[Happening]:
        """Return the journal lines of one kind."""
        return [h for step in self.steps for h in step.happenings if h.kind == kind]

    @property
    def open(self) -> list[str]:
        """The elements of the open tasks and jobs, sorted."""
        return sorted(one.element_id for one in self._work)

    @property
    def _work(self) -> list[TaskOpened | JobCreated]:
        return [*self.tasks, *self.open_jobs]

    @property
    def tasks(self) -> list[TaskOpened]:
        """The open user tasks."""
        return self._all(TaskOpened)

    @property
    def open_jobs(self) -> list[JobCreated]:
        """The open jobs."""
        return self._all(JobCreated)

    @property
    def timers(self) -> list[TimerArmed]:
        """The armed timers."""
        return self._all(TimerArmed)

    @property
    def subscriptions(self) -> list[Subscribed]:
        """The open subscriptions."""
        return self._all(Subscribed)

    @property
    def incidents(self) -> list[IncidentRaised]:
        """The open incidents."""
        return self._all(IncidentRaised)

    @property
    def thrown(self) -> list[Thrown]:
        """All messages and signals that left the instance."""
        return [one for step in self.steps for one in step.thrown]

    @property
    def variables(self) -> dict[str, object]:
        """The variables of the process."""
        assert self.saved is not None
        texts = self.saved.variables.get(1, {})
        return {name: loads(text) for name, text in texts.items()}

    def visible(self, element_id: str) -> Variables:
        """Return what an element with a live token sees."""
        assert self.saved is not None
        live = self.runner.live(self.saved)
        token = next(t for t, found in live.items() if found == element_id)
        return self.runner.visible(self.saved, token)

    @property
    def ended(self) -> str | None:
        """``completed``, ``cancelled``, or None while it runs."""
        return self.steps[-1].ended

    @property
    def outcome(self) -> str | None:
        """The end event that closed the process."""
        return self.steps[-1].outcome

    def assert_round_trips(self) -> None:
        """Assert that saving, restoring and saving again changes nothing."""
        assert self.saved is not None
        again = self.runner.resave(
            self.bundle, self.saved, self._world(), self.others.__getitem__
        )
        assert json.loads(again) == json.loads(self.saved.state)

    # --- inside

    def _world(self) -> World:
        return World(
            now=self.now,
            call=self._call,
            is_job=lambda service_type: service_type in set(self.jobs),
            zone=self.zone,
        )

    def _call(self, request: ServiceRequest) -> Variables:
        return self.services[request.type](request.inputs)

    def _keep(self, step: Step) -> None:
        variables = dict(self.saved.variables) if self.saved else {}
        kept = {scope: dict(texts) for scope, texts in variables.items()}
        for scope in step.closed_scopes:
            kept.pop(scope, None)
        for (scope, name), text in step.changed.items():
            texts = kept.setdefault(scope, {})
            texts.pop(name, None)
            if text is not None:
                texts[name] = text
        self.saved = Saved(state=step.state, variables=kept)
        for token in step.closed:
            self._waiting.pop(token, None)
        announced: list[Waiting] = [*step.opened, *step.armed, *step.subscribed]
        announced += [*step.jobs, *step.incidents]
        for one in announced:
            self._waiting.setdefault(one.token, []).append(one)
        self.milestone = step.milestone or self.milestone
        self.steps.append(step)

    def _all(self, kind: type[WaitingT]) -> list[WaitingT]:
        found = [one for waiting in self._waiting.values() for one in waiting]
        return [one for one in found if isinstance(one, kind)]

    def _first(self, kind: type[WaitingT], element_id: str) -> WaitingT:
        for one in self._all(kind):
            if one.element_id == element_id:
                return one
        message = f"{element_id} has no {kind.__name__}; open: {self.open}"
        raise AssertionError(message)

    def _task(self, element_id: str) -> int:
        for one in self._work:
            if one.element_id == element_id:
                return one.token
        message = f"{element_id} is not open; open: {self.open}"
        raise AssertionError(message)

    def _deliver(self, kind: str, name: str, key: str | None, data: Variables) -> int:
        hits = [
            one
            for one in self.subscriptions
            if (one.kind, one.name, one.correlation_key) == (kind, name, key)
        ]
        delivered = 0
        for hit in hits:
            if hit in self.subscriptions:
                self.do(Deliver(token=hit.token, variables=data))
                delivered += 1
        return delivered
