"""The processes of the installation and what they share."""

from datetime import datetime

from sqlalchemy import Index, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.types import JsonText


class IdempotencyRow(Base):
    """The answer that was given under an idempotency key."""

    __tablename__ = "idempotency"
    __table_args__ = (Index(None, "answered_at"),)

    scope: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    request_hash: Mapped[str]
    answer: Mapped[object] = mapped_column(JsonText)
    answered_at: Mapped[datetime]


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
