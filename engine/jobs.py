"""Jobs: service tasks that run outside the transaction, under a lease.

A job runs at least once; its effects in our database happen once, because
its result is stored in the transaction that checks the lease.
"""

from datetime import timedelta
from typing import Protocol
from uuid import UUID

from engine.errors import BpmnError
from engine.feel.codec import loads
from engine.model import Instance
from engine.persistence.repositories.instances import InstanceRepository
from engine.persistence.repositories.jobs import Job, JobRepository
from engine.persistence.unit_of_work import UnitOfWork
from engine.persistence.wakeups import announce
from engine.registry import Registry, ServiceCall
from engine.retries import JOBS
from engine.step import Command, Complete, IncidentRaised, ThrowError, Variables

LEASE = timedelta(minutes=5)
"""How long a job may run; after it another worker takes over."""

ACTOR = "systeem"
"""Who did it, in the journal."""


class Courses(Protocol):
    """The use cases of instances that a job needs."""

    def get(self, work: UnitOfWork, instance_id: UUID) -> Instance:
        """Return the instance."""

    def advance(
        self, work: UnitOfWork, instance_id: UUID, command: Command, *, by: str
    ) -> object:
        """Advance an instance by one command."""

    def report(
        self, work: UnitOfWork, instance_id: UUID, incident: IncidentRaised
    ) -> None:
        """Open an incident at a token that could not go on."""


class Jobs:
    """Use cases around jobs: lease, run, complete or try again."""

    def __init__(self, *, courses: Courses, registry: Registry) -> None:
        self._courses = courses
        self._registry = registry

    def lease_next(self, work: UnitOfWork, *, worker: str) -> Job | None:
        """Lease the job that is due longest to *worker*, None when nothing is due."""
        return JobRepository(work.session).lease_next(
            now=work.now, worker=worker, until=work.now + LEASE
        )

    def run(self, work: UnitOfWork, job: Job) -> Variables:
        """Do the work of *job* and return its outputs.

        *work* only reads: what a job writes to it doesn't stay. Raises what the
        service task raises, ``BpmnError`` for an error boundary event.
        """
        instance = self._courses.get(work, job.instance_id)
        call = ServiceCall(
            type=job.type,
            instance_id=job.instance_id,
            business_key=instance.business_key,
            token=job.token,
            element_id=job.element_id,
            headers=job.headers,
            inputs={name: loads(text) for name, text in job.inputs.items()},
            actor=ACTOR,
            now=work.now,
            work=work,
        )
        return self._registry.get(job.type).run(call)

    def complete(self, work: UnitOfWork, job: Job, outputs: Variables) -> bool:
        """Store the outputs and let the case go on.

        Tells False, and changes nothing, when the lease is lost: the job was
        taken over, or its task cancelled.
        """
        command = Complete(token=job.token, variables=outputs)
        return self._end(work, job, command)

    def throw(self, work: UnitOfWork, job: Job, error: BpmnError) -> bool:
        """End *job* in a business error; tells False when the lease is lost."""
        command = ThrowError(
            token=job.token, error_code=error.error_code, message=error.message
        )
        return self._end(work, job, command)

    def note_failure(self, work: UnitOfWork, job: Job, reason: str) -> bool:
        """Plan another try; tell whether we give up, with an incident.

        The diagram may set the number of tries.
        """
        jobs = JobRepository(work.session)
        strategy = JOBS.limited_to(job.retries)
        wait = strategy.wait(job.attempts)
        if wait is not None:
            jobs.try_again(job, at=work.now + wait, error=reason)
            return False
        InstanceRepository(work.session).lock(job.instance_id)
        if not jobs.give_up(job, now=work.now, error=reason):
            return False
        incident = IncidentRaised(
            token=job.token, element_id=job.element_id, kind="job", message=reason
        )
        self._courses.report(work, job.instance_id, incident)
        return True

    def retry(self, work: UnitOfWork, instance_id: UUID, token: int) -> bool:
        """Let the failed job of *token* run again; tell whether there was one."""
        jobs = JobRepository(work.session)
        if not jobs.rearm(instance_id, token, now=work.now):
            return False
        announce(work.session)
        return True

    def _end(self, work: UnitOfWork, job: Job, command: Command) -> bool:
        # First the case, then the job: the order in which everybody locks.
        InstanceRepository(work.session).lock(job.instance_id)
        if not JobRepository(work.session).finish(job, now=work.now):
            return False
        self._courses.advance(work, job.instance_id, command, by=ACTOR)
        return True
