"""Reads the running cases: six statements, whatever their number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.model import InstanceStatus, TaskState
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.tables.tasks import TaskRow
from workflows.actions.model import ActionPoint, ActionState
from workflows.actions.repository import to_action
from workflows.actions.tables import ActionRow
from workflows.agenda.model import AgendaItem
from workflows.agenda.tables import AgendaItemRow
from workflows.calendar import local_day
from workflows.cases.model import CaseStatus
from workflows.cases.tables import CaseRow
from workflows.deadlines.model import Deadline
from workflows.deadlines.repository import to_deadline
from workflows.deadlines.tables import DeadlineRow
from workflows.meetings.model import Meeting, MeetingStatus
from workflows.meetings.tables import MeetingRow
from workflows.people.model import Role
from workflows.people.tables import OrganisationNameRow
from workflows.weekly.model import EntryKind, LastDecision, OpenTask, RunningCase
from workflows.weekly.tables import WeeklyEntryRow

RUNNING = {
    InstanceStatus.RUNNING: CaseStatus.OPEN,
    InstanceStatus.SUSPENDED: CaseStatus.SUSPENDED,
}
"""A suspended case runs as well: nobody else would look after it."""

_OUTSIDE = frozenset({Role.RENTAL_AGENCY.value, Role.PARTNER.value})
_HELD = (MeetingStatus.HELD, MeetingStatus.CLOSED)
_APPLICANT = (
    select(OrganisationNameRow.name)
    .where(OrganisationNameRow.organisation_id == CaseRow.organisation_id)
    .order_by(OrganisationNameRow.starts_on.desc())
    .limit(1)
    .correlate(CaseRow)
    .scalar_subquery()
)
# Without the state of the process, which is long and says nothing here.
_CASES = (
    select(
        CaseRow.number,
        CaseRow.kind,
        CaseRow.address,
        _APPLICANT.label("organisation_name"),
        CaseRow.owner_name,
        CaseRow.inspector,
        InstanceRow.status,
        InstanceRow.milestone.label("phase"),
        CaseRow.opened_at,
    )
    .join(InstanceRow, InstanceRow.id == CaseRow.instance_id)
    .where(InstanceRow.status.in_(RUNNING))
)

_Value = TypeVar("_Value")


def running_cases(
    session: Session, meeting: Meeting, *, number: str | None = None
) -> list[RunningCase]:
    """Return the cases that are not closed, or the one with this *number*.

    *meeting* looks back on the decisions of the meetings before it.
    """
    tasks = _tasks(session, number)
    deadlines = _deadlines(session, number)
    agenda = _agenda(session, number)
    actions = _actions(session, number)
    last = _last_decisions(session, meeting, number)
    rows = session.execute(_only(_CASES, number)).mappings()
    return [
        RunningCase(
            **{**row, "status": RUNNING[row["status"]]},
            tasks=tuple(tasks.get(row["number"], ())),
            deadlines=tuple(deadlines.get(row["number"], ())),
            agenda=tuple(agenda.get(row["number"], ())),
            actions=tuple(actions.get(row["number"], ())),
            last=last.get(row["number"]),
        )
        for row in rows
    ]


def _tasks(session: Session, number: str | None) -> Mapping[str, list[OpenTask]]:
    query = (
        select(
            CaseRow.number,
            TaskRow.id,
            TaskRow.name,
            TaskRow.assignee,
            TaskRow.candidate_groups,
            TaskRow.candidate_users,
            TaskRow.due_at,
        )
        .join(TaskRow, TaskRow.instance_id == CaseRow.instance_id)
        .where(TaskRow.state == TaskState.OPEN)
        .order_by(TaskRow.sort_due, TaskRow.id)
    )
    return _grouped(session.execute(_only(query, number)), _to_task)


def _deadlines(session: Session, number: str | None) -> Mapping[str, list[Deadline]]:
    query = (
        _of_running(select(CaseRow.number, DeadlineRow), DeadlineRow.case_number)
        .where(DeadlineRow.met_at.is_(None))
        .order_by(DeadlineRow.due_at)
    )
    rows = session.execute(_only(query, number))
    return _grouped(rows, lambda found: to_deadline(found[1]))


def _agenda(session: Session, number: str | None) -> Mapping[str, list[AgendaItem]]:
    query = (
        _of_running(
            select(CaseRow.number, AgendaItemRow, CaseRow.address),
            AgendaItemRow.case_number,
        )
        .where(AgendaItemRow.concluded_on.is_(None))
        .order_by(AgendaItemRow.added_at, AgendaItemRow.id)
    )
    return _grouped(session.execute(_only(query, number)), _to_item)


def _actions(session: Session, number: str | None) -> Mapping[str, list[ActionPoint]]:
    query = (
        _of_running(select(CaseRow.number, ActionRow), ActionRow.case_number)
        .where(ActionRow.state == ActionState.OPEN)
        .order_by(ActionRow.due_on, ActionRow.id)
    )
    rows = session.execute(_only(query, number))
    return _grouped(rows, lambda found: to_action(found[1]))


def _last_decisions(
    session: Session, meeting: Meeting, number: str | None
) -> Mapping[str, LastDecision]:
    newest = func.row_number().over(
        partition_by=WeeklyEntryRow.case_number,
        order_by=(MeetingRow.starts_at.desc(), MeetingRow.number.desc()),
    )
    query = _of_running(
        select(
            CaseRow.number,
            WeeklyEntryRow.decision,
            WeeklyEntryRow.note,
            MeetingRow.starts_at,
            MeetingRow.number.label("meeting"),
            newest.label("rank"),
        ),
        WeeklyEntryRow.case_number,
    ).join(MeetingRow, MeetingRow.number == WeeklyEntryRow.meeting_number)
    told = query.where(
        WeeklyEntryRow.kind == EntryKind.DECIDED,
        MeetingRow.status.in_(_HELD),
        MeetingRow.starts_at < meeting.starts_at,
    )
    ranked = _only(told, number).subquery()
    rows = session.execute(select(ranked).where(ranked.c.rank == 1)).mappings()
    return {
        row["number"]: LastDecision(
            text=row["decision"] or row["note"],
            on=local_day(row["starts_at"]),
            meeting_number=row["meeting"],
        )
        for row in rows
    }


def _of_running(
    query: Select[*tuple[Any, ...]], key: InstrumentedAttribute[str | None]
) -> Select[*tuple[Any, ...]]:
    """Join what bears the number of a case with the cases that run."""
    return (
        query.join(CaseRow, CaseRow.number == key)
        .join(InstanceRow, InstanceRow.id == CaseRow.instance_id)
        .where(InstanceRow.status.in_(RUNNING))
    )


def _only(
    query: Select[*tuple[Any, ...]], number: str | None
) -> Select[*tuple[Any, ...]]:
    return query if number is None else query.where(CaseRow.number == number)


def _grouped(
    rows: Iterable[Row[*tuple[Any, ...]]],
    make: Callable[[Row[*tuple[Any, ...]]], _Value],
) -> Mapping[str, list[_Value]]:
    """Group rows by the number of the case, their first column."""
    grouped: dict[str, list[_Value]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(make(row))
    return grouped


def _to_task(found: Row[*tuple[Any, ...]]) -> OpenTask:
    groups: Sequence[str] = found.candidate_groups
    named = bool(found.assignee or found.candidate_users)
    return OpenTask(
        id=found.id,
        name=found.name,
        assignee=found.assignee,
        candidate_groups=tuple(groups),
        due_at=found.due_at,
        is_ours=bool(set(groups) - _OUTSIDE) if groups else named,
    )


def _to_item(found: Row[*tuple[Any, ...]]) -> AgendaItem:
    _, row, address = found
    return AgendaItem(
        id=row.id,
        case_number=row.case_number,
        address=address,
        reason=row.reason,
        added_at=row.added_at,
        concluded_on=row.concluded_on,
        conclusion=row.conclusion,
        concluded_by=row.concluded_by,
    )
