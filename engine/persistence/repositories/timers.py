"""Timer rows: claimed when due, and a ledger afterwards."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    Select,
    bindparam,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import Session

from engine.model import Timer
from engine.persistence.base import table_of
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.tables.timers import TimerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DueTimer:
    """A timer that is to fire; it belongs to an instance or to a start event."""

    id: UUID
    instance_id: UUID | None
    start_event_id: UUID | None
    token: int
    element_id: str
    iteration: int
    rule: str
    zone: str
    due_at: datetime
    anchor_at: datetime
    armed_at: datetime
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UpcomingTimer:
    """A line for people: which case gets what reminder, and when."""

    timer: Timer
    business_key: str
    label: str


class TimerRepository:
    """The timers of all instances and start events."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # Firing is a hot path: statements without objects go straight there.
        self._connection = session.connection()

    def claim_due(
        self, *, now: datetime, passed_over: Collection[UUID] = ()
    ) -> DueTimer | None:
        """Lock the timer that is due longest, None when there is none to have.

        On PostgreSQL its instance is locked with it, and what another process
        holds is skipped: a claim never waits, so it can't be part of a
        deadlock. SQLite lets one writer in at a time.
        """
        values = {"now": now, "passed_over": list(passed_over)}
        for statement in (_CLAIM_OF_INSTANCE, _CLAIM_OF_START):
            row = self._connection.execute(statement, values).one_or_none()
            if row is not None:
                return DueTimer(**row._asdict())
        return None

    def note_fired(self, timer_id: UUID, *, now: datetime) -> bool:
        """Write that a timer fired; tell whether it was still armed."""
        values = {"key": timer_id, "now": now}
        return self._connection.execute(_NOTE_FIRED, values).rowcount == 1

    def arm_start(self, timer: DueTimer) -> None:
        """Insert the timer of a start event."""
        values = {name: getattr(timer, name) for name in DueTimer.__slots__}
        self._session.execute(insert(TimerRow), {**values, "state": "armed"})

    def hold_back(self, timer_id: UUID, *, attempts: int, until: datetime) -> None:
        """Keep a timer whose firing failed until it is tried again."""
        self._set(timer_id, attempts=attempts, retry_at=until)

    def note_failed(self, timer_id: UUID, *, attempts: int) -> None:
        """Stop trying: a person has to look."""
        self._set(timer_id, attempts=attempts, state="failed", retry_at=None)

    def rearm(self, instance_id: UUID, token: int) -> bool:
        """Let the failed timer of *token* try again; tell whether there was one."""
        result = self._session.execute(
            update(TimerRow)
            .where(
                TimerRow.instance_id == instance_id,
                TimerRow.token == token,
                TimerRow.state == "failed",
            )
            .values(state="armed", attempts=0, retry_at=None)
            .returning(TimerRow.id)
        )
        return result.first() is not None

    def next_due(self) -> datetime | None:
        """Return the moment at which a timer is to be looked at next."""
        moments = self._session.execute(_NEXT_DUE).one()
        return min((moment for moment in moments if moment), default=None)

    def oldest_due(self, *, now: datetime) -> datetime | None:
        """Return the due moment of the timer that waits longest to fire."""
        return self._session.scalar(_OLDEST_DUE, {"now": now})

    def upcoming(
        self,
        *,
        limit: int,
        business_keys: Collection[str] | None = None,
        instance_ids: Collection[UUID] | None = None,
        after: tuple[datetime, UUID] | None = None,
    ) -> list[UpcomingTimer]:
        """Return the next timers of instances, soonest first.

        *business_keys* and *instance_ids* restrict to these; *after* is the due
        moment and the key of the last timer of the page before.
        """
        statement = _UPCOMING
        if instance_ids is not None:
            statement = statement.where(InstanceRow.id.in_(instance_ids))
        if business_keys is not None:
            statement = statement.where(InstanceRow.business_key.in_(business_keys))
        if after is not None:
            due_at, last = TimerRow.due_at, TimerRow.id
            here = literal(after[0], due_at.type), literal(after[1], last.type)
            statement = statement.where(tuple_(due_at, last) > tuple_(*here))
        rows = self._session.execute(statement, {"limit": limit})
        return [
            UpcomingTimer(timer=_to_timer(row), business_key=key, label=label)
            for row, key, label in rows
        ]

    def fired_since(self, moment: datetime, *, limit: int) -> list[UpcomingTimer]:
        """Return the timers of instances that fired after *moment*, in that order."""
        rows = self._session.execute(_FIRED, {"since": moment, "limit": limit})
        return [
            UpcomingTimer(timer=_to_timer(row), business_key=key, label=label)
            for row, key, label in rows
        ]

    def of_instance(self, instance_id: UUID) -> list[Timer]:
        """Return the ledger of an instance: all its timers, by due moment."""
        rows = self._session.scalars(_LEDGER, {"key": instance_id})
        return [_to_timer(row) for row in rows]

    def _set(self, timer_id: UUID, **values: object) -> None:
        self._session.execute(
            update(TimerRow).where(TimerRow.id == timer_id).values(**values)
        )


def _to_timer(row: TimerRow) -> Timer:
    if row.instance_id is None:
        message = f"timer {row.id} belongs to a start event"
        raise ValueError(message)
    return Timer(
        id=row.id,
        instance_id=row.instance_id,
        token=row.token,
        element_id=row.element_id,
        iteration=row.iteration,
        rule=row.rule,
        due_at=row.due_at,
        armed_at=row.armed_at,
        fired_at=row.fired_at,
        cancelled_at=row.cancelled_at,
    )


# The state is literal text, so that the partial indexes serve the queries.
_ARMED = text("timer.state = 'armed'")


_FIRED = (
    select(TimerRow, InstanceRow.business_key, InstanceRow.label)
    .join(InstanceRow, TimerRow.instance_id == InstanceRow.id)
    .where(TimerRow.fired_at > bindparam("since"))
    .order_by(TimerRow.fired_at, TimerRow.id)
    .limit(bindparam("limit"))
)


def _due_first() -> Select[tuple[object, ...]]:
    return (
        select(*(getattr(TimerRow, name) for name in DueTimer.__slots__))
        .where(
            _ARMED,
            TimerRow.due_at <= bindparam("now"),
            or_(TimerRow.retry_at.is_(None), TimerRow.retry_at <= bindparam("now")),
            TimerRow.id.not_in(bindparam("passed_over", expanding=True)),
        )
        .order_by(TimerRow.due_at, TimerRow.id)
        .limit(1)
    )


_CLAIM_OF_INSTANCE = (
    _due_first()
    .join(InstanceRow, TimerRow.instance_id == InstanceRow.id)
    .with_for_update(skip_locked=True, of=[TimerRow, InstanceRow])
)
_CLAIM_OF_START = (
    _due_first()
    .where(TimerRow.start_event_id.is_not(None))
    .with_for_update(skip_locked=True)
)
_NOTE_FIRED = (
    update(table_of(TimerRow))
    .where(TimerRow.id == bindparam("key"), _ARMED)
    .values(state="fired", fired_at=bindparam("now"), retry_at=None)
)
_NEXT_DUE = select(
    select(func.min(TimerRow.due_at))
    .where(_ARMED, TimerRow.retry_at.is_(None))
    .scalar_subquery(),
    select(func.min(TimerRow.retry_at))
    .where(_ARMED, TimerRow.retry_at.is_not(None))
    .scalar_subquery(),
)
_OLDEST_DUE = select(func.min(TimerRow.due_at)).where(
    _ARMED, TimerRow.due_at <= bindparam("now")
)
_UPCOMING = (
    select(TimerRow, InstanceRow.business_key, InstanceRow.label)
    .join(InstanceRow, TimerRow.instance_id == InstanceRow.id)
    .where(_ARMED)
    .order_by(TimerRow.due_at, TimerRow.id)
    .limit(bindparam("limit"))
)
_LEDGER = (
    select(TimerRow)
    .where(TimerRow.instance_id == bindparam("key"))
    .order_by(TimerRow.due_at, TimerRow.token, TimerRow.iteration)
)
