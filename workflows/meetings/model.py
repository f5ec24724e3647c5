"""Meetings, their agenda and who was there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class MeetingStatus(StrEnum):
    """How far a meeting is."""

    PLANNED = "planned"
    AGENDA_OPEN = "agenda_open"
    INVITED = "invited"
    HELD = "held"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATUS_NAMES: Mapping[MeetingStatus, str] = {
    MeetingStatus.PLANNED: "Gepland",
    MeetingStatus.AGENDA_OPEN: "Agenda open",
    MeetingStatus.INVITED: "Uitgenodigd",
    MeetingStatus.HELD: "Gehouden",
    MeetingStatus.CLOSED: "Afgesloten",
    MeetingStatus.CANCELLED: "Afgelast",
}


class PointKind(StrEnum):
    """Where an agenda point comes from."""

    REQUIRED = "required"
    FEEDBACK = "feedback"
    ACTION = "action"
    QUESTION = "question"
    REMARK = "remark"
    CASE = "case"
    CLOSING = "closing"
    FREE = "free"


POINT_KIND_NAMES: Mapping[PointKind, str] = {
    PointKind.REQUIRED: "Vast punt",
    PointKind.FEEDBACK: "Terugkoppeling",
    PointKind.ACTION: "Open actiepunt",
    PointKind.QUESTION: "Beleidsvraag",
    PointKind.REMARK: "Opmerking bij een proces",
    PointKind.CASE: "Dossier",
    PointKind.CLOSING: "Afsluiten van een werkgroep",
    PointKind.FREE: "Vrij punt",
}


class Presence(StrEnum):
    """Whether a member was there."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


PRESENCE_NAMES: Mapping[Presence, str] = {
    Presence.PRESENT: "Aanwezig",
    Presence.EXCUSED: "Verontschuldigd",
    Presence.ABSENT: "Afwezig",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of a body; *number* (``KG-2026-1``) is its business key.

    *version* grows with each change: who saves an older one loses.
    """

    number: str
    body_key: str
    body_name: str
    sequence: int
    starts_at: datetime
    minutes_long: int
    place: str
    reason: str
    status: MeetingStatus
    instance_id: UUID | None
    planned_at: datetime
    planned_by: str
    agenda_approved_at: datetime | None
    agenda_approved_by: str | None
    called_at: datetime | None
    invited_at: datetime | None
    held_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    cancelled_reason: str | None
    version: int

    @property
    def status_name(self) -> str:
        """The status in Dutch."""
        return STATUS_NAMES[self.status]


PREPARED = frozenset(
    {MeetingStatus.PLANNED, MeetingStatus.AGENDA_OPEN, MeetingStatus.INVITED}
)
"""A meeting that was not held yet: it can still move or be cancelled."""

OVER = frozenset({MeetingStatus.CLOSED, MeetingStatus.CANCELLED})
"""A meeting that nothing changes any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPoint:
    """A point of an agenda, and what the meeting made of it.

    *reference* is the number of the question, remark, work group or action point
    that it is about. Bad news stands in *warning* (a missing feedback note).
    """

    id: UUID
    meeting_number: str
    position: int
    kind: PointKind
    code: str | None
    title: str
    explanation: str
    warning: str | None
    case_number: str | None
    reference: str | None
    added_by: str
    discussion: str
    conclusion: str
    decision: str
    version: int

    @property
    def is_discussed(self) -> bool:
        """Whether the minutes say anything about it."""
        return bool(self.discussion or self.conclusion or self.decision)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Whether a member was there; *replaced_by* names who came instead."""

    member_id: UUID
    member_name: str
    organisation_name: str | None
    capacity: str
    must_attend: bool
    presence: Presence | None
    replaced_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingLine:
    """What happened around a meeting, in a sentence."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDiscussed:
    """When a required point was discussed last, and how often this year."""

    code: str
    on: date | None
    this_year: int
