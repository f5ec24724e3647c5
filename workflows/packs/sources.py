"""What the packs of one meeting are made of, read once for all audiences."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine.persistence.unit_of_work import UnitOfWork
from workflows.actions import repository as actions
from workflows.actions.model import ActionPoint
from workflows.calendar import local_day
from workflows.cases import repository as cases
from workflows.cases.model import Case
from workflows.cases.phases import Phase
from workflows.cases.progress import progress
from workflows.deadlines import repository as deadlines
from workflows.deadlines.model import Deadline
from workflows.inspections import repository as inspections
from workflows.inspections.model import Inspection, InspectionStatus
from workflows.meetings import repository as meetings
from workflows.meetings.model import AgendaPoint, LastDiscussed, Meeting
from workflows.packs.keyfigures import YearFigures, running_year
from workflows.people import repository as people
from workflows.work_groups import repository as work_groups
from workflows.work_groups.model import Feedback
from workflows.works import repository as works
from workflows.works.model import WorksList


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """A case with everything that a page of it can tell."""

    case: Case
    phases: tuple[Phase, ...]
    deadlines: tuple[Deadline, ...]
    inspections: tuple[Inspection, ...]
    works: tuple[WorksList, ...]
    inspector_name: str


class CaseShelf:
    """The facts of cases, each read once."""

    def __init__(self, work: UnitOfWork) -> None:
        self.work = work
        self._known: dict[str, CaseFacts] = {}

    def case(self, number: str) -> CaseFacts:
        """Return the facts of a case; raise ``UnknownError`` without."""
        if number not in self._known:
            self._known[number] = _facts(self.work, number)
        return self._known[number]


class Sources(CaseShelf):
    """The meeting with all that its packs can tell."""

    def __init__(self, work: UnitOfWork, number: str) -> None:
        super().__init__(work)
        self.number = number

    @cached_property
    def meeting(self) -> Meeting:
        """The meeting."""
        return meetings.meeting(self.work.session, self.number)

    @cached_property
    def points(self) -> list[AgendaPoint]:
        """The whole agenda."""
        return meetings.points_of(self.work.session, self.number)

    @cached_property
    def last_discussed(self) -> Mapping[str, LastDiscussed]:
        """When each required point was discussed last, by code."""
        day = local_day(self.meeting.starts_at)
        return meetings.discussed_points(self.work.session, self.meeting.body_key, day)

    @cached_property
    def actions(self) -> list[ActionPoint]:
        """The open action points of the body."""
        return actions.open_of_body(self.work.session, self.meeting.body_key)

    @cached_property
    def cases_of_actions(self) -> Mapping[str, str | None]:
        """The case of the point that each action point came from, by its number."""
        return {
            each.number: meetings.point_row(
                self.work.session, each.point_id
            ).case_number
            for each in self.actions
            if each.point_id is not None
        }

    @cached_property
    def feedback(self) -> list[Feedback]:
        """What the work groups report to this meeting."""
        return work_groups.feedback_for(self.work.session, self.number)

    @cached_property
    def figures(self) -> YearFigures:
        """The figures of the running year."""
        return running_year(self.work)


def _facts(work: UnitOfWork, number: str) -> CaseFacts:
    session = work.session
    case = cases.case(session, number)
    seen = inspections.inspections_of(session, number)
    inspector = case.inspector
    return CaseFacts(
        case=case,
        phases=progress(work, case),
        deadlines=tuple(deadlines.deadlines_of(session, number)),
        inspections=tuple(
            each for each in seen if each.status is InspectionStatus.RECORDED
        ),
        works=tuple(works.works_of(session, number)),
        inspector_name=people.full_name(session, inspector) if inspector else "",
    )
