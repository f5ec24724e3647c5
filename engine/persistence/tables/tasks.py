"""Human tasks and the keys under which open ones are found."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from engine.model import TaskState
from engine.persistence.base import Base
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.types import JsonText

OPEN = text("state = 'open'")
# The beginning of a word is a range of words only in the order of the bytes.
BYTEWISE = Text().with_variant(Text(collation="C"), "postgresql")


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
    instance_id: Mapped[UUID] = mapped_column(ForeignKey(InstanceRow.id))
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
    draft: Mapped[dict[str, str] | None] = mapped_column(JsonText)
    draft_by: Mapped[str | None]
    draft_at: Mapped[datetime | None]


class TaskKeyRow(Base):
    """A key under which an open task is found.

    *kind* is ``group`` or ``user`` (a candidate) or ``word`` (of its texts).
    Only open tasks have keys, so lists stay as fast as the open work is
    small; *claimed* and *sort_due* follow the task.
    """

    __tablename__ = "task_key"
    __table_args__ = (
        Index(None, "kind", "name", "claimed", "sort_due", "task_id"),
        Index(None, "kind", "name", "claimed", "task_id"),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey(TaskRow.id), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    claimed: Mapped[bool]
    sort_due: Mapped[datetime]
