"""Queries on cases, giving model values."""

from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Row,
    Select,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.orm import Session

from engine.model import InstanceStatus, TaskState
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.tables.tasks import TaskRow
from workflows.cases.model import (
    Case,
    CaseFile,
    CaseNote,
    CasePage,
    CaseQuery,
    CaseSort,
    CaseStatus,
    VlokReferences,
)
from workflows.cases.tables import CaseNoteRow, CaseRow
from workflows.errors import UnknownError
from workflows.people.tables import OrganisationNameRow

_STATUS = {
    InstanceStatus.RUNNING: CaseStatus.OPEN,
    InstanceStatus.SUSPENDED: CaseStatus.SUSPENDED,
    InstanceStatus.COMPLETED: CaseStatus.CLOSED,
    InstanceStatus.CANCELLED: CaseStatus.CLOSED,
}
_STOPPED = "stopped"
"""The outcome of a case that was stopped from outside: its process reached none."""
_NEXT_DUE = (
    select(func.min(TaskRow.due_at))
    .where(TaskRow.instance_id == InstanceRow.id, TaskRow.state == TaskState.OPEN)
    .correlate(InstanceRow)
    .scalar_subquery()
)
_NAME = (
    select(OrganisationNameRow.name)
    .where(OrganisationNameRow.organisation_id == CaseRow.organisation_id)
    .order_by(OrganisationNameRow.starts_on.desc())
    .limit(1)
    .correlate(CaseRow)
    .scalar_subquery()
)
_ORDERS: dict[CaseSort, tuple[ColumnExpressionArgument[Any], ...]] = {
    CaseSort.NEWEST: (CaseRow.opened_at.desc(), CaseRow.number.desc()),
    CaseSort.OLDEST: (CaseRow.opened_at, CaseRow.number),
    CaseSort.DUE: (_NEXT_DUE.is_(None), _NEXT_DUE, CaseRow.number),
    CaseSort.ADDRESS: (CaseRow.address, CaseRow.number),
}


def case(session: Session, number: str) -> Case:
    """Return a case by its number; raise ``UnknownError`` without."""
    found = session.execute(_cases().where(CaseRow.number == number)).one_or_none()
    if found is None:
        raise UnknownError(number, "Het dossier")
    return _to_case(found)


def case_file(session: Session, number: str) -> CaseFile:
    """Return a case without the state of its process, which may just begin."""
    query = select(CaseRow, _NAME).where(CaseRow.number == number)
    found = session.execute(query).one_or_none()
    if found is None:
        raise UnknownError(number, "Het dossier")
    return CaseFile(**_file_facts(*found))


def case_of_instance(session: Session, instance_id: UUID) -> Case | None:
    """Return the case that a process instance serves."""
    query = _cases().where(CaseRow.instance_id == instance_id)
    found = session.execute(query).one_or_none()
    return None if found is None else _to_case(found)


def case_row(session: Session, number: str) -> CaseRow:
    """Return the row of a case, to be changed; raise ``UnknownError`` without."""
    row = session.get(CaseRow, number)
    if row is None:
        raise UnknownError(number, "Het dossier")
    return row


def find(session: Session, query: CaseQuery) -> CasePage:
    """Return one page of the cases that *query* asks for, with their number."""
    conditions = _conditions(query)
    page = (
        _cases()
        .where(*conditions, *_after(query))
        .order_by(*_ORDERS[query.sort])
        .offset(query.offset)
        .limit(query.limit)
    )
    count = (
        select(func.count(CaseRow.number))
        .join(InstanceRow, InstanceRow.id == CaseRow.instance_id)
        .where(*conditions)
    )
    return CasePage(
        cases=tuple(_to_case(found) for found in session.execute(page)),
        total=session.scalars(count).one(),
        offset=query.offset,
        limit=query.limit,
    )


def numbers_of(session: Session, organisation_ids: Collection[UUID]) -> frozenset[str]:
    """Return the numbers of all cases of these applicants, for their task list."""
    query = select(CaseRow.number).where(CaseRow.organisation_id.in_(organisation_ids))
    return frozenset(session.scalars(query))


def instances_of(session: Session, organisation_ids: Collection[UUID]) -> set[UUID]:
    """Return the instances of all cases of these applicants.

    Another process can bear the number of a case, such as an action point of the
    city on it; that one is not the applicant's.
    """
    query = select(CaseRow.instance_id).where(
        CaseRow.organisation_id.in_(organisation_ids)
    )
    return {each for each in session.scalars(query) if each is not None}


def addresses(session: Session, numbers: Collection[str]) -> dict[str, str]:
    """Return the address of each of these cases, running or not."""
    query = select(CaseRow.number, CaseRow.address).where(CaseRow.number.in_(numbers))
    return {row.number: row.address for row in session.execute(query)}


def milestones(session: Session) -> list[str]:
    """Return the milestones that cases stand at, for the filter of the list."""
    query = (
        select(InstanceRow.milestone)
        .join(CaseRow, CaseRow.instance_id == InstanceRow.id)
        .distinct()
    )
    return sorted(name for name in session.scalars(query) if name)


def notes(session: Session, number: str) -> list[CaseNote]:
    """Return the notes of a case, the newest first."""
    query = (
        select(CaseNoteRow)
        .where(CaseNoteRow.case_number == number)
        .order_by(CaseNoteRow.at.desc(), CaseNoteRow.id)
    )
    return [
        CaseNote(at=row.at, by=row.by, text=row.text) for row in session.scalars(query)
    ]


def _cases() -> Select[CaseRow, InstanceRow, datetime | None, str | None]:
    return select(CaseRow, InstanceRow, _NEXT_DUE, _NAME).join(
        InstanceRow, InstanceRow.id == CaseRow.instance_id
    )


def _conditions(query: CaseQuery) -> list[ColumnElement[bool]]:
    """Make a condition of each part of *query* that is filled in."""
    return [*_equalities(query), *_ranges(query), *_words(query.text)]


def _equalities(query: CaseQuery) -> list[ColumnElement[bool]]:
    pairs = (
        (CaseRow.kind, query.kind),
        (CaseRow.inspector, query.inspector),
        (CaseRow.unit_id, query.unit_id),
        (InstanceRow.milestone, query.milestone),
        (InstanceRow.outcome, query.outcome),
    )
    conditions = [column == value for column, value in pairs if value]
    if query.status is not None:
        wanted = [key for key, value in _STATUS.items() if value is query.status]
        conditions.append(InstanceRow.status.in_(wanted))
    if query.organisation_ids is not None:
        conditions.append(CaseRow.organisation_id.in_(query.organisation_ids))
    return conditions


def _ranges(query: CaseQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.opened_from is not None:
        start = datetime.combine(query.opened_from, time.min, tzinfo=UTC)
        conditions.append(CaseRow.opened_at >= start)
    if query.opened_until is not None:
        end = datetime.combine(query.opened_until, time.min, tzinfo=UTC)
        conditions.append(CaseRow.opened_at < end + timedelta(days=1))
    if query.overdue_at is not None:
        conditions.append(query.overdue_at > _NEXT_DUE)
    return conditions


def _after(query: CaseQuery) -> list[ColumnElement[bool]]:
    if query.after is None:
        return []
    at, number = CaseRow.opened_at, CaseRow.number
    here = literal(query.after[0], at.type), literal(query.after[1], number.type)
    place, last = tuple_(at, number), tuple_(*here)
    return [place < last if query.sort is CaseSort.NEWEST else place > last]


def _words(text: str) -> list[ColumnElement[bool]]:
    """Each word must occur; signs with a meaning in LIKE are taken literally."""
    return [
        CaseRow.search.contains(word, autoescape=True)
        for word in text.casefold().split()
    ]


def _to_case(
    found: Row[CaseRow, InstanceRow, datetime | None, str | None],
) -> Case:
    row, instance, next_due_at, organisation_name = found
    cancelled = instance.status is InstanceStatus.CANCELLED
    return Case(
        **_file_facts(row, organisation_name),
        instance_id=instance.id,
        status=_STATUS[instance.status],
        milestone=instance.milestone,
        outcome=instance.outcome or (_STOPPED if cancelled else None),
        closed_at=instance.ended_at,
        next_due_at=next_due_at,
    )


def _file_facts(row: CaseRow, organisation_name: str | None) -> dict[str, Any]:
    """Return the facts of a case that don't depend on its process."""
    return {
        "number": row.number,
        "kind": row.kind,
        "organisation_id": row.organisation_id,
        "organisation_name": organisation_name,
        "unit_id": row.unit_id,
        "address": row.address,
        "owner_name": row.owner_name,
        "owner_email": row.owner_email,
        "occupant_name": row.occupant_name,
        "inspector": row.inspector,
        "opened_at": row.opened_at,
        "opened_by": row.opened_by,
        "vlok": VlokReferences(
            case=row.vlok_case,
            inspection=row.vlok_inspection,
            entity=row.vlok_entity,
        ),
    }
