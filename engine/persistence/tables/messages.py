"""Tokens that wait for a message, and messages that wait for a token."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.types import JsonText


class SubscriptionRow(Base):
    """A token that waits for a message or signal."""

    __tablename__ = "subscription"
    __table_args__ = (Index(None, "kind", "name", "correlation_key"),)

    instance_id: Mapped[UUID] = mapped_column(
        ForeignKey(InstanceRow.id), primary_key=True
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
