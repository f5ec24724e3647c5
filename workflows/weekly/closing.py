"""Closing a weekly meeting: all that it decided is done in one transaction."""

from collections.abc import Callable, Mapping
from typing import Protocol
from uuid import UUID

from engine import replanning
from engine.errors import EngineError
from engine.mail import Attachment
from engine.model import HumanTask, Incident
from engine.persistence.unit_of_work import UnitOfWork
from engine.registry import ServiceCall
from engine.step import Variables
from workflows.actions.service import NewAction, NewDecision, add_from, decide
from workflows.agenda.service import settle
from workflows.calendar import local_day, local_moment
from workflows.deadlines.model import END_OF_DAY
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.meetings import mails
from workflows.meetings import repository as meetings
from workflows.meetings.guards import require_short, touch
from workflows.meetings.model import Meeting, MeetingStatus
from workflows.meetings.service import add_line, plan_from
from workflows.papers import repository as papers
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.weekly import repository
from workflows.weekly.attendance import absentees
from workflows.weekly.checks import CONTROL, refusals
from workflows.weekly.decision_list import make_list
from workflows.weekly.guards import refuse_closed, weekly_meeting
from workflows.weekly.model import Entry, EntryKind, PlanKind, PlanLine
from workflows.weekly.service import next_in_series, planned_next

DONE = "Uitgevoerd"
LONGEST_REMARKS = 2000
HELD_IN = "hold_meeting"
"""The user task in which a weekly meeting is held."""


class Tasks(Protocol):
    """Finds and completes tasks; ``engine.tasks`` is one."""

    def of_instance(self, work: UnitOfWork, instance_id: UUID) -> list[HumanTask]:
        """Return all tasks of an instance, oldest first."""

    def complete(
        self, work: UnitOfWork, task_id: UUID, *, data: Variables, by: str
    ) -> HumanTask:
        """Complete an open task, once."""


class Incidents(Protocol):
    """Knows what stands still; ``engine.incidents`` is one."""

    def open(self, work: UnitOfWork) -> list[Incident]:
        """Return the open incidents."""


class MeetingEngine(Protocol):
    """What closing a meeting needs of the engine."""

    @property
    def tasks(self) -> Tasks:
        """Where tasks are completed."""

    @property
    def incidents(self) -> Incidents:
        """Where it stands what broke."""


def close(call: ServiceCall, number: str) -> None:
    """Carry out what a meeting decided, and close it.

    Agenda items are concluded, decisions registered, planned work started in the
    cases; the decision list is made and mailed to who was absent, and the next
    meeting planned. Raise ``InvalidDataError`` with all that stands in the way,
    ``ClosedMeanwhileError`` when somebody closed it before.
    """
    work = call.work
    row = meetings.locked_row(work.session, number)
    refuse_closed(work, row)
    meeting = weekly_meeting(work, number)
    standing_in_the_way = refusals(work, meeting)
    if standing_in_the_way:
        raise InvalidDataError({CONTROL: " ".join(standing_in_the_way)})
    for entry in repository.entries(work.session, number):
        if entry.kind is EntryKind.DECIDED:
            _record(work, meeting, entry, by=call.actor)
    for line in repository.plan_lines(work.session, number):
        outcome = _PLANS[line.kind](call, meeting, line)
        repository.plan_row(work.session, number, line.id).outcome = outcome
    row.held_at = row.held_at or meeting.starts_at
    row.closed_at = work.now
    row.closed_by = call.actor
    row.status = MeetingStatus.CLOSED
    touch(work, row, call.actor)
    _tell(work, meetings.meeting(work.session, number), by=call.actor)
    if planned_next(work) is None:
        plan_from(call, next_in_series(work, meeting.starts_at))


def finish(
    work: UnitOfWork,
    engine: MeetingEngine,
    number: str,
    *,
    by: Actor,
    remarks: str = "",
) -> None:
    """Complete the task of the meeting, which closes it; all of it or nothing.

    Raise ``AnswersRefusedError`` with what stands in the way, ``TaskNotOpenError``
    with who closed it before and when.
    """
    require(by, Action.RUN_MEETING)
    task = held_in(work, engine, weekly_meeting(work, number))
    if task is None:
        sentence = "Dit overleg begint pas wanneer zijn lijst gemaakt is."
        raise NotAllowedNowError(number, "not_begun", sentence)
    said = remarks.strip()
    require_short({"remarks": said}, LONGEST_REMARKS)
    if said:
        add_line(work, number, by=by.name, text=f"Opmerking bij het overleg: {said}")
    data = {"meeting_remarks": said or None}
    engine.tasks.complete(work, task.id, data=data, by=by.name)
    if meetings.meeting_row(work.session, number).status is MeetingStatus.CLOSED:
        return
    sentence = (
        "Het overleg kon niet worden afgesloten. Er is niets gewijzigd."
        f" {_obstacle(work, engine, task.instance_id)}"
    )
    raise NotAllowedNowError(number, "stuck", sentence.strip())


def held_in(
    work: UnitOfWork, engine: MeetingEngine, meeting: Meeting
) -> HumanTask | None:
    """Return the task in which a meeting is held, None before its list is made."""
    if meeting.instance_id is None:
        return None
    tasks = engine.tasks.of_instance(work, meeting.instance_id)
    held = [task for task in tasks if task.element_id == HELD_IN]
    return held[-1] if held else None


def _obstacle(work: UnitOfWork, engine: MeetingEngine, instance_id: UUID) -> str:
    """Tell why the process of a meeting stands still."""
    found = engine.incidents.open(work)
    told = [each.message for each in found if each.instance_id == instance_id]
    return told[-1] if told else ""


def _record(work: UnitOfWork, meeting: Meeting, entry: Entry, *, by: str) -> None:
    """Put a decision in the register, and take agenda items off the list."""
    if not entry.decision:
        return
    decision = NewDecision(
        body_key=meeting.body_key,
        meeting_number=meeting.number,
        title=f"Dossier {entry.case_number}",
        text=entry.decision,
        case_number=entry.case_number,
    )
    decide(work, decision, by=by)
    for item_id in entry.concludes:
        settle(work, item_id, conclusion=entry.decision, by=by)


def _start_action(call: ServiceCall, meeting: Meeting, line: PlanLine) -> str:
    assert line.due_on is not None  # noqa: S101 - planning asks for a day
    new = NewAction(
        body_key=meeting.body_key,
        text=line.text,
        owner=line.owner,
        owner_name=line.owner_name,
        due_on=max(line.due_on, local_day(call.now)),
        meeting_number=meeting.number,
        case_number=line.case_number,
    )
    return f"Actiepunt {add_from(call, new).number}"


def _assign(call: ServiceCall, meeting: Meeting, line: PlanLine) -> str:
    task_id, owner = line.task_id, line.owner
    assert task_id is not None  # noqa: S101 - the line is of this kind
    assert owner is not None  # noqa: S101 - the line is of this kind
    return _unless_gone(
        lambda: replanning.assign(call.work, task_id, to=owner, by=call.actor)
    )


def _reschedule(call: ServiceCall, meeting: Meeting, line: PlanLine) -> str:
    task_id, due_on = line.task_id, line.due_on
    assert task_id is not None  # noqa: S101 - the line is of this kind
    assert due_on is not None  # noqa: S101 - the line is of this kind
    due_at = local_moment(due_on, END_OF_DAY)
    return _unless_gone(
        lambda: replanning.reschedule(call.work, task_id, due_at, by=call.actor)
    )


def _unless_gone(change: Callable[[], object]) -> str:
    """Change an open task; one that was done since the talk needs no planning."""
    try:
        change()
    except EngineError as error:
        return f"Niet uitgevoerd: {error}"
    return DONE


def _tell(work: UnitOfWork, meeting: Meeting, *, by: str) -> None:
    """Make the decision list, and mail it to who was not there."""
    paper = make_list(work, meeting, by=by)
    content = papers.content(work.session, paper.id)
    enclosed = Attachment(
        name=paper.file_name, media_type=paper.media_type, content=content
    )
    mails.write(
        work,
        meeting,
        "decision_list",
        absentees(work, meeting),
        subject="weekly",
        attachments=(enclosed,),
    )


_PLANS: Mapping[PlanKind, Callable[[ServiceCall, Meeting, PlanLine], str]] = {
    PlanKind.ACTION: _start_action,
    PlanKind.ASSIGN: _assign,
    PlanKind.RESCHEDULE: _reschedule,
}
