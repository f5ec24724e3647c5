"""One step of an instance: asked of the runner, and stored in rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy.exc import OperationalError

from engine import faults
from engine.definitions import Definitions
from engine.feel.values import from_python
from engine.journal import chain_after, not_running, with_head
from engine.model import Instance, InstanceStatus
from engine.persistence.batch import together
from engine.persistence.repositories.instances import InstanceRepository, LiveInstance
from engine.persistence.repositories.journal import JournalRepository
from engine.persistence.repositories.tasks import TaskRepository
from engine.persistence.repositories.waiting import (
    INCIDENT,
    Closing,
    WaitingRepository,
    waits_after,
)
from engine.persistence.unit_of_work import UnitOfWork
from engine.persistence.wakeups import SOON, announce
from engine.ports import CompiledBundle, ProcessRunner
from engine.registry import Registry, ServiceCall
from engine.step import (
    Begun,
    Command,
    Happening,
    Retry,
    Saved,
    ServiceRequest,
    Start,
    Step,
    Subscribed,
    Thrown,
    Variables,
    World,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was stored: the new state, and what is to be routed."""

    live: LiveInstance
    thrown: tuple[Thrown, ...]
    subscribed: tuple[Subscribed, ...]
    begun: tuple[Begun, ...] = ()

    @property
    def has_consequences(self) -> bool:
        """Tell whether anything is left to be routed."""
        return bool(self.thrown or self.subscribed or self.begun)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A command to an instance, by whom, with the lines that go before its own."""

    command: Command
    by: str
    preface: tuple[Happening, ...] = ()


class Steps:
    """Takes steps; whoever calls has locked the instance."""

    def __init__(
        self,
        *,
        runner: ProcessRunner,
        registry: Registry,
        definitions: Definitions,
        zone: str,
    ) -> None:
        self._runner = runner
        self._registry = registry
        self._definitions = definitions
        self._zone = zone

    def take(self, work: UnitOfWork, before: LiveInstance, order: Order) -> Taken:
        """Advance *before* and store the outcome.

        Raises ``InstanceNotRunningError`` when it is suspended or has ended.
        """
        if before.instance.status is not InstanceStatus.RUNNING:
            raise not_running(work, before.instance)
        if isinstance(order.command, Retry):
            before = without_incident(before, order.command.token)
        compiled = self._definitions.compiled(work, before.instance.bundle_hash)
        step, begun = self._advance(work, before, order, compiled)
        faults.point("after_advance")
        name = partial(compiled.element_name, before.instance.process_id)
        lines = _lines(order, step, name)
        after = self._store(work, before, order, step, lines)
        return Taken(
            live=after, thrown=step.thrown, subscribed=step.subscribed, begun=begun
        )

    def live(self, saved: Saved) -> Mapping[int, str]:
        """Return the element id of each live token."""
        return self._runner.live(saved)

    def visible(self, saved: Saved, token: int) -> Variables:
        """Return the variables that the element of *token* sees."""
        return self._runner.visible(saved, token)

    def _advance(
        self,
        work: UnitOfWork,
        before: LiveInstance,
        order: Order,
        compiled: CompiledBundle,
    ) -> tuple[Step, tuple[Begun, ...]]:
        saved = None
        if not isinstance(order.command, Start):
            saved = InstanceRepository(work.session).saved(before)
        faults.point("after_load")
        services = _Services(work, self._registry, before.instance, order.by)
        world = World(
            now=work.now,
            call=services.call,
            is_job=self._registry.is_job,
            zone=self._zone,
        )
        others = partial(self._definitions.compiled, work)
        step = self._runner.advance(compiled, saved, order.command, world, others)
        services.raise_broken()
        return step, tuple(services.begun)

    def _store(
        self,
        work: UnitOfWork,
        before: LiveInstance,
        order: Order,
        step: Step,
        lines: Sequence[Happening],
    ) -> LiveInstance:
        key = before.instance.id
        entries = chain_after(before, lines, actor=order.by, at=work.now)
        after = with_head(_after(work, before, step), entries)
        instances = InstanceRepository(work.session)
        instances.save(before, after)
        faults.point("after_instance_row")
        # The version is ours: nothing else that is written can be refused.
        with together(work.session):
            instances.write_variables(key, step.changed)
            if step.closed_scopes:
                instances.drop_scopes(key, step.closed_scopes)
            faults.point("after_variables")
            self._close_and_open(work, before, order, step)
            JournalRepository(work.session).add(entries)
        faults.point("after_journal")
        return after

    def _close_and_open(
        self, work: UnitOfWork, before: LiveInstance, order: Order, step: Step
    ) -> None:
        key = before.instance.id
        waiting = WaitingRepository(work.session, work.now)
        closing = Closing(
            instance_id=key,
            tokens=step.closed,
            completed=step.completed,
            waits=before.waits,
            by=order.by,
            at=work.now,
        )
        waiting.close(closing)
        faults.point("after_closed_rows")
        TaskRepository(work.session).open(before.instance, step.opened, work.now)
        waiting.arm(key, step.armed, self._zone)
        waiting.subscribe(key, step.subscribed)
        waiting.add_jobs(key, step.jobs)
        waiting.add_incidents(key, step.incidents)
        faults.point("after_opened_rows")
        if step.jobs or any(timer.due_at < work.now + SOON for timer in step.armed):
            announce(work.session)


class _Services:
    """Runs service tasks inside the transaction, each within a savepoint."""

    def __init__(
        self, work: UnitOfWork, registry: Registry, instance: Instance, actor: str
    ) -> None:
        self._work = work
        self._registry = registry
        self._instance = instance
        self._actor = actor
        self._broken: OperationalError | None = None
        self.begun: list[Begun] = []

    def call(self, request: ServiceRequest) -> Variables:
        """Run a service task; what it wrote goes when it fails."""
        task = self._registry.get(request.type)
        begun: list[Begun] = []
        call = ServiceCall(
            type=request.type,
            instance_id=self._instance.id,
            business_key=self._instance.business_key,
            token=request.token,
            element_id=request.element_id,
            headers=request.headers,
            inputs=request.inputs,
            actor=self._actor,
            now=self._work.now,
            work=self._work,
            begin=begun.append,
        )
        try:
            with self._work.session.begin_nested():
                outputs = task.run(call)
                values = {name: from_python(value) for name, value in outputs.items()}
        except OperationalError as error:
            self._broken = error
            raise
        self.begun.extend(begun)
        return values

    def raise_broken(self) -> None:
        """Fail when the database did: that is no incident of the case."""
        if self._broken is not None:
            raise self._broken


def without_incident(live: LiveInstance, token: int) -> LiveInstance:
    """Forget an incident of which the row is resolved already."""
    waits = dict(live.waits)
    waits[str(token)] = waits.get(str(token), "").replace(INCIDENT, "")
    return replace(live, waits=waits)


def _after(work: UnitOfWork, before: LiveInstance, step: Step) -> LiveInstance:
    instance = before.instance
    after = replace(
        instance,
        version=instance.version + 1,
        status=InstanceStatus(step.ended or InstanceStatus.RUNNING),
        milestone=step.milestone or instance.milestone,
        outcome=step.outcome or instance.outcome,
        ended_at=work.now if step.ended else None,
    )
    waits = waits_after(before.waits, step)
    return replace(before, instance=after, state=step.state, waits=waits)


SUPERSEDED = {
    "task_completed": "completed",
    "incident_resolved": "retried",
    "instance_cancelled": "cancelled",
}
"""Lines of the runner that a line of a use case says better: with who and why."""


def _lines(order: Order, step: Step, name: Callable[[str], str]) -> list[Happening]:
    """Put the lines of the use case, of the runner and of the effects in order."""
    told = list(step.happenings)
    for better in order.preface:
        worse = (one for one in told if _says_less(one, better))
        for one in list(worse)[:1]:
            told.remove(one)
    lines = [*order.preface, *told, *_lines_of_effects(step)]
    return [_named(line, name) for line in lines]


def _says_less(worse: Happening, better: Happening) -> bool:
    same_place = better.element_id in {None, worse.element_id}
    return same_place and SUPERSEDED.get(better.kind) == worse.kind


def _lines_of_effects(step: Step) -> Iterator[Happening]:
    for task in step.opened:
        yield _line("task_opened", task.element_id, assignee=task.assignee)
    for timer in step.armed:
        yield _line("timer_armed", timer.element_id, due_at=timer.due_at.isoformat())
    for job in step.jobs:
        yield _line("job_created", job.element_id, type=job.type)
    if step.milestone is not None:
        yield _line("milestone_reached", None, milestone=step.milestone)


def _named(line: Happening, name: Callable[[str], str]) -> Happening:
    if line.element_id is None or line.element_name is not None:
        return line
    return replace(line, element_name=name(line.element_id))


def _line(kind: str, element_id: str | None, /, **facts: object) -> Happening:
    return Happening(kind=kind, element_id=element_id, element_name=None, facts=facts)


def line(kind: str, /, **facts: object) -> tuple[Happening, ...]:
    """Make a journal line about the instance itself."""
    return (_line(kind, None, **facts),)


def line_on(
    kind: str, element_id: str, element_name: str | None = None, /, **facts: object
) -> tuple[Happening, ...]:
    """Make a journal line about one element."""
    happening = _line(kind, element_id, **facts)
    return (replace(happening, element_name=element_name),)
