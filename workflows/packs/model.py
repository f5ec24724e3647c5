"""The pack of a meeting, in words: what its page shows and its paper prints."""

from dataclasses import asdict, dataclass
from typing import Any

from workflows.bodies.model import CaseView


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPoint:
    """A point of the agenda; *position* counts what the audience sees."""

    position: int
    code: str
    kind: str
    title: str
    explanation: str
    warning: str
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A question, a remark on a process, or a proposal to close a work group."""

    position: int
    kind: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackLine:
    """What a work group reports to this meeting; *late* when it should have."""

    group: str
    state: str
    late: bool
    due: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An action point that is open."""

    number: str
    text: str
    owner: str
    due: str
    overdue: bool
    case_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureLine:
    """A figure with its value in words and where it comes from."""

    label: str
    value: str
    source: str
    hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureGroup:
    """The figures about one thing."""

    title: str
    lines: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSheet:
    """A table that the city entered."""

    title: str
    theme: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTerm:
    """A term of a case; *state* is ``good``, ``late``, ``running`` or ``none``."""

    name: str
    due: str
    state: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePhase:
    """A phase; *state* as in ``workflows.cases.phases``."""

    name: str
    state: str
    day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFinding:
    """A defect as it was seen."""

    category: str
    subject: str
    room: str
    note: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInspection:
    """A visit and what was seen."""

    kind: str
    day: str
    result: str
    findings: tuple[CaseFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWork:
    """A work that is asked for."""

    category: str
    subject: str
    room: str
    goal: str
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSheet:
    """A case on one page, as much of it as *view* allows.

    *applicant* and *inspector* are for the city. Owner and occupant are nowhere:
    the meeting doesn't need them.
    """

    number: str
    address: str
    kind: str
    phase: str
    view: CaseView
    explanation: str = ""
    applicant: str = ""
    inspector: str = ""
    opened: str = ""
    terms: tuple[CaseTerm, ...] = ()
    course: tuple[CasePhase, ...] = ()
    inspections: tuple[CaseInspection, ...] = ()
    works: tuple[CaseWork, ...] = ()
    works_done: str = ""

    @property
    def tells_progress(self) -> bool:
        """Whether terms and course are told."""
        return self.view is not CaseView.MINIMAL

    @property
    def tells_findings(self) -> bool:
        """Whether findings and works are told."""
        return self.view is CaseView.FINDINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When and where the meeting is."""

    number: str
    day: str
    hours: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """Everything that a meeting is prepared with, for one audience.

    *audience* is that of its paper, *audience_name* the partner, or empty.
    """

    audience: str
    audience_name: str
    body: str
    meeting: When
    points: tuple[PackPoint, ...]
    feedback: tuple[FeedbackLine, ...]
    actions: tuple[ActionLine, ...]
    topics: tuple[Topic, ...]
    figures_year: int
    quality: tuple[FigureLine, ...]
    figures: tuple[FigureGroup, ...]
    tables: tuple[TableSheet, ...]
    lists: tuple[TableSheet, ...]
    cases: tuple[CaseSheet, ...]

    def as_data(self) -> dict[str, Any]:
        """Return it as plain data for the template ``agenda_pack``."""
        return {"title": f"Agendabundel {self.body}", **asdict(self)}
