"""The rows of papers."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from engine.persistence.types import JsonText
from workflows.meetings.tables import MeetingRow
from workflows.papers.model import PaperKind


class PaperRow(Base):
    """A paper with its bytes, and with what it was made of."""

    __tablename__ = "paper"
    __table_args__ = (Index(None, "meeting_number", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    kind: Mapped[PaperKind]
    audience: Mapped[str]
    title: Mapped[str]
    file_name: Mapped[str]
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    sha256: Mapped[str]
    data: Mapped[dict[str, object]] = mapped_column(JsonText, deferred=True)
    template_hash: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
