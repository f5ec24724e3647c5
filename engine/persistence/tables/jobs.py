"""Work and effects outside the transaction."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.types import JsonText

READY = text("state = 'ready'")
PENDING = text("state = 'pending'")


class JobRow(Base):
    """A service task that runs after the commit.

    *state* is ``ready``, ``paused`` (its instance is suspended), ``done``,
    ``failed`` (an incident tells why) or ``cancelled``. A ready job is free
    from *due_at*; a lease moves that to its own end.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("instance_id", "token"),
        Index("ix_job_ready", "due_at", sqlite_where=READY, postgresql_where=READY),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey(InstanceRow.id))
    token: Mapped[int]
    element_id: Mapped[str]
    type: Mapped[str]
    headers: Mapped[dict[str, str]] = mapped_column(JsonText)
    inputs: Mapped[dict[str, str]] = mapped_column(JsonText)
    state: Mapped[str]
    retries: Mapped[int]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class OutboxRow(Base):
    """An effect outside the database: a mail, a webhook.

    *state* is ``pending``, ``sent`` or ``failed``; *reference* is the fixed
    Message-ID or idempotency key that the other side sees at each attempt.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index(
            "ix_outbox_pending",
            "due_at",
            sqlite_where=PENDING,
            postgresql_where=PENDING,
        ),
        Index(None, "business_key"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    reference: Mapped[str]
    subject: Mapped[str]
    payload: Mapped[dict[str, object]] = mapped_column(JsonText)
    business_key: Mapped[str | None]
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey(InstanceRow.id))
    state: Mapped[str]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
