"""The weekly meeting as its pages show it: the list, and the screen of one case."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from engine.persistence.unit_of_work import UnitOfWork
from web.dutch import day_of
from workflows.actions import repository as actions
from workflows.actions.model import DecisionQuery, ListedDecision
from workflows.calendar import local_day
from workflows.meetings import repository as meetings
from workflows.meetings.model import OVER, Attendance, Meeting
from workflows.papers import repository as papers
from workflows.papers.model import Paper, PaperKind
from workflows.people import repository as people
from workflows.people.model import User
from workflows.weekly import repository
from workflows.weekly.checks import refusals
from workflows.weekly.figures import Figures, figures
from workflows.weekly.guards import gone, weekly_meeting
from workflows.weekly.model import (
    SECTION_NAMES,
    Entry,
    Place,
    PlanLine,
    Progress,
    RunningCase,
    progress,
)
from workflows.weekly.planning import staff
from workflows.weekly.running import running_cases

Names = Mapping[str, str]
WEEK = timedelta(days=7)
_DECISIONS = 5

_CAME_IN = "Bijgekomen sinds de lijst er is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A case on the list with what is written of it."""

    place: Place
    case: RunningCase
    entry: Entry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """The whole list of a meeting, in its parts."""

    meeting: Meeting
    today: date
    is_open: bool
    is_listed: bool
    parts: list[tuple[str, list[Line]]]
    gone: list[Entry]
    figures: Figures
    attendance: list[Attendance]
    in_the_way: list[str]
    names: Names
    decision_list: Paper | None
    first: str | None

    @property
    def left(self) -> int:
        """How many cases still have to be discussed."""
        counted = self.figures.progress
        return counted.running - counted.discussed


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseScreen:
    """One case on the shared screen; *position* counts from one."""

    meeting: Meeting
    today: date
    is_open: bool
    place: Place
    position: int
    progress: Progress
    before: str | None
    after: str | None
    case: RunningCase
    entry: Entry
    lines: list[PlanLine]
    elsewhere: list[ListedDecision]
    names: Names
    staff: list[User] = field(default_factory=list)

    @property
    def section_name(self) -> str:
        """The part of the list in Dutch."""
        return SECTION_NAMES[self.place.section]

    @property
    def next_day(self) -> date:
        """The day that new work is due on if nobody says otherwise: a week later."""
        return day_of(self.meeting.starts_at) + WEEK


def read_list(work: UnitOfWork, number: str) -> ListView:
    """Return the list of a meeting."""
    session = work.session
    meeting = weekly_meeting(work, number)
    is_open = meeting.status not in OVER
    places = [
        place
        for place in repository.places(session, number)
        if is_open or place.is_discussed  # what came in later was never on its list
    ]
    cases = {case.number: case for case in running_cases(session, meeting)}
    entries = {
        entry.case_number: entry for entry in repository.entries(session, number)
    }
    lines = [
        Line(place=place, case=cases[place.number], entry=entries.get(place.number))
        for place in places
        if place.number in cases
    ]
    made = papers.papers_of(session, number)
    return ListView(
        meeting=meeting,
        today=local_day(work.now),
        is_open=is_open,
        is_listed=repository.is_listed(session, number),
        parts=_parts(lines),
        gone=[each for each in entries.values() if each.case_number not in cases],
        figures=figures(places, cases.values(), on=local_day(work.now)),
        attendance=meetings.attendance_of(session, number),
        in_the_way=refusals(work, meeting) if is_open else [],
        names=_names(work),
        decision_list=next(
            (each for each in made if each.kind is PaperKind.DECISION_LIST), None
        ),
        first=first_undiscussed(places),
    )


def read_screen(
    work: UnitOfWork, number: str, case_number: str, *, writes: bool
) -> CaseScreen:
    """Return the screen of one case; *writes* asks for whom work can be given to.

    Raise ``NotAllowedNowError`` when the case doesn't run any more.
    """
    session = work.session
    meeting = weekly_meeting(work, number)
    places = repository.places(session, number)
    at = _position(places, case_number)
    (case,) = running_cases(session, meeting, number=case_number)
    return CaseScreen(
        meeting=meeting,
        today=local_day(work.now),
        is_open=meeting.status not in OVER,
        place=places[at],
        position=at + 1,
        progress=progress(places),
        before=places[at - 1].number if at else None,
        after=places[at + 1].number if at + 1 < len(places) else None,
        case=case,
        entry=repository.entry(session, number, case_number),
        lines=repository.plan_lines(session, number, case_number=case_number),
        elsewhere=_elsewhere(work, meeting, case_number),
        names=_names(work),
        staff=staff(work) if writes else [],
    )


def _elsewhere(
    work: UnitOfWork, meeting: Meeting, case_number: str
) -> list[ListedDecision]:
    """Return what other bodies decided on a case, the newest first."""
    query = DecisionQuery(case_number=case_number, limit=_DECISIONS)
    page = actions.decisions(work.session, query)
    return [
        each for each in page.decisions if each.decision.body_key != meeting.body_key
    ]


def next_undiscussed(work: UnitOfWork, number: str, case_number: str) -> str | None:
    """Return the next case without an entry, from the top when there is none after."""
    places = repository.places(work.session, number)
    at = next((i for i, each in enumerate(places) if each.number == case_number), -1)
    return first_undiscussed([*places[at + 1 :], *places[: at + 1]])


def first_undiscussed(places: list[Place]) -> str | None:
    """Return the first case without an entry."""
    return next((each.number for each in places if not each.is_discussed), None)


def _position(places: list[Place], case_number: str) -> int:
    for at, place in enumerate(places):
        if place.number == case_number:
            return at
    raise gone(case_number)


def _parts(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Return the sections in their order; what came in since stands at the end."""
    parts: list[tuple[str, list[Line]]] = []
    for section, found in groupby(lines, lambda line: line.place.section):
        name = SECTION_NAMES[section]
        again = any(name == before for before, _ in parts)
        parts.append((_CAME_IN if again else name, list(found)))
    return parts


def _names(work: UnitOfWork) -> Names:
    return {user.name: user.full_name for user in people.users(work.session)}
