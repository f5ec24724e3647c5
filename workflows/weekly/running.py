"""Reads the running cases: six statements, whatever their number."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Result, Row, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from engine.model import InstanceStatus, TaskState
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.tables.tasks import TaskRow
from workflows.actions.model import ActionState
from workflows.actions.repository import to_action
from workflows.actions.tables import ActionRow
from workflows.agenda.model import AgendaItem
from workflows.agenda.tables import AgendaItemRow
from workflows.calendar import local_day
from workflows.cases.model import CaseStatus
from workflows.cases.tables import CaseRow
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

_Query = Select[*tuple[Any, ...]]
_Found = Row[*tuple[Any, ...]]
_Value = TypeVar("_Value")


def running_cases(
    session: Session, meeting: Meeting, *, number: str | None = None
) -> list[RunningCase]:
    """Return the cases that are not closed, or the one with this *number*.

    *meeting* looks back on the decisions of the meetings before it.
    """
    asked = _Asked(session=session, number=number, before=meeting.starts_at)
    tasks = _grouped(asked.rows(_TASKS), _to_task)
    deadlines = _grouped(asked.rows(_DEADLINES), lambda found: to_deadline(found[1]))
    agenda = _grouped(asked.rows(_AGENDA), _to_item)
    actions = _grouped(asked.rows(_ACTIONS), lambda found: to_action(found[1]))
    last = _grouped(asked.rows(_DECISIONS), _to_decision)
    return [
        RunningCase(
            **{**row, "status": RUNNING[row["status"]]},
            tasks=tuple(tasks.get(row["number"], ())),
            deadlines=tuple(deadlines.get(row["number"], ())),
            agenda=tuple(agenda.get(row["number"], ())),
            actions=tuple(actions.get(row["number"], ())),
            last=last.get(row["number"], [None])[0],
        )
        for row in asked.rows(_CASES).mappings()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Which cases are read: all, or the one of *number*."""

    session: Session
    number: str | None
    before: datetime

    def rows(self, queries: "_Queries") -> Result[*tuple[Any, ...]]:
        """Run the query for all, or the one for one."""
        told: dict[str, object] = {"before": self.before} if queries.looks_back else {}
        if self.number is None:
            return self.session.execute(queries.of_all, told)
        return self.session.execute(queries.of_one, {**told, "number": self.number})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Queries:
    """A query in its two forms; made once, for making it costs as much as asking."""

    of_all: _Query
    of_one: _Query
    looks_back: bool = False


def _both(query: _Query) -> _Queries:
    return _Queries(of_all=query, of_one=query.where(_IS_THE_ONE))


def _of_running(query: _Query, key: InstrumentedAttribute[Any]) -> _Query:
    """Join what bears the number of a case with the cases that run."""
    return (
        query.join(CaseRow, CaseRow.number == key)
        .join(InstanceRow, InstanceRow.id == CaseRow.instance_id)
        .where(InstanceRow.status.in_(RUNNING))
    )


def _grouped(
    rows: Iterable[_Found], make: Callable[[_Found], _Value]
) -> Mapping[str, list[_Value]]:
    """Group rows by the number of the case, their first column."""
    grouped: dict[str, list[_Value]] = {}
    for row in rows:
        grouped.setdefault(row[0], []).append(make(row))
    return grouped


def _to_task(found: _Found) -> OpenTask:
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


def _to_item(found: _Found) -> AgendaItem:
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


def _to_decision(found: _Found) -> LastDecision:
    return LastDecision(
        text=found.decision or found.note,
        on=local_day(found.starts_at),
        meeting_number=found.meeting,
    )


def _decisions() -> _Queries:
    """Ask for the newest decision per case, of the meetings before this one."""
    newest = func.row_number().over(
        partition_by=WeeklyEntryRow.case_number,
        order_by=(MeetingRow.starts_at.desc(), MeetingRow.number.desc()),
    )
    told = _of_running(
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
    both = _both(
        told.where(
            WeeklyEntryRow.kind == EntryKind.DECIDED,
            MeetingRow.status.in_(_HELD),
            MeetingRow.starts_at < bindparam("before"),
        )
    )
    return _Queries(
        of_all=_first_of(both.of_all), of_one=_first_of(both.of_one), looks_back=True
    )


def _first_of(told: _Query) -> _Query:
    ranked = told.subquery()
    return select(ranked).where(ranked.c.rank == 1)


_IS_THE_ONE = CaseRow.number == bindparam("number")
_APPLICANT = (
    select(OrganisationNameRow.name)
    .where(OrganisationNameRow.organisation_id == CaseRow.organisation_id)
    .order_by(OrganisationNameRow.starts_on.desc())
    .limit(1)
    .correlate(CaseRow)
    .scalar_subquery()
)
# Without the state of the process, which is long and says nothing here.
_CASES = _both(
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
_TASKS = _both(
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
_DEADLINES = _both(
    _of_running(select(CaseRow.number, DeadlineRow), DeadlineRow.case_number)
    .where(DeadlineRow.met_at.is_(None))
    .order_by(DeadlineRow.due_at)
)
_AGENDA = _both(
    _of_running(
        select(CaseRow.number, AgendaItemRow, CaseRow.address),
        AgendaItemRow.case_number,
    )
    .where(AgendaItemRow.concluded_on.is_(None))
    .order_by(AgendaItemRow.added_at, AgendaItemRow.id)
)
_ACTIONS = _both(
    _of_running(select(CaseRow.number, ActionRow), ActionRow.case_number)
    .where(ActionRow.state == ActionState.OPEN)
    .order_by(ActionRow.due_on, ActionRow.id)
)
_DECISIONS = _decisions()
