"""The page of a meeting: everything that somebody may see of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model import HumanTask, TaskState, Timer
from engine.persistence.unit_of_work import UnitOfWork
from web.services import services
from web.task_view import names_of
from workflows.bodies import repository as bodies
from workflows.bodies.model import Body
from workflows.bodies.service import subject_of
from workflows.meetings import absence, points, repository, steps
from workflows.meetings.dates import Term
from workflows.meetings.model import (
    OVER,
    PREPARED,
    AgendaPoint,
    Attendance,
    Meeting,
    MeetingLine,
)
from workflows.minutes.model import STATE_NAMES, Minutes, MinutesState
from workflows.minutes.reading import Eyes
from workflows.minutes.repository import minutes_of
from workflows.papers import service as papers
from workflows.papers.model import Paper
from workflows.people.model import Actor
from workflows.people.rights import Action, may, reads_all_cases, require


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """A term with whether it passed."""

    term: Term
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """A meeting as its page shows it; what somebody may not see is empty."""

    meeting: Meeting
    body: Body
    names: Mapping[str, str]
    terms: list[TermLine]
    items_until: datetime | None
    points: tuple[AgendaPoint, ...]
    attendance: list[Attendance]
    neglected: list[str]
    minutes: Minutes
    state: MinutesState
    papers: list[Paper]
    open_tasks: list[HumanTask]
    lines: list[MeetingLine]
    timers: list[tuple[str, Timer]]
    runs: bool
    may_hand_in: bool

    @property
    def state_name(self) -> str:
        """How far the minutes are, in Dutch."""
        return STATE_NAMES[self.state]

    @property
    def can_move(self) -> bool:
        """Whether its date can still change."""
        return self.runs and self.meeting.status in PREPARED

    @property
    def can_order(self) -> bool:
        """Whether the agenda can still be put in another order."""
        return self.runs and self.meeting.status in PREPARED

    @property
    def can_change(self) -> bool:
        """Whether who runs it can still change agenda and attendance."""
        return (
            self.runs and self.meeting.status not in OVER and not self.minutes.is_locked
        )


def read_meeting(work: UnitOfWork, actor: Actor, number: str) -> MeetingView:
    """Return the meeting for *actor*; raise ``ForbiddenError`` if he may not see it."""
    meeting = repository.meeting(work.session, number)
    require(actor, Action.READ_MEETING, subject_of(work, meeting.body_key))
    found = repository.points_of(work.session, number)
    shown = points_for(work, actor, meeting, found)
    counted = steps.terms(work, meeting)
    attendance = repository.attendance_of(work.session, number)
    minutes = minutes_of(work.session, number)
    return MeetingView(
        meeting=meeting,
        body=bodies.body(work.session, meeting.body_key),
        names=names_of(work),
        terms=[TermLine(term=term, passed=term.at < work.now) for term in counted],
        items_until=next((t.at for t in counted if t.name == "items_until"), None),
        points=shown,
        attendance=attendance,
        neglected=absence.neglected_duty(attendance),
        minutes=minutes,
        state=minutes.state(work.now),
        papers=papers.readable(work, number, by=actor),
        open_tasks=_open_tasks(work, actor, number),
        lines=repository.lines_of(work.session, number) if actor.is_city else [],
        timers=_timers(work, number) if may(actor, Action.READ_JOURNAL) else [],
        runs=may(actor, Action.RUN_MEETING),
        may_hand_in=may(actor, Action.ADD_AGENDA_POINT)
        and points.takes_points(work, meeting, actor),
    )


def points_for(
    work: UnitOfWork, actor: Actor, meeting: Meeting, found: list[AgendaPoint]
) -> tuple[AgendaPoint, ...]:
    """Return the points that *actor* sees: a partner not those on cases of others."""
    if reads_all_cases(actor):
        return tuple(found)
    return Eyes(work, meeting.body_key, actor.organisation_ids).points(found)


def _open_tasks(work: UnitOfWork, actor: Actor, number: str) -> list[HumanTask]:
    if not actor.is_city:
        return []
    engine = services().engine
    found = [
        task
        for instance in engine.instances.of_case(work, number)
        for task in engine.tasks.of_instance(work, instance.id)
    ]
    return [task for task in found if task.state is TaskState.OPEN]


def _timers(work: UnitOfWork, number: str) -> list[tuple[str, Timer]]:
    """Return the ledger of the meeting, each timer with the name of its element."""
    engine = services().engine
    found = []
    for instance in engine.instances.of_case(work, number):
        compiled = engine.definitions.compiled(work, instance.bundle_hash)
        for timer in engine.timers.of_instance(work, instance.id):
            names = (
                compiled.element_name(process, timer.element_id)
                for process in compiled.processes
            )
            drawn = next((n for n in names if n != timer.element_id), timer.element_id)
            found.append((drawn, timer))
    return found
