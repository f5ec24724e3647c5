"""Messages and signals: who waits for them, and those that came too early."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, text
from sqlalchemy.orm import Session

from engine.model import InstanceStatus
from engine.persistence.tables.definitions import StartEventRow
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.tables.messages import BufferedMessageRow, SubscriptionRow
from engine.persistence.types import canonical
from engine.step import Subscribed


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A token of a running instance that waits for a message or signal."""

    instance_id: UUID
    process_id: str
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Starter:
    """A start event of the newest version of a bundle."""

    bundle_key: str
    bundle_hash: str
    process_id: str
    element_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlyMessage:
    """A message that nobody waited for when it came."""

    id: UUID
    name: str
    correlation_key: str | None
    variables: Mapping[str, str]
    actor: str
    expires_at: datetime


class MessageRepository:
    """Matches messages and signals to tokens, in SQL."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def waiting(
        self, kind: str, name: str, correlation_key: str | None = None
    ) -> list[Waiting]:
        """Return the matching tokens of running instances, longest waiting first.

        A message matches its own correlation key; a signal reaches everybody.
        """
        statement = (
            select(
                SubscriptionRow.instance_id,
                InstanceRow.process_id,
                SubscriptionRow.token,
            )
            .join(InstanceRow, InstanceRow.id == SubscriptionRow.instance_id)
            .where(SubscriptionRow.kind == kind, SubscriptionRow.name == name)
            .where(InstanceRow.status == InstanceStatus.RUNNING)
            .order_by(
                SubscriptionRow.created_at,
                SubscriptionRow.instance_id,
                SubscriptionRow.token,
            )
        )
        if kind == "message":
            same = SubscriptionRow.correlation_key.is_not_distinct_from(correlation_key)
            statement = statement.where(same)
        rows = self._session.execute(statement).mappings()
        return [Waiting(**row) for row in rows]

    def lock_name(self, name: str, correlation_key: str | None) -> None:
        """Let a sender and a new waiter of the same message queue.

        On PostgreSQL they would otherwise overlook each other: each reads
        before the other commits. SQLite lets one writer in at a time.
        """
        connection = self._session.connection()
        if connection.dialect.name == "postgresql":
            topic = canonical([name, correlation_key])
            connection.execute(_LOCK_TOPIC, {"topic": topic})

    def starters(self, kind: str, name: str) -> list[Starter]:
        """Return the start events that this message or signal sets off."""
        statement = (
            select(
                StartEventRow.bundle_key,
                StartEventRow.bundle_hash,
                StartEventRow.process_id,
                StartEventRow.element_id,
            )
            .where(StartEventRow.kind == kind, StartEventRow.name == name)
            .order_by(StartEventRow.bundle_key, StartEventRow.process_id)
        )
        return [Starter(**row) for row in self._session.execute(statement).mappings()]

    def subscriptions(self, instance_id: UUID) -> list[Subscribed]:
        """Return what the tokens of one instance wait for."""
        statement = select(
            SubscriptionRow.token,
            SubscriptionRow.element_id,
            SubscriptionRow.kind,
            SubscriptionRow.name,
            SubscriptionRow.correlation_key,
        ).where(SubscriptionRow.instance_id == instance_id)
        rows = self._session.execute(statement).mappings()
        return [Subscribed(**row) for row in rows]

    def keep(self, message: EarlyMessage, now: datetime) -> None:
        """Buffer a message until somebody waits for it."""
        values = {
            "id": message.id,
            "name": message.name,
            "correlation_key": message.correlation_key,
            "variables": dict(message.variables),
            "actor": message.actor,
            "received_at": now,
            "expires_at": message.expires_at,
        }
        self._session.execute(insert(BufferedMessageRow), values)

    def early(self, wanted: Sequence[Subscribed], now: datetime) -> list[EarlyMessage]:
        """Return the buffered messages that one of *wanted* waits for, oldest first."""
        ways = [_matches(one) for one in wanted if one.kind == "message"]
        if not ways:
            return []
        statement = (
            select(
                BufferedMessageRow.id,
                BufferedMessageRow.name,
                BufferedMessageRow.correlation_key,
                BufferedMessageRow.variables,
                BufferedMessageRow.actor,
                BufferedMessageRow.expires_at,
            )
            .where(or_(*ways), BufferedMessageRow.expires_at > now)
            .order_by(BufferedMessageRow.received_at, BufferedMessageRow.id)
        )
        rows = self._session.execute(statement).mappings()
        return [EarlyMessage(**row) for row in rows]

    def take(self, message_id: UUID) -> bool:
        """Take a buffered message out; tell whether we were the one who did."""
        gone = delete(BufferedMessageRow).where(BufferedMessageRow.id == message_id)
        return self._session.connection().execute(gone).rowcount == 1

    def forget_expired(self, now: datetime) -> int:
        """Drop the buffered messages whose time is up; return how many."""
        late = delete(BufferedMessageRow).where(BufferedMessageRow.expires_at <= now)
        return self._session.connection().execute(late).rowcount


def _matches(wanted: Subscribed) -> ColumnElement[bool]:
    key = BufferedMessageRow.correlation_key
    return and_(
        BufferedMessageRow.name == wanted.name,
        key.is_not_distinct_from(wanted.correlation_key),
    )


_LOCK_TOPIC = text("SELECT pg_advisory_xact_lock(hashtextextended(:topic, 7729))")
