"""The rows of remarks."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.tables.definitions import BundleRow
from workflows.bodies.tables import BodyRow
from workflows.cases.tables import CaseRow
from workflows.meetings.tables import MeetingRow
from workflows.remarks.model import RemarkStatus


class RemarkRow(Base):
    """A remark on a step, with the load of that step when it was pinned."""

    __tablename__ = "process_remark"
    __table_args__ = (
        Index(None, "body_key", "status"),
        Index(None, "bundle_key", "status"),
        Index(None, "author"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    bundle_key: Mapped[str]
    bundle_hash: Mapped[str] = mapped_column(ForeignKey(BundleRow.hash))
    version: Mapped[int]
    process_id: Mapped[str]
    process_name: Mapped[str]
    element_id: Mapped[str]
    element_name: Mapped[str]
    body_key: Mapped[str] = mapped_column(ForeignKey(BodyRow.key))
    case_number: Mapped[str | None] = mapped_column(ForeignKey(CaseRow.number))
    text: Mapped[str]
    author: Mapped[str]
    pinned_at: Mapped[datetime]
    live: Mapped[int]
    measured: Mapped[int]
    median: Mapped[int | None]
    p90: Mapped[int | None]
    status: Mapped[RemarkStatus]
    decision_text: Mapped[str]
    decided_in: Mapped[str | None] = mapped_column(ForeignKey(MeetingRow.number))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    draft_opened_at: Mapped[datetime | None]
    deployed_version: Mapped[int | None]
    deployed_at: Mapped[datetime | None]
    answer: Mapped[str]
    answered_at: Mapped[datetime | None]
    instance_id: Mapped[UUID | None]
