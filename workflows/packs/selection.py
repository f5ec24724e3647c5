"""Choosing the cases that a meeting talks about, with which partner may see them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.model import VIEW_NAMES
from workflows.bodies.sharing import views_in
from workflows.cases import repository as cases
from workflows.cases.model import Case, CaseQuery, CaseStatus
from workflows.errors import InvalidDataError
from workflows.meetings import repository, service
from workflows.meetings.model import AgendaPoint, Meeting, PointKind
from workflows.meetings.service import NewPoint
from workflows.people.model import Actor
from workflows.people.rights import Action, require

LISTED = 25
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlooker:
    """A partner who may see a case, and how much of it, in words."""

    name: str
    view: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A running case that could be chosen."""

    case: Case
    onlookers: tuple[Onlooker, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What the page to choose cases shows; *total* is of all that match."""

    meeting: Meeting
    chosen: tuple[tuple[AgendaPoint, tuple[Onlooker, ...]], ...]
    candidates: tuple[Candidate, ...]
    total: int
    has_partners: bool


def selection(work: UnitOfWork, number: str, *, text: str, by: Actor) -> Selection:
    """Return the chosen cases, and running ones in which the words of *text* occur."""
    require(by, Action.RUN_MEETING)
    meeting = repository.meeting(work.session, number)
    points = [
        point
        for point in repository.points_of(work.session, number)
        if point.kind is PointKind.CASE and point.case_number
    ]
    page = cases.find(
        work.session, CaseQuery(text=text, status=CaseStatus.OPEN, limit=LISTED)
    )
    taken = {point.case_number for point in points}
    free = [case for case in page.cases if case.number not in taken]
    numbers = [*taken, *(case.number for case in free)]
    seen = onlookers(work, meeting.body_key, [each for each in numbers if each])
    return Selection(
        meeting=meeting,
        chosen=tuple((point, seen[point.case_number or ""]) for point in points),
        candidates=tuple(
            Candidate(case=case, onlookers=seen[case.number]) for case in free
        ),
        total=page.total,
        has_partners=bool(bodies.partner_rights(work.session, meeting.body_key)),
    )


def onlookers(
    work: UnitOfWork, body_key: str, numbers: Iterable[str]
) -> Mapping[str, tuple[Onlooker, ...]]:
    """Return of each case which partners of a body may see it."""
    viewers = [
        (
            right.organisation_name,
            views_in(work.session, [right.organisation_id], body_key=body_key),
        )
        for right in bodies.partner_rights(work.session, body_key)
    ]
    return {
        number: tuple(
            Onlooker(name=name, view=VIEW_NAMES[seen])
            for name, viewer in viewers
            if (seen := viewer(number)) is not None
        )
        for number in numbers
    }


def choose(
    work: UnitOfWork, number: str, case_numbers: Collection[str], *, by: Actor
) -> int:
    """Put cases on the agenda, those that aren't there yet; return how many.

    Raise ``InvalidDataError`` when none is chosen, or too many at once.
    """
    require(by, Action.RUN_MEETING)
    if not 1 <= len(case_numbers) <= _MOST:
        sentence = f"Kies minstens één dossier, en hoogstens {_MOST} tegelijk."
        raise InvalidDataError({"cases": sentence})
    there = {each.case_number for each in repository.points_of(work.session, number)}
    wanted = [each for each in dict.fromkeys(case_numbers) if each not in there]
    for each in wanted:
        case = cases.case_file(work.session, each)
        new = NewPoint(
            kind=PointKind.CASE,
            title=f"Dossier {case.number}, {case.address}",
            case_number=case.number,
        )
        service.add_point(work, number, new, by=by.name)
    return len(wanted)
