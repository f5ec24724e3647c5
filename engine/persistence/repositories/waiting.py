"""What waits on the tokens of an instance: rows that a step opens and closes.

Five kinds of rows wait, each with a letter in ``InstanceRow.waits``. Only the
tables of the letters of the closed tokens are touched when a step closes them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Executable,
    bindparam,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.model import TaskState
from engine.persistence.base import table_of
from engine.persistence.identity import new_id
from engine.persistence.tables.instances import IncidentRow
from engine.persistence.tables.jobs import JobRow
from engine.persistence.tables.messages import SubscriptionRow
from engine.persistence.tables.tasks import TaskKeyRow, TaskRow
from engine.persistence.tables.timers import TimerRow
from engine.step import IncidentRaised, JobCreated, Step, Subscribed, TimerArmed

TASK, TIMER, SUBSCRIPTION, JOB, INCIDENT = "t", "d", "s", "j", "i"


@dataclass(frozen=True, slots=True, kw_only=True)
class Closing:
    """Tokens that wait no longer, and who ended that."""

    instance_id: UUID
    tokens: Collection[int]
    completed: Collection[int]
    waits: Mapping[str, str]
    by: str
    at: datetime

    def waiting(self, letter: str) -> list[int]:
        """Return the closed tokens on which a row of this kind waits."""
        return sorted(t for t in self.tokens if letter in self.waits.get(str(t), ""))


def waits_after(waits: Mapping[str, str], step: Step) -> dict[str, str]:
    """Return which rows wait on which token once *step* is stored."""
    after = {t: kinds for t, kinds in waits.items() if int(t) not in step.closed}
    opened = (
        (TASK, step.opened),
        (TIMER, step.armed),
        (SUBSCRIPTION, step.subscribed),
        (JOB, step.jobs),
        (INCIDENT, step.incidents),
    )
    for letter, effects in opened:
        for effect in effects:
            kinds = after.get(str(effect.token), "")
            after[str(effect.token)] = kinds if letter in kinds else kinds + letter
    return after


class WaitingRepository:
    """Opens and closes the rows that wait on tokens; tasks open elsewhere."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._connection = session.connection()
        self._now = now

    def close(self, closing: Closing) -> None:
        """End everything that waits on the tokens of *closing*."""
        for letter in _CLOSE_MANY:
            tokens = closing.waiting(letter)
            done = [token for token in tokens if token in closing.completed]
            self._close(letter, closing, done, "completed")
            dropped = [token for token in tokens if token not in closing.completed]
            self._close(letter, closing, dropped, "cancelled")

    def _close(
        self, letter: str, closing: Closing, tokens: Sequence[int], how: str
    ) -> None:
        if not tokens:
            return
        # Nearly always it is one token, and a list in SQL is text made anew.
        is_one = len(tokens) == 1
        statements = (_CLOSE_ONE if is_one else _CLOSE_MANY)[letter]
        values = {
            "key": closing.instance_id,
            "one" if is_one else "several": tokens[0] if is_one else tokens,
            "at": closing.at,
            "by": closing.by,
            "task_state": TaskState(how),
            "job_state": "done" if how == "completed" else "cancelled",
        }
        for statement in statements:
            self._connection.execute(statement, values)

    def arm(self, instance_id: UUID, timers: Sequence[TimerArmed], zone: str) -> None:
        """Insert timers in one statement."""
        rows = [
            {
                "id": new_id(self._now),
                "instance_id": instance_id,
                "token": timer.token,
                "element_id": timer.element_id,
                "iteration": timer.iteration,
                "rule": timer.rule,
                "zone": zone,
                "state": "armed",
                "due_at": timer.due_at,
                "anchor_at": self._now,
                "armed_at": self._now,
                "attempts": 0,
            }
            for timer in timers
        ]
        self._insert(_TIMER, rows)

    def subscribe(self, instance_id: UUID, waiting: Sequence[Subscribed]) -> None:
        """Insert subscriptions in one statement."""
        rows = [
            {
                "instance_id": instance_id,
                "token": one.token,
                "element_id": one.element_id,
                "kind": one.kind,
                "name": one.name,
                "correlation_key": one.correlation_key,
                "created_at": self._now,
            }
            for one in waiting
        ]
        self._insert(_SUBSCRIPTION, rows)

    def add_jobs(self, instance_id: UUID, jobs: Sequence[JobCreated]) -> None:
        """Insert jobs in one statement; they are free at once."""
        rows = [
            {
                "id": new_id(self._now),
                "instance_id": instance_id,
                "token": job.token,
                "element_id": job.element_id,
                "type": job.type,
                "headers": dict(job.headers),
                "inputs": dict(job.inputs),
                "state": "ready",
                "retries": job.retries,
                "attempts": 0,
                "due_at": self._now,
                "created_at": self._now,
            }
            for job in jobs
        ]
        self._insert(_JOB, rows)

    def add_incidents(
        self, instance_id: UUID, incidents: Sequence[IncidentRaised]
    ) -> None:
        """Insert incidents in one statement."""
        rows = [
            {
                "id": new_id(self._now),
                "instance_id": instance_id,
                "token": incident.token,
                "element_id": incident.element_id,
                "kind": incident.kind,
                "message": incident.message,
                "raised_at": self._now,
            }
            for incident in incidents
        ]
        self._insert(_INCIDENT, rows)

    def pause_timers(self, instance_id: UUID) -> None:
        """Keep the timers and jobs of a suspended instance from being due."""
        self._connection.execute(_PAUSE, {"key": instance_id})
        self._connection.execute(_PAUSE_JOBS, {"key": instance_id})

    def resume_timers(self, instance_id: UUID) -> None:
        """Let paused timers and jobs be due again; the late ones are due at once."""
        self._connection.execute(_RESUME, {"key": instance_id})
        self._connection.execute(_RESUME_JOBS, {"key": instance_id})

    def _insert(
        self, statement: Executable, rows: Sequence[Mapping[str, object]]
    ) -> None:
        if rows:
            self._connection.execute(statement, rows)


_TASK = table_of(TaskRow)
_TASK_KEY = table_of(TaskKeyRow)
_TIMERS = table_of(TimerRow)
_SUBSCRIPTIONS = table_of(SubscriptionRow)
_JOBS = table_of(JobRow)
_INCIDENTS = table_of(IncidentRow)
_TIMER = insert(_TIMERS)
_SUBSCRIPTION = insert(_SUBSCRIPTIONS)
_JOB = insert(_JOBS)
_INCIDENT = insert(_INCIDENTS)
_KEY: BindParameter[UUID] = bindparam("key")

Narrow = Callable[[InstrumentedAttribute[int]], ColumnElement[bool]]
Statements = dict[str, tuple[Executable, ...]]


def _closings(narrow: Narrow) -> Statements:
    """Write the statements that end what waits, on the tokens of *narrow*."""
    tasks = (TaskRow.instance_id == _KEY, narrow(TaskRow.token))
    return {
        TASK: (
            update(_TASK)
            .where(*tasks, TaskRow.state == TaskState.OPEN)
            .values(
                state=bindparam("task_state"),
                completed_at=bindparam("at"),
                completed_by=bindparam("by"),
                draft=None,
            ),
            delete(_TASK_KEY).where(
                TaskKeyRow.task_id.in_(select(TaskRow.id).where(*tasks))
            ),
        ),
        TIMER: (
            update(_TIMERS)
            .where(TimerRow.instance_id == _KEY, narrow(TimerRow.token))
            .where(TimerRow.state.in_(("armed", "paused", "failed")))
            .values(state="cancelled", cancelled_at=bindparam("at")),
        ),
        SUBSCRIPTION: (
            delete(_SUBSCRIPTIONS).where(
                SubscriptionRow.instance_id == _KEY, narrow(SubscriptionRow.token)
            ),
        ),
        JOB: (
            update(_JOBS)
            .where(JobRow.instance_id == _KEY, narrow(JobRow.token))
            .where(JobRow.state.in_(("ready", "failed")))
            .values(state=bindparam("job_state"), ended_at=bindparam("at")),
        ),
        INCIDENT: (
            update(_INCIDENTS)
            .where(IncidentRow.instance_id == _KEY, narrow(IncidentRow.token))
            .where(IncidentRow.resolved_at.is_(None))
            .values(resolved_at=bindparam("at"), resolved_by=bindparam("by")),
        ),
    }


_CLOSE_ONE = _closings(lambda token: token == bindparam("one"))
_CLOSE_MANY = _closings(lambda token: token.in_(bindparam("several", expanding=True)))
_PAUSE = (
    update(_TIMERS)
    .where(TimerRow.instance_id == _KEY, TimerRow.state == "armed")
    .values(state="paused")
)
_RESUME = (
    update(_TIMERS)
    .where(TimerRow.instance_id == _KEY, TimerRow.state == "paused")
    .values(state="armed")
)
_PAUSE_JOBS = (
    update(_JOBS)
    .where(JobRow.instance_id == _KEY, JobRow.state == "ready")
    .values(state="paused")
)
_RESUME_JOBS = (
    update(_JOBS)
    .where(JobRow.instance_id == _KEY, JobRow.state == "paused")
    .values(state="ready")
)
