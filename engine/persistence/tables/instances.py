"""Process instances, their variables, journal and incidents."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model import InstanceStatus
from engine.persistence.base import Base
from engine.persistence.tables.definitions import BundleRow
from engine.persistence.types import JsonText

UNRESOLVED = text("resolved_at IS NULL")


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
    bundle_hash: Mapped[str] = mapped_column(ForeignKey(BundleRow.hash))
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
        ForeignKey(InstanceRow.id), primary_key=True
    )
    scope: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class JournalRow(Base):
    """A thing that happened; only ever added."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "at"),)

    instance_id: Mapped[UUID] = mapped_column(
        ForeignKey(InstanceRow.id), primary_key=True
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
    instance_id: Mapped[UUID] = mapped_column(ForeignKey(InstanceRow.id))
    token: Mapped[int]
    element_id: Mapped[str]
    kind: Mapped[str]
    message: Mapped[str]
    raised_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[str | None]
