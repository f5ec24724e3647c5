"""Consultation bodies, their members, and what partners may see of cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class BodyKind(StrEnum):
    """What kind of body it is; the value names its process as well."""

    COORDINATION_GROUP = "coordination_group"
    CORE_GROUP = "core_group"
    SOUNDING_BOARD = "sounding_board"
    WORK_GROUP = "work_group"
    WEEKLY = "weekly"
    PERIODIC = "periodic"
    PARTNERSHIP = "partnership"


KIND_NAMES: Mapping[BodyKind, str] = {
    BodyKind.COORDINATION_GROUP: "Coördinatiegroep (lokaal woonoverleg)",
    BodyKind.CORE_GROUP: "Kerngroep",
    BodyKind.SOUNDING_BOARD: "Klankbordgroep",
    BodyKind.WORK_GROUP: "Werkgroep",
    BodyKind.WEEKLY: "Wekelijks overleg",
    BodyKind.PERIODIC: "Periodiek overleg",
    BodyKind.PARTNERSHIP: "Intergemeentelijke samenwerking",
}

PROCESSES: Mapping[BodyKind, str] = {
    BodyKind.COORDINATION_GROUP: "coordination_cycle",
    BodyKind.CORE_GROUP: "coordination_cycle",
    BodyKind.SOUNDING_BOARD: "coordination_cycle",
    BodyKind.WEEKLY: "weekly_quality_meeting",
    BodyKind.PERIODIC: "periodic_consultation",
    BodyKind.PARTNERSHIP: "periodic_consultation",
}
"""The process that each meeting of a body of this kind runs."""


BUNDLE_KEY = "consultation"
"""The bundle that holds the processes of the bodies."""

DECIDING = (BodyKind.COORDINATION_GROUP, BodyKind.CORE_GROUP)
"""The kinds that decide about policy questions and hear the work groups."""

LOCAL_CONSULTATION = (*DECIDING, BodyKind.SOUNDING_BOARD)
"""The kinds whose meetings are a local housing consultation (lokaal woonoverleg).

Their minutes go to Wonen in Vlaanderen (BVR 16-11-2018, art. 3).
"""


class CaseView(StrEnum):
    """How much of a shared case a partner sees; each view holds the one before."""

    MINIMAL = "minimal"
    PROGRESS = "progress"
    FINDINGS = "findings"


VIEW_NAMES: Mapping[CaseView, str] = {
    CaseView.MINIMAL: "nummer, adres en fase",
    CaseView.PROGRESS: "ook termijnen en verloop",
    CaseView.FINDINGS: "ook de vaststellingen en de werken",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredPoint:
    """A point that the agenda of a body must hold, such as K8.

    *yearly_minimum* is how often it must be discussed in a calendar year;
    0 asks for no count.
    """

    code: str
    title: str
    position: int
    yearly_minimum: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A consultation body.

    *rhythm* is an ISO 8601 period between two meetings (``P3M``), None when it
    has none; *wanted_per_year* is the agreed number of meetings, *legal_minimum*
    what the law asks. *chair* and *secretary* are user names. *source* tells
    where its rules stand, *verified* whether that was checked (decision D13).
    The meetings of the bodies that have this one as parent count for it as well.
    """

    key: str
    kind: BodyKind
    name: str
    prefix: str
    parent_key: str | None
    rhythm: str | None
    wanted_per_year: int | None
    legal_minimum: int | None
    chair: str | None
    secretary: str | None
    starts_on: date
    ends_on: date | None
    source: str
    verified: bool
    points: tuple[RequiredPoint, ...] = ()

    @property
    def kind_name(self) -> str:
        """The kind in Dutch."""
        return KIND_NAMES[self.kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody who sits in a body, up to and including *ends_on*.

    *mandated* tells a mandate holder from a civil servant or another member.
    *must_attend*: a social housing organisation must accept the invitation
    (Besluit Vlaamse Codex Wonen, boek 2; BVR 16-11-2018 art. 3).
    """

    id: UUID
    body_key: str
    name: str
    email: str | None
    user_name: str | None
    organisation_id: UUID | None
    organisation_name: str | None
    capacity: str
    mandated: bool
    must_attend: bool
    deputy_id: UUID | None
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the membership holds on *day*."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Somebody of a body who gets mail; *user_name* is None without an account."""

    name: str
    email: str
    user_name: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRight:
    """What an organisation may see of cases in a body, and on which ground.

    *shared_only*: only cases that were marked as shared with it.
    """

    id: UUID
    organisation_id: UUID
    organisation_name: str
    body_key: str
    view: CaseView
    shared_only: bool
    legal_ground: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseShare:
    """A case that was marked as shared with an organisation, with its ground."""

    id: UUID
    case_number: str
    organisation_id: UUID
    organisation_name: str
    legal_ground: str
    shared_at: datetime
    shared_by: str
    ended_at: datetime | None
    ended_by: str | None
