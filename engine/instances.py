"""Use cases around process instances."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from engine.definitions import PROCESS, Definitions
from engine.errors import NotFoundError
from engine.feel.codec import loads
from engine.feel.values import from_python
from engine.journal import chain_after, not_running, with_head
from engine.journal_texts import SYSTEM
from engine.model import Instance, InstanceStatus
from engine.persistence.repositories.instances import InstanceRepository, LiveInstance
from engine.persistence.repositories.journal import JournalRepository
from engine.persistence.repositories.start_events import StartTimer
from engine.persistence.repositories.waiting import (
    INCIDENT,
    WaitingRepository,
)
from engine.persistence.unit_of_work import UnitOfWork
from engine.routing import Router
from engine.starts import Beginning, Starts
from engine.step import Cancel, Command, Happening, IncidentRaised, Start, Variables
from engine.steps import Order, Steps, Taken, line, line_on

PROCESS_SCOPE = 1


class Instances:
    """Starts, advances and stops instances."""

    def __init__(
        self, *, definitions: Definitions, steps: Steps, starts: Starts, router: Router
    ) -> None:
        self._definitions = definitions
        self._steps = steps
        self._starts = starts
        self._router = router

    def start(  # noqa: PLR0913 - all by keyword, all of one thing
        self,
        work: UnitOfWork,
        *,
        bundle_key: str,
        process_id: str,
        variables: Variables,
        business_key: str,
        label: str,
        by: str,
    ) -> Instance:
        """Start a process of the newest version of a bundle."""
        deployment = self._definitions.latest(work, bundle_key)
        compiled = self._definitions.compiled(work, deployment.content_hash)
        if process_id not in compiled.processes:
            raise NotFoundError(PROCESS, process_id)
        given = {name: from_python(value) for name, value in variables.items()}
        beginning = Beginning(
            bundle_hash=deployment.content_hash,
            command=Start(process_id=process_id, variables=given),
            business_key=business_key,
            label=label,
            by=by,
        )
        return self._begin(work, beginning)

    def start_by_timer(
        self, work: UnitOfWork, start: StartTimer, *, business_key: str, by: str
    ) -> UUID:
        """Start a process at its timer start event; return the new instance."""
        beginning = Beginning(
            bundle_hash=start.bundle_hash,
            command=Start(process_id=start.process_id, start_event=start.element_id),
            business_key=business_key,
            label="",
            by=by,
        )
        return self._begin(work, beginning).id

    def get(self, work: UnitOfWork, instance_id: UUID) -> Instance:
        """Return the instance; ``NotFoundError`` when there is none."""
        return InstanceRepository(work.session).get(instance_id)

    def of_case(self, work: UnitOfWork, business_key: str) -> list[Instance]:
        """Return the instances under a business key, oldest first."""
        return InstanceRepository(work.session).of_case(business_key)

    def variables(self, work: UnitOfWork, instance_id: UUID) -> Mapping[str, object]:
        """Return the variables of the process itself, as FEEL values."""
        rows = InstanceRepository(work.session)
        scopes = rows.variables(rows.get(instance_id).id)
        own = scopes.get(PROCESS_SCOPE, {})
        return {name: loads(text) for name, text in own.items()}

    def waiting_at(self, work: UnitOfWork, instance_id: UUID) -> list[str]:
        """Return the ids of the elements that hold a token, for the diagram."""
        rows = InstanceRepository(work.session)
        live = rows.live(instance_id)
        if live.instance.status in {InstanceStatus.COMPLETED, InstanceStatus.CANCELLED}:
            return []
        return sorted(set(self._steps.live(rows.saved(live)).values()))

    def advance(
        self, work: UnitOfWork, instance_id: UUID, command: Command, *, by: str
    ) -> Instance:
        """Advance an instance by one command, and route what that throws."""
        live = InstanceRepository(work.session).lock(instance_id)
        return self.take(work, live, Order(command=command, by=by))

    def take(self, work: UnitOfWork, live: LiveInstance, order: Order) -> Instance:
        """Advance an instance that the caller has locked."""
        return self._settle(work, self._steps.take(work, live, order), order.by)

    def cancel(
        self, work: UnitOfWork, instance_id: UUID, *, by: str, reason: str
    ) -> Instance:
        """Stop an instance: all its tasks, timers and subscriptions go."""
        live = InstanceRepository(work.session).lock(instance_id)
        preface = line("instance_cancelled", reason=reason)
        order = Order(command=Cancel(), by=by, preface=preface)
        if live.instance.status is InstanceStatus.SUSPENDED:
            running = replace(live.instance, status=InstanceStatus.RUNNING)
            live = replace(live, instance=running)
        return self.take(work, live, order)

    def suspend(
        self, work: UnitOfWork, instance_id: UUID, *, by: str, reason: str
    ) -> Instance:
        """Hold an instance: no task, timer or message advances it."""
        live = self._locked(work, instance_id, InstanceStatus.RUNNING)
        WaitingRepository(work.session, work.now).pause_timers(instance_id)
        told = line("instance_suspended", reason=reason)
        return self._put(work, live, InstanceStatus.SUSPENDED, told, by)

    def resume(
        self, work: UnitOfWork, instance_id: UUID, *, by: str, reason: str = ""
    ) -> Instance:
        """Let a suspended instance go on, with what came in the meantime."""
        live = self._locked(work, instance_id, InstanceStatus.SUSPENDED)
        WaitingRepository(work.session, work.now).resume_timers(instance_id)
        told = line("instance_resumed", reason=reason)
        instance = self._put(work, live, InstanceStatus.RUNNING, told, by)
        self._router.wake(work, instance)
        return self.get(work, instance_id)

    def report(
        self, work: UnitOfWork, instance_id: UUID, incident: IncidentRaised
    ) -> None:
        """Open an incident at a token that could not go on outside of a step."""
        live = InstanceRepository(work.session).lock(instance_id)
        WaitingRepository(work.session, work.now).add_incidents(instance_id, [incident])
        token = str(incident.token)
        waits = {**live.waits, token: live.waits.get(token, "") + INCIDENT}
        told = line_on("incident_raised", incident.element_id, message=incident.message)
        self.note(work, replace(live, waits=waits), told, by=SYSTEM)

    def note(
        self,
        work: UnitOfWork,
        live: LiveInstance,
        told: tuple[Happening, ...],
        *,
        by: str,
    ) -> Instance:
        """Store a locked instance with a journal line, outside of any step."""
        return self._put(work, live, live.instance.status, told, by)

    def _begin(self, work: UnitOfWork, beginning: Beginning) -> Instance:
        taken = self._starts.begin(work, beginning)
        return self._settle(work, taken, beginning.by)

    def _settle(self, work: UnitOfWork, taken: Taken, by: str) -> Instance:
        self._router.settle(work, taken, by=by)
        if taken.has_consequences:
            # What was routed may have come back to this instance.
            return self.get(work, taken.live.instance.id)
        return taken.live.instance

    def _locked(
        self, work: UnitOfWork, instance_id: UUID, wanted: InstanceStatus
    ) -> LiveInstance:
        live = InstanceRepository(work.session).lock(instance_id)
        if live.instance.status is not wanted:
            raise not_running(work, live.instance)
        return live

    def _put(
        self,
        work: UnitOfWork,
        live: LiveInstance,
        status: InstanceStatus,
        told: tuple[Happening, ...],
        by: str,
    ) -> Instance:
        """Store a new status and a journal line, outside of any step."""
        entries = chain_after(live, told, actor=by, at=work.now)
        version = live.instance.version + 1
        instance = replace(live.instance, status=status, version=version)
        after = replace(with_head(live, entries), instance=instance)
        InstanceRepository(work.session).save(live, after)
        JournalRepository(work.session).add(entries)
        return instance
