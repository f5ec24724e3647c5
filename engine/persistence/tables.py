"""The rows of the engine: typed, without behaviour."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from engine.model import InstanceStatus, TaskState
from engine.persistence.base import Base
from engine.persistence.types import JsonText

ARMED = text("state = 'armed'")
READY = text("state = 'ready'")
PENDING = text("state = 'pending'")
OPEN = text("state = 'open'")
UNRESOLVED = text("resolved_at IS NULL")


# --- definitions ----------------------------------------------------------------


class ContentRow(Base):
    """A file, once per content."""

    __tablename__ = "content"

    hash: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)


class BundleRow(Base):
    """A deployed bundle; never changed."""

    __tablename__ = "bundle"
    __table_args__ = (UniqueConstraint("key", "version"),)

    hash: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str]
    version: Mapped[int]
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[str]


class BundleFileRow(Base):
    """A file of a bundle."""

    __tablename__ = "bundle_file"

    bundle_hash: Mapped[str] = mapped_column(
        ForeignKey("bundle.hash"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    content_hash: Mapped[str] = mapped_column(ForeignKey("content.hash"))


class BundleProcessRow(Base):
    """A process that a bundle can run; finds the bundle of a called process."""

    __tablename__ = "bundle_process"
    __table_args__ = (Index(None, "process_id"),)

    bundle_hash: Mapped[str] = mapped_column(
        ForeignKey("bundle.hash"), primary_key=True
    )
    process_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]


class BundleDraftRow(Base):
    """A file of a bundle that somebody is still working on."""

    __tablename__ = "bundle_draft"

    bundle_key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    based_on: Mapped[str | None]
    edited_at: Mapped[datetime]
    edited_by: Mapped[str]


class StartEventRow(Base):
    """An event that begins a process of the newest version of a bundle.

    *kind* is ``message``, ``signal`` or ``timer``; the moments of a timer
    start are rows of ``timer``.
    """

    __tablename__ = "start_event"
    __table_args__ = (Index(None, "kind", "name"), Index(None, "bundle_key"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bundle_key: Mapped[str]
    bundle_hash: Mapped[str] = mapped_column(ForeignKey("bundle.hash"))
    process_id: Mapped[str]
    element_id: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]


# --- instances ------------------------------------------------------------------


class InstanceRow(Base):
    """A process instance and its live state.

    *waits* maps a live token to the kinds of rows that wait on it, so that a
    step touches only the tables it must. *journal_sequence* and
    *journal_digest* are the head of its journal.
    """

    __tablename__ = "instance"
    __table_args__ = (
        Index(None, "business_key"),
        Index(None, "status", "started_at"),
        Index(None, "bundle_hash"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    bundle_hash: Mapped[str] = mapped_column(ForeignKey("bundle.hash"))
    process_id: Mapped[str]
    business_key: Mapped[str]
    label: Mapped[str]
    status: Mapped[InstanceStatus]
    version: Mapped[int]
    milestone: Mapped[str | None]
    outcome: Mapped[str | None]
    started_at: Mapped[datetime]
    started_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    state: Mapped[str]
    bindings: Mapped[dict[str, str]] = mapped_column(JsonText)
    waits: Mapped[dict[str, str]] = mapped_column(JsonText)
    journal_sequence: Mapped[int]
    journal_digest: Mapped[str]


class VariableRow(Base):
    """A variable of a scope, as JSON text."""

    __tablename__ = "variable"

    instance_id: Mapped[UUID] = mapped_column(
        ForeignKey("instance.id"), primary_key=True
    )
    scope: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class JournalRow(Base):
    """A thing that happened; only ever added."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "at"),)

    instance_id: Mapped[UUID] = mapped_column(
        ForeignKey("instance.id"), primary_key=True
    )
    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    kind: Mapped[str]
    actor: Mapped[str]
    element_id: Mapped[str | None]
    element_name: Mapped[str | None]
    facts: Mapped[dict[str, object]] = mapped_column(JsonText)
    digest: Mapped[str]


class IncidentRow(Base):
    """Work that can't go on by itself."""

    __tablename__ = "incident"
    __table_args__ = (
        Index(
            "ix_incident_open",
            "raised_at",
            sqlite_where=UNRESOLVED,
            postgresql_where=UNRESOLVED,
        ),
        Index(None, "instance_id", "token"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
    token: Mapped[int]
    element_id: Mapped[str]
    kind: Mapped[str]
    message: Mapped[str]
    raised_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]


# --- human tasks ----------------------------------------------------------------


class TaskRow(Base):
    """A piece of work for a person.

    *sort_due* is the due moment, or the end of time without one, so that
    every list has one order. *draft* is what a person filled in so far.
    """

    __tablename__ = "task"
    __table_args__ = (
        UniqueConstraint("instance_id", "token"),
        Index(
            "ix_task_open_due",
            "sort_due",
            "id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(
            "ix_task_open_assignee",
            "assignee",
            "sort_due",
            "id",
            sqlite_where=OPEN,
            postgresql_where=OPEN,
        ),
        Index(None, "business_key"),
        Index(None, "completed_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
    token: Mapped[int]
    element_id: Mapped[str]
    process_id: Mapped[str]
    name: Mapped[str]
    lane: Mapped[str | None]
    state: Mapped[TaskState]
    assignee: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    candidate_groups: Mapped[list[str]] = mapped_column(JsonText)
    candidate_users: Mapped[list[str]] = mapped_column(JsonText)
    due_at: Mapped[datetime | None]
    sort_due: Mapped[datetime]
    follow_up_at: Mapped[datetime | None]
    priority: Mapped[int]
    form_id: Mapped[str | None]
    business_key: Mapped[str]
    label: Mapped[str]
    created_at: Mapped[datetime]
    completed_at: Mapped[datetime | None]
    completed_by: Mapped[str | None]
    draft: Mapped[dict[str, object] | None] = mapped_column(JsonText)
    draft_by: Mapped[str | None]
    draft_at: Mapped[datetime | None]


class TaskKeyRow(Base):
    """A key under which an open task is found.

    *kind* is ``group`` or ``user`` (a candidate) or ``word`` (of its texts).
    Only open tasks have keys, so lists stay as fast as the open work is
    small; *claimed* and *sort_due* follow the task.
    """

    __tablename__ = "task_key"
    __table_args__ = (Index(None, "kind", "name", "claimed", "sort_due", "task_id"),)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("task.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    claimed: Mapped[bool]
    sort_due: Mapped[datetime]


# --- time, messages, work outside the transaction ---------------------------------


class TimerRow(Base):
    """A moment at which something must happen, and afterwards its ledger line.

    It belongs to a token of an instance or to a timer start event. *state* is
    ``armed``, ``paused`` (its instance is suspended), ``fired`` or
    ``cancelled``.
    """

    __tablename__ = "timer"
    __table_args__ = (
        CheckConstraint(
            "(instance_id IS NULL) <> (start_event_id IS NULL)", name="one_owner"
        ),
        UniqueConstraint("instance_id", "token", "iteration"),
        UniqueConstraint("start_event_id", "iteration"),
        Index("ix_timer_armed", "due_at", sqlite_where=ARMED, postgresql_where=ARMED),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id"))
    start_event_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("start_event.id", ondelete="CASCADE")
    )
    token: Mapped[int]
    element_id: Mapped[str]
    iteration: Mapped[int]
    rule: Mapped[str]
    zone: Mapped[str]
    state: Mapped[str]
    due_at: Mapped[datetime]
    armed_at: Mapped[datetime]
    fired_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")


class SubscriptionRow(Base):
    """A token that waits for a message or signal."""

    __tablename__ = "subscription"
    __table_args__ = (Index(None, "kind", "name", "correlation_key"),)

    instance_id: Mapped[UUID] = mapped_column(
        ForeignKey("instance.id"), primary_key=True
    )
    token: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    element_id: Mapped[str]
    kind: Mapped[str]
    name: Mapped[str]
    correlation_key: Mapped[str | None]
    created_at: Mapped[datetime]


class BufferedMessageRow(Base):
    """A message that came before somebody waited for it."""

    __tablename__ = "buffered_message"
    __table_args__ = (Index(None, "name", "correlation_key"), Index(None, "expires_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    correlation_key: Mapped[str | None]
    variables: Mapped[dict[str, str]] = mapped_column(JsonText)
    actor: Mapped[str]
    received_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class JobRow(Base):
    """A service task that runs after the commit.

    *state* is ``ready``, ``done``, ``failed`` (an incident tells why) or
    ``cancelled``; a ready job is free from *due_at* and outside its lease.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("instance_id", "token"),
        Index("ix_job_ready", "due_at", sqlite_where=READY, postgresql_where=READY),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID] = mapped_column(ForeignKey("instance.id"))
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
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey("instance.id"))
    state: Mapped[str]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    leased_by: Mapped[str | None]
    leased_until: Mapped[datetime | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class IdempotencyRow(Base):
    """The answer that was given under an idempotency key."""

    __tablename__ = "idempotency"
    __table_args__ = (Index(None, "answered_at"),)

    scope: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    answer: Mapped[object] = mapped_column(JsonText)
    answered_at: Mapped[datetime]


# --- processes of the installation --------------------------------------------------


class HeartbeatRow(Base):
    """A process of ours that is alive; *kind* is ``serve`` or ``worker``."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    started_at: Mapped[datetime]
    beat_at: Mapped[datetime]


class LeaseRow(Base):
    """A chore that one process at a time does."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    leased_until: Mapped[datetime]


class TrainingClockRow(Base):
    """How far the training clock runs ahead, shared by all processes."""

    __tablename__ = "training_clock"

    name: Mapped[str] = mapped_column(Text, primary_key=True)
    ahead_seconds: Mapped[int] = mapped_column(Integer)
    moved_at: Mapped[datetime]
    moved_by: Mapped[str]
