"""Moments at which something must happen."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.tables.definitions import StartEventRow
from engine.persistence.tables.instances import InstanceRow

ARMED = text("state = 'armed'")
RETRIED = text("state = 'armed' AND retry_at IS NOT NULL")


class TimerRow(Base):
    """A moment at which something must happen, and afterwards its ledger line.

    It belongs to a token of an instance or to a timer start event. *state* is
    ``armed``, ``paused`` (its instance is suspended), ``fired``,
    ``cancelled`` or ``failed`` (an incident tells why). *retry_at* holds a
    timer back whose firing failed; its *due_at* never changes.
    """

    __tablename__ = "timer"
    __table_args__ = (
        CheckConstraint(
            "(instance_id IS NULL) <> (start_event_id IS NULL)", name="one_owner"
        ),
        UniqueConstraint("instance_id", "token", "iteration"),
        UniqueConstraint("start_event_id", "iteration"),
        Index(
            "ix_timer_armed",
            "due_at",
            "id",
            sqlite_where=ARMED,
            postgresql_where=ARMED,
        ),
        Index(
            "ix_timer_retry",
            "retry_at",
            sqlite_where=RETRIED,
            postgresql_where=RETRIED,
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    instance_id: Mapped[UUID | None] = mapped_column(ForeignKey(InstanceRow.id))
    start_event_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(StartEventRow.id, ondelete="CASCADE")
    )
    token: Mapped[int]
    element_id: Mapped[str]
    iteration: Mapped[int]
    rule: Mapped[str]
    zone: Mapped[str]
    state: Mapped[str]
    due_at: Mapped[datetime]
    anchor_at: Mapped[datetime]
    armed_at: Mapped[datetime]
    fired_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    retry_at: Mapped[datetime | None]
