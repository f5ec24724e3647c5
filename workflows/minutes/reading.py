"""The minutes of a meeting as one value, for a reader or an organisation.

What somebody from outside may not see of cases is left out here, and nowhere else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from workflows.actions import repository as actions
from workflows.actions.model import ActionPoint, Decision, ListedAction
from workflows.bodies import repository as bodies
from workflows.bodies.model import Body
from workflows.cases.model import CaseFile
from workflows.cases.repository import case_file
from workflows.meetings import absence, repository
from workflows.meetings.model import AgendaPoint, Attendance, Meeting
from workflows.minutes.model import Minutes
from workflows.minutes.repository import minutes_of
from workflows.packs.sight import Sight, names_a_case
from workflows.people import repository as people


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A meeting with everything that its minutes tell.

    A reader hears of no point on a case that he may not see, nor how many there
    are. *uris* are those of the mandates of members, where they are known.
    """

    meeting: Meeting
    body: Body
    minutes: Minutes
    attendance: tuple[Attendance, ...]
    neglected: tuple[str, ...]
    points: tuple[AgendaPoint, ...]
    decisions: tuple[Decision, ...]
    actions: tuple[ListedAction, ...]
    chair_name: str
    secretary_name: str
    uris: Mapping[UUID, str]


def record_of(work: UnitOfWork, number: str) -> Record:
    """Return the whole of a meeting, as the city sees it."""
    meeting = repository.meeting(work.session, number)
    body = bodies.body(work.session, meeting.body_key)
    attendance = repository.attendance_of(work.session, number)
    return Record(
        meeting=meeting,
        body=body,
        minutes=minutes_of(work.session, number),
        attendance=tuple(attendance),
        neglected=tuple(absence.neglected_duty(attendance)),
        points=tuple(repository.points_of(work.session, number)),
        decisions=tuple(actions.decisions_of_meeting(work.session, number)),
        actions=tuple(actions.actions_of_meeting(work.session, number)),
        chair_name=_name(work, body.chair),
        secretary_name=_name(work, body.secretary),
        uris=repository.mandate_uris(work.session, body.key),
    )


def for_organisations(
    work: UnitOfWork, record: Record, organisation_ids: Collection[UUID]
) -> Record:
    """Return what these organisations may read of it: no cases but those they see."""
    eyes = Eyes(work, record.meeting.body_key, organisation_ids)
    visible = eyes.points(record.points)
    shown = {point.id for point in visible} | {None}
    return replace(
        record,
        points=visible,
        decisions=tuple(
            replace(
                each,
                title=eyes.spared(each.case_number, each.title),
                text=eyes.spared(each.case_number, each.text),
            )
            for each in record.decisions
            if each.point_id in shown
            and eyes.read(each.case_number, each.title, each.text)
        ),
        actions=tuple(
            replace(each, action=_spared_action(eyes, each.action))
            for each in record.actions
            if each.action.point_id in shown
            and eyes.read(each.action.case_number, each.action.text)
        ),
    )


class Eyes:
    """How organisations read what is said in a body: no cases but those they see.

    Of a case that they see, the names of its owner and occupant are left out.
    """

    def __init__(
        self, work: UnitOfWork, body_key: str, organisation_ids: Collection[UUID]
    ) -> None:
        self._session = work.session
        self._sight = Sight(work.session, body_key, organisation_ids)
        self._files: dict[str, CaseFile] = {}

    def read(self, case_number: str | None, *texts: str) -> bool:
        """Tell whether they read texts that are about this case, or about none."""
        return self._sight.sees(case_number) and self._sight.reads(*texts)

    def spared(self, case_number: str | None, text: str) -> str:
        """Return a text about a case without the people of that case."""
        if case_number is None or not text:
            return text
        if case_number not in self._files:
            self._files[case_number] = case_file(self._session, case_number)
        return self._sight.spares(self._files[case_number], text)

    def points(self, points: Collection[AgendaPoint]) -> tuple[AgendaPoint, ...]:
        """Return the points that they read."""
        return tuple(
            self._spared_point(point)
            for point in points
            if self.read(point.case_number, *_texts(point))
        )

    def _spared_point(self, point: AgendaPoint) -> AgendaPoint:
        number = point.case_number
        if number is None:
            return point
        return replace(
            point,
            title=self.spared(number, point.title),
            explanation=self.spared(number, point.explanation),
            discussion=self.spared(number, point.discussion),
            conclusion=self.spared(number, point.conclusion),
            decision=self.spared(number, point.decision),
        )


def has_cases(record: Record) -> bool:
    """Tell whether the minutes are about cases, so that partners get their own."""
    return any(
        point.case_number or names_a_case(*_texts(point)) for point in record.points
    ) or any(
        each.action.case_number or names_a_case(each.action.text)
        for each in record.actions
    )


def _texts(point: AgendaPoint) -> tuple[str, ...]:
    return (
        point.title,
        point.explanation,
        point.discussion,
        point.conclusion,
        point.decision,
    )


def _spared_action(eyes: Eyes, action: ActionPoint) -> ActionPoint:
    return replace(action, text=eyes.spared(action.case_number, action.text))


def _name(work: UnitOfWork, user_name: str | None) -> str:
    return people.full_name(work.session, user_name) if user_name else ""
