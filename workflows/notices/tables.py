"""The rows of notices."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.cases.tables import CaseRow
from workflows.notices.model import Addressee, Channel


class NoticeRow(Base):
    """A notice to one recipient, as it was written."""

    __tablename__ = "notice"
    __table_args__ = (Index(None, "case_number"), Index(None, "written_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case_number: Mapped[str] = mapped_column(ForeignKey(CaseRow.number))
    template: Mapped[str]
    addressee: Mapped[Addressee]
    name: Mapped[str]
    email: Mapped[str | None]
    channel: Mapped[Channel]
    subject: Mapped[str]
    text: Mapped[str]
    written_at: Mapped[datetime]
    mail_id: Mapped[UUID | None]
