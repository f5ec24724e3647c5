"""The outbox: effects outside the database that still have to happen, or did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, insert, select, text, update
from sqlalchemy.orm import Session

from engine.persistence.tables.jobs import OutboxRow


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """An effect on its way; *attempts* counts a running one too.

    *reference* is what the other side sees at each attempt; *state* is
    ``pending``, ``sent`` or ``failed``.
    """

    id: UUID
    kind: str
    reference: str
    subject: str
    payload: Mapping[str, object]
    business_key: str | None
    instance_id: UUID | None
    state: str
    attempts: int
    due_at: datetime
    leased_by: str | None
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None


class OutboxRepository:
    """Hands an entry to one sender at a time, for a while (see ``JobRepository``)."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: OutboxEntry) -> None:
        """Insert an entry."""
        values = {name: getattr(entry, name) for name in OutboxEntry.__slots__}
        self._session.execute(insert(OutboxRow), values)

    def lease_next(
        self, *, now: datetime, worker: str, until: datetime
    ) -> OutboxEntry | None:
        """Lease the entry that is due longest, None when nothing is due."""
        key = self._session.scalar(_NEXT, {"now": now})
        if key is None:
            return None
        values = {"key": key, "worker": worker, "until": until}
        row = self._session.execute(_LEASE, values).one()
        return OutboxEntry(**row._asdict())

    def note_sent(self, entry: OutboxEntry, *, now: datetime) -> None:
        """Write that the other side took *entry*, whoever holds the lease by now."""
        self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == entry.id)
            .values(
                state="sent",
                sent_at=now,
                last_error=None,
                leased_by=None,
                leased_until=None,
            )
        )

    def try_again(self, entry: OutboxEntry, *, at: datetime, error: str) -> bool:
        """Give *entry* back until *at*; tell whether its lease still held."""
        return self._end_lease(entry, due_at=at, last_error=error)

    def give_up(self, entry: OutboxEntry, *, error: str) -> bool:
        """Stop trying: a person has to look; tell whether the lease still held."""
        return self._end_lease(entry, state="failed", last_error=error)

    def rearm(self, entry_id: UUID, *, now: datetime) -> bool:
        """Let a failed entry go again; tell whether it was one."""
        return self._rearm(OutboxRow.id == entry_id, now=now)

    def rearm_of_instance(self, instance_id: UUID, *, now: datetime) -> bool:
        """Let all failed entries of an instance go again; tell whether there were."""
        return self._rearm(OutboxRow.instance_id == instance_id, now=now)

    def release(self, worker: str, *, now: datetime) -> None:
        """End all leases of *worker*, which stops."""
        self._session.execute(
            update(OutboxRow)
            .where(_PENDING, OutboxRow.leased_by == worker)
            .values(leased_by=None, leased_until=None, due_at=now)
        )

    def next_due(self) -> datetime | None:
        """Return the moment at which an entry is to be looked at next."""
        return self._session.scalar(_NEXT_DUE)

    def oldest_unsent(self) -> datetime | None:
        """Return when the oldest entry was made that hasn't been sent."""
        return self._session.scalar(_OLDEST)

    def newest(
        self, *, limit: int, business_key: str | None = None
    ) -> list[OutboxEntry]:
        """Return the newest entries, of one case or of all."""
        statement = (
            select(*_COLUMNS)
            .order_by(OutboxRow.created_at.desc(), OutboxRow.id.desc())
            .limit(limit)
        )
        if business_key is not None:
            statement = statement.where(OutboxRow.business_key == business_key)
        rows = self._session.execute(statement)
        return [OutboxEntry(**row._asdict()) for row in rows]

    def get(self, entry_id: UUID) -> OutboxEntry | None:
        """Return an entry, None when there is none."""
        statement = select(*_COLUMNS).where(OutboxRow.id == entry_id)
        row = self._session.execute(statement).one_or_none()
        return None if row is None else OutboxEntry(**row._asdict())

    def _rearm(self, condition: ColumnElement[bool], *, now: datetime) -> bool:
        result = self._session.execute(
            update(OutboxRow)
            .where(condition, OutboxRow.state == "failed")
            .values(state="pending", attempts=0, due_at=now)
            .returning(OutboxRow.id)
        )
        return result.first() is not None

    def _end_lease(self, entry: OutboxEntry, **values: object) -> bool:
        result = self._session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.id == entry.id,
                _PENDING,
                OutboxRow.leased_by == entry.leased_by,
                OutboxRow.attempts == entry.attempts,
            )
            .values(leased_by=None, leased_until=None, **values)
            .returning(OutboxRow.id)
        )
        return result.first() is not None


# The state is literal text, so that the partial index serves the queries.
_PENDING = text("outbox.state = 'pending'")
_COLUMNS = tuple(getattr(OutboxRow, name) for name in OutboxEntry.__slots__)
_NEXT = (
    select(OutboxRow.id)
    .where(_PENDING, OutboxRow.due_at <= bindparam("now"))
    .order_by(OutboxRow.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_LEASE = (
    update(OutboxRow)
    .where(OutboxRow.id == bindparam("key"))
    .values(
        leased_by=bindparam("worker"),
        leased_until=bindparam("until"),
        due_at=bindparam("until"),
        attempts=OutboxRow.attempts + 1,
    )
    .returning(*_COLUMNS)
)
_NEXT_DUE = select(func.min(OutboxRow.due_at)).where(_PENDING)
_OLDEST = select(func.min(OutboxRow.created_at)).where(_PENDING)
