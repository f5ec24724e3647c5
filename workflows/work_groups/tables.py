"""The rows of policy questions and work groups."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.persistence.base import Base
from workflows.bodies.tables import BodyRow
from workflows.meetings.tables import MeetingRow
from workflows.work_groups.model import (
    Choice,
    FeedbackState,
    GroupStatus,
    QuestionStatus,
)


class PolicyQuestionRow(Base):
    """A question to the coordination group, its decision and its answer."""

    __tablename__ = "policy_question"
    __table_args__ = (
        Index(None, "status"),
        Index(None, "asked_by"),
        Index(None, "decided_in"),
    )

    number: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    question: Mapped[str]
    reason: Mapped[str]
    wished_result: Mapped[str]
    wished_on: Mapped[date | None]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    status: Mapped[QuestionStatus]
    choice: Mapped[Choice | None]
    decision_reason: Mapped[str]
    other_group: Mapped[str]
    decided_in: Mapped[str | None] = mapped_column(ForeignKey(MeetingRow.number))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    answer: Mapped[str]
    answered_at: Mapped[datetime | None]
    answer_seen_at: Mapped[datetime | None]
    instance_id: Mapped[UUID | None]


class WorkGroupRow(Base):
    """A work group; never without the one who answers for its feedback."""

    __tablename__ = "work_group"
    __table_args__ = (
        UniqueConstraint("body_key"),
        Index(None, "status"),
        Index(None, "responsible"),
        Index(None, "founded_in"),
    )

    question_number: Mapped[str] = mapped_column(
        ForeignKey(PolicyQuestionRow.number), primary_key=True
    )
    body_key: Mapped[str] = mapped_column(ForeignKey(BodyRow.key))
    name: Mapped[str]
    mandate: Mapped[str]
    frequency: Mapped[str]
    ends_on: Mapped[date]
    responsible: Mapped[str]
    status: Mapped[GroupStatus]
    founded_at: Mapped[datetime]
    founded_by: Mapped[str]
    founded_in: Mapped[str | None] = mapped_column(ForeignKey(MeetingRow.number))
    noted_on: Mapped[date | None]
    without_since: Mapped[datetime | None]
    replace_until: Mapped[datetime | None]
    final_report: Mapped[str]
    proposed_answer: Mapped[str]
    proposed_at: Mapped[datetime | None]
    closing_reason: Mapped[str]
    closing_agreed: Mapped[bool | None]
    closing_decided_in: Mapped[str | None] = mapped_column(
        ForeignKey(MeetingRow.number)
    )
    closing_decided_at: Mapped[datetime | None]
    closing_decided_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class WorkGroupResponsibleRow(Base):
    """Who answered for the feedback of a work group, and until when."""

    __tablename__ = "work_group_responsible"
    __table_args__ = (Index(None, "question_number", "starts_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    question_number: Mapped[str] = mapped_column(
        ForeignKey(WorkGroupRow.question_number)
    )
    user_name: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    leaving_reason: Mapped[str]


class WorkGroupFeedbackRow(Base):
    """The note that a work group owes a meeting."""

    __tablename__ = "work_group_feedback"
    __table_args__ = (
        UniqueConstraint("question_number", "meeting_number"),
        Index(None, "meeting_number"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    question_number: Mapped[str] = mapped_column(
        ForeignKey(WorkGroupRow.question_number)
    )
    meeting_number: Mapped[str] = mapped_column(ForeignKey(MeetingRow.number))
    due_at: Mapped[datetime | None]
    state: Mapped[FeedbackState]
    note: Mapped[str]
    given_at: Mapped[datetime | None]
    given_by: Mapped[str | None]


class WorkGroupMeetingRow(Base):
    """A meeting that a work group held, as its responsible notes it."""

    __tablename__ = "work_group_meeting"
    __table_args__ = (Index(None, "question_number", "held_on"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    question_number: Mapped[str] = mapped_column(
        ForeignKey(WorkGroupRow.question_number)
    )
    held_on: Mapped[date]
    note: Mapped[str]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str]
