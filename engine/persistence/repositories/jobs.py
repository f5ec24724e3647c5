"""Jobs: service tasks that run after the commit, under a lease."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.orm import Session

from engine.persistence.tables.jobs import JobRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A service task to run; *attempts* counts this run too.

    *inputs* are JSON texts by name, as ``engine.feel.codec`` reads them.
    """

    id: UUID
    instance_id: UUID
    token: int
    element_id: str
    type: str
    headers: Mapping[str, str]
    inputs: Mapping[str, str]
    retries: int
    attempts: int
    leased_by: str | None


class JobRepository:
    """Hands a job to one worker at a time, for a while.

    While a job is leased its *due_at* is the end of the lease, so a job whose
    worker died is due again by the same query that finds new ones.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def lease_next(self, *, now: datetime, worker: str, until: datetime) -> Job | None:
        """Lease the job that is due longest to *worker*, None when nothing is due."""
        job_id = self._session.scalar(_NEXT, {"now": now})
        if job_id is None:
            return None
        values = {"key": job_id, "worker": worker, "until": until}
        row = self._session.execute(_LEASE, values).one()
        return Job(**row._asdict())

    def finish(self, job: Job, *, now: datetime) -> bool:
        """Write that *job* is done; tell whether its lease still held."""
        return self._end_lease(job, state="done", ended_at=now, last_error=None)

    def try_again(self, job: Job, *, at: datetime, error: str) -> bool:
        """Give *job* back until *at*; tell whether its lease still held."""
        return self._end_lease(job, due_at=at, last_error=error)

    def give_up(self, job: Job, *, now: datetime, error: str) -> bool:
        """Stop trying: a person has to look; tell whether the lease still held."""
        return self._end_lease(job, state="failed", ended_at=now, last_error=error)

    def rearm(self, instance_id: UUID, token: int, *, now: datetime) -> bool:
        """Let the failed job of *token* run again; tell whether there was one."""
        result = self._session.execute(
            update(JobRow)
            .where(
                JobRow.instance_id == instance_id,
                JobRow.token == token,
                JobRow.state == "failed",
            )
            .values(state="ready", attempts=0, due_at=now, ended_at=None)
            .returning(JobRow.id)
        )
        return result.first() is not None

    def release(self, worker: str, *, now: datetime) -> None:
        """End all leases of *worker*, which stops."""
        self._session.execute(
            update(JobRow)
            .where(_READY, JobRow.leased_by == worker)
            .values(leased_by=None, leased_until=None, due_at=now)
        )

    def next_due(self) -> datetime | None:
        """Return the moment at which a job is to be looked at next."""
        return self._session.scalar(_NEXT_DUE)

    def _end_lease(self, job: Job, **values: object) -> bool:
        result = self._session.execute(
            update(JobRow)
            .where(
                JobRow.id == job.id,
                _READY,
                JobRow.leased_by == job.leased_by,
                JobRow.attempts == job.attempts,
            )
            .values(leased_by=None, leased_until=None, **values)
            .returning(JobRow.id)
        )
        return result.first() is not None


# The state is literal text, so that the partial index serves the queries.
_READY = text("job.state = 'ready'")
_NEXT = (
    select(JobRow.id)
    .where(_READY, JobRow.due_at <= bindparam("now"))
    .order_by(JobRow.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(JobRow)
    .where(JobRow.id == bindparam("key"))
    .values(
        leased_by=bindparam("worker"),
        leased_until=bindparam("until"),
        due_at=bindparam("until"),
        attempts=JobRow.attempts + 1,
    )
    .returning(*(getattr(JobRow, name) for name in Job.__slots__))
)
_NEXT_DUE = select(func.min(JobRow.due_at)).where(_READY)
