"""Planning in a meeting: new work, other hands, another date; done at its closing."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import local_day
from workflows.cases.model import CaseStatus
from workflows.errors import InvalidDataError, UnknownError
from workflows.meetings.guards import require_short
from workflows.people import repository as people
from workflows.people.model import ROLE_NAMES, Actor, Role, User
from workflows.people.rights import Action, require
from workflows.people.service import active_actor
from workflows.weekly import repository
from workflows.weekly.guards import (
    hold_open,
    require_running,
    weekly_meeting,
)
from workflows.weekly.model import OpenTask, PlanKind, PlanLine, RunningCase
from workflows.weekly.running import running_cases
from workflows.weekly.tables import WeeklyPlanRow

LONGEST_TASK = 500
STAFF = (Role.ADMIN, Role.INSPECTOR, Role.HEAD_OF_SERVICE)
"""Who gets work from this meeting: the people of the service."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTask:
    """Work that the meeting hands out; *owner* is a user name."""

    text: str
    owner: str
    due_on: date | None


def staff(work: UnitOfWork) -> list[User]:
    """Return the people of the service, by full name."""
    return people.holders_of_any(work.session, STAFF, on=local_day(work.now))


def plan_task(
    work: UnitOfWork, number: str, case_number: str, new: NewTask, *, by: Actor
) -> PlanLine:
    """Plan a new task, which becomes an action point on the case."""
    _begin(work, number, case_number, by)
    text = new.text.strip()
    require_short({"task": text}, LONGEST_TASK)
    problems = {} if text else {"task": "Schrijf wat er moet gebeuren."}
    problems |= _day_problems(work, new.due_on, "task_due")
    owner = next((user for user in staff(work) if user.name == new.owner), None)
    if owner is None:
        problems["task_owner"] = "Kies wie de taak uitvoert."
    if problems or owner is None:
        raise InvalidDataError(problems)
    line = _Line(kind=PlanKind.ACTION, text=text, owner=owner, due_on=new.due_on)
    return _add(work, number, case_number, line, by)


def plan_assignment(  # noqa: PLR0913 - all by keyword, all of one change
    work: UnitOfWork,
    number: str,
    case_number: str,
    task_id: UUID,
    *,
    to: str,
    by: Actor,
) -> PlanLine:
    """Plan that somebody else does an open task of the case."""
    _begin(work, number, case_number, by)
    task = _open_task(work, number, case_number, task_id)
    taker = _taker(work, task, to)
    line = _Line(
        kind=PlanKind.ASSIGN, text=task.name, owner=taker, due_on=None, task_id=task_id
    )
    return _add(work, number, case_number, line, by)


def plan_moment(  # noqa: PLR0913 - all by keyword, all of one change
    work: UnitOfWork,
    number: str,
    case_number: str,
    task_id: UUID,
    *,
    due_on: date | None,
    by: Actor,
) -> PlanLine:
    """Plan that an open task of the case is due on another day."""
    _begin(work, number, case_number, by)
    task = _open_task(work, number, case_number, task_id)
    problems = _day_problems(work, due_on, "open_due")
    if problems:
        raise InvalidDataError(problems)
    line = _Line(
        kind=PlanKind.RESCHEDULE,
        text=task.name,
        owner=None,
        due_on=due_on,
        task_id=task_id,
    )
    return _add(work, number, case_number, line, by)


def drop(work: UnitOfWork, number: str, line_id: UUID, *, by: Actor) -> None:
    """Take a planned change away again."""
    require(by, Action.RUN_MEETING)
    hold_open(work, number)
    work.session.delete(repository.plan_row(work.session, number, line_id))
    work.session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A planned change before it is a row."""

    kind: PlanKind
    text: str
    owner: User | None
    due_on: date | None
    task_id: UUID | None = None


def _begin(work: UnitOfWork, number: str, case_number: str, by: Actor) -> None:
    require(by, Action.RUN_MEETING)
    hold_open(work, number)
    require_running(work, case_number)


def _add(
    work: UnitOfWork, number: str, case_number: str, line: _Line, by: Actor
) -> PlanLine:
    """Add a line; a later change of the same kind to a task takes its place."""
    repository.take_entries(work, number, [case_number], by=by.name)
    entry_id = repository.entry_to_plan(work.session, number, case_number)
    if line.task_id is not None:
        repository.forget_plan(work.session, entry_id, line.kind, line.task_id)
    row = WeeklyPlanRow(
        id=new_id(work.now),
        entry_id=entry_id,
        kind=line.kind,
        task_id=line.task_id,
        text=line.text,
        owner=line.owner.name if line.owner else None,
        owner_name=line.owner.full_name if line.owner else "",
        due_on=line.due_on,
        outcome="",
        planned_at=work.now,
        planned_by=by.name,
    )
    work.session.add(row)
    work.session.flush()
    return repository.to_line(row, case_number)


def _case(work: UnitOfWork, number: str, case_number: str) -> RunningCase:
    meeting = weekly_meeting(work, number)
    found = running_cases(work.session, meeting, number=case_number)
    if not found:
        raise UnknownError(case_number, "Het lopende dossier")
    return found[0]


def _open_task(
    work: UnitOfWork, number: str, case_number: str, task_id: UUID
) -> OpenTask:
    case = _case(work, number, case_number)
    if case.status is CaseStatus.SUSPENDED:
        sentence = (
            "Dit dossier is opgeschort: zijn taken wijzigen pas na het hervatten."
        )
        raise InvalidDataError({"open_task": sentence})
    for task in case.tasks:
        if task.id == task_id:
            return task
    sentence = "Deze taak staat niet meer open. Kies een andere."
    raise InvalidDataError({"open_task": sentence})


def _taker(work: UnitOfWork, task: OpenTask, name: str) -> User:
    """Return who takes a task: somebody who may do that kind of work."""
    user = next(
        (each for each in people.users(work.session) if each.name == name), None
    )
    actor = None if user is None else active_actor(work, name)
    if user is None or actor is None:
        raise InvalidDataError({"open_owner": "Kies wie de taak overneemt."})
    if task.candidate_groups and not set(task.candidate_groups) & set(actor.groups):
        wanted = ", ".join(_group(each) for each in task.candidate_groups)
        sentence = f"{user.full_name} kan deze taak niet doen: ze is voor {wanted}."
        raise InvalidDataError({"open_owner": sentence})
    return user


def _group(name: str) -> str:
    return ROLE_NAMES[Role(name)] if name in list(Role) else name


def _day_problems(work: UnitOfWork, day: date | None, field: str) -> dict[str, str]:
    if day is None:
        return {field: "Kies een dag."}
    if day < local_day(work.now):
        return {field: "Kies een dag vanaf vandaag."}
    return {}
