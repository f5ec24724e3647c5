"""Queries on the list of a weekly meeting and on what is said of its cases."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engine.persistence.base import table_of
from engine.persistence.identity import new_id
from engine.persistence.tables.instances import InstanceRow
from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases.tables import CaseRow
from workflows.errors import UnknownError
from workflows.weekly.model import (
    Entry,
    EntryKind,
    Place,
    PlanKind,
    PlanLine,
    RunningCase,
    Section,
    Writing,
)
from workflows.weekly.running import RUNNING
from workflows.weekly.tables import WeeklyCaseRow, WeeklyEntryRow, WeeklyPlanRow


def places(session: Session, meeting_number: str) -> list[Place]:
    """Return the running cases in the order of the list, in one statement.

    What was opened after the list was made comes at its end, the oldest first.
    """
    return [
        Place(
            number=row.number,
            address=row.address,
            section=row.section or Section.NEW,
            kind=row.kind,
            is_begun=bool(row.version),
        )
        for row in session.execute(_PLACES, {"meeting": meeting_number})
    ]


def is_running(session: Session, case_number: str) -> bool:
    """Tell whether a case isn't closed."""
    query = (
        select(CaseRow.number)
        .join(InstanceRow, InstanceRow.id == CaseRow.instance_id)
        .where(CaseRow.number == case_number, InstanceRow.status.in_(RUNNING))
    )
    return session.scalar(query) is not None


def is_listed(session: Session, meeting_number: str) -> bool:
    """Tell whether the list of a meeting was made."""
    query = select(WeeklyCaseRow.position).where(
        WeeklyCaseRow.meeting_number == meeting_number
    )
    return session.scalar(query.limit(1)) is not None


def write_list(
    session: Session,
    meeting_number: str,
    placed: Iterable[tuple[Section, RunningCase]],
) -> None:
    """Write the order of the list, in the place of an earlier one."""
    old = WeeklyCaseRow.meeting_number == meeting_number
    session.execute(delete(WeeklyCaseRow).where(old))
    rows = [
        {
            "meeting_number": meeting_number,
            "case_number": case.number,
            "position": position,
            "section": section,
        }
        for position, (section, case) in enumerate(placed)
    ]
    if rows:
        session.execute(insert(WeeklyCaseRow), rows)


def entry(session: Session, meeting_number: str, case_number: str) -> Entry:
    """Return what is written of a case, as the database has it now."""
    query = (
        select(WeeklyEntryRow)
        .where(
            WeeklyEntryRow.meeting_number == meeting_number,
            WeeklyEntryRow.case_number == case_number,
        )
        .execution_options(populate_existing=True)
    )
    row = session.scalar(query)
    if row is None:
        return _blank(meeting_number, case_number)
    return _to_entry(row)


def entries(session: Session, meeting_number: str) -> list[Entry]:
    """Return all entries of a meeting, by the number of the case."""
    query = (
        select(WeeklyEntryRow)
        .where(WeeklyEntryRow.meeting_number == meeting_number)
        .order_by(WeeklyEntryRow.case_number)
        .execution_options(populate_existing=True)
    )
    return [_to_entry(row) for row in session.scalars(query)]


def take_entries(
    work: UnitOfWork, meeting_number: str, case_numbers: Iterable[str], *, by: str
) -> None:
    """See to it that each of these cases has an entry, be it a blank one.

    Two people who begin at once get the same one.
    """
    rows = [
        {
            "id": new_id(work.now),
            "meeting_number": meeting_number,
            "case_number": case_number,
            "note": "",
            "decision": "",
            "reason": "",
            "concludes": [],
            "version": 0,
            "written_at": work.now,
            "written_by": by,
        }
        for case_number in case_numbers
    ]
    if not rows:
        return
    table = table_of(WeeklyEntryRow)
    if work.session.get_bind().dialect.name == "postgresql":
        on_server = postgresql.insert(table).values(rows)
        work.session.execute(on_server.on_conflict_do_nothing())
    else:
        in_file = sqlite.insert(table).values(rows)
        work.session.execute(in_file.on_conflict_do_nothing())


def overwrite(session: Session, writing: Writing, values: Mapping[str, object]) -> bool:
    """Write *values* over a version of an entry; tell whether it still was there."""
    changed = session.execute(
        update(WeeklyEntryRow)
        .where(
            WeeklyEntryRow.meeting_number == writing.meeting_number,
            WeeklyEntryRow.case_number == writing.case_number,
            WeeklyEntryRow.version == writing.version,
        )
        .values(version=writing.version + 1, **values)
        .returning(WeeklyEntryRow.id)
        .execution_options(synchronize_session=False)
    )
    return changed.first() is not None


def pass_over(
    work: UnitOfWork,
    meeting_number: str,
    case_numbers: Sequence[str],
    *,
    reason: str,
    by: str,
) -> int:
    """Write *reason* where nothing was recorded or planned yet; return how often."""
    take_entries(work, meeting_number, case_numbers, by=by)
    planned = select(WeeklyPlanRow.entry_id)
    changed = work.session.execute(
        update(WeeklyEntryRow)
        .where(
            WeeklyEntryRow.meeting_number == meeting_number,
            WeeklyEntryRow.case_number.in_(case_numbers),
            WeeklyEntryRow.kind.is_(None),
            WeeklyEntryRow.decision == "",
            WeeklyEntryRow.id.not_in(planned),
        )
        .values(
            kind=EntryKind.BULK,
            reason=reason,
            version=WeeklyEntryRow.version + 1,
            written_at=work.now,
            written_by=by,
        )
        .returning(WeeklyEntryRow.id)
        .execution_options(synchronize_session=False)
    )
    return len(changed.all())


def plan_lines(
    session: Session, meeting_number: str, *, case_number: str | None = None
) -> list[PlanLine]:
    """Return the planned changes of a meeting, or of one case in it."""
    query = (
        select(WeeklyPlanRow, WeeklyEntryRow.case_number)
        .join(WeeklyEntryRow, WeeklyEntryRow.id == WeeklyPlanRow.entry_id)
        .where(WeeklyEntryRow.meeting_number == meeting_number)
        .order_by(WeeklyEntryRow.case_number, WeeklyPlanRow.id)
    )
    if case_number is not None:
        query = query.where(WeeklyEntryRow.case_number == case_number)
    return [to_line(row, number) for row, number in session.execute(query)]


def entry_to_plan(session: Session, meeting_number: str, case_number: str) -> UUID:
    """Return the id of an entry that gets planned work: it isn't unchanged any more."""
    session.execute(
        update(WeeklyEntryRow)
        .where(
            WeeklyEntryRow.meeting_number == meeting_number,
            WeeklyEntryRow.case_number == case_number,
            WeeklyEntryRow.kind.in_((EntryKind.NO_CHANGE, EntryKind.BULK)),
        )
        .values(kind=None, reason="")
        .execution_options(synchronize_session=False)
    )
    found = entry(session, meeting_number, case_number)
    if found.id is None:
        raise UnknownError(case_number, "Het dossier in dit overleg")
    return found.id


def forget_plan(
    session: Session, entry_id: UUID, kind: PlanKind, task_id: UUID
) -> None:
    """Remove the earlier planning of this kind of an open task."""
    session.execute(
        delete(WeeklyPlanRow).where(
            WeeklyPlanRow.entry_id == entry_id,
            WeeklyPlanRow.kind == kind,
            WeeklyPlanRow.task_id == task_id,
        )
    )


def plan_row(session: Session, meeting_number: str, line_id: UUID) -> WeeklyPlanRow:
    """Return the row of a planned change, to be changed."""
    query = (
        select(WeeklyPlanRow)
        .join(WeeklyEntryRow, WeeklyEntryRow.id == WeeklyPlanRow.entry_id)
        .where(
            WeeklyPlanRow.id == line_id,
            WeeklyEntryRow.meeting_number == meeting_number,
        )
    )
    row = session.scalar(query)
    if row is None:
        raise UnknownError(line_id, "De planning")
    return row


def _blank(meeting_number: str, case_number: str) -> Entry:
    return Entry(
        id=None,
        meeting_number=meeting_number,
        case_number=case_number,
        kind=None,
        note="",
        decision="",
        reason="",
        concludes=(),
        version=0,
        written_at=None,
        written_by=None,
    )


def _to_entry(row: WeeklyEntryRow) -> Entry:
    return Entry(
        id=row.id,
        meeting_number=row.meeting_number,
        case_number=row.case_number,
        kind=row.kind,
        note=row.note,
        decision=row.decision,
        reason=row.reason,
        concludes=tuple(UUID(each) for each in row.concludes),
        version=row.version,
        written_at=row.written_at,
        written_by=row.written_by,
    )


def to_line(row: WeeklyPlanRow, case_number: str) -> PlanLine:
    """Return a planned change as a value."""
    return PlanLine(
        id=row.id,
        case_number=case_number,
        kind=row.kind,
        task_id=row.task_id,
        text=row.text,
        owner=row.owner,
        owner_name=row.owner_name,
        due_on=row.due_on,
        outcome=row.outcome,
        planned_by=row.planned_by,
    )


# Made once: each screen of a case asks for it.
_PLACES = (
    select(
        CaseRow.number,
        CaseRow.address,
        WeeklyCaseRow.section,
        WeeklyEntryRow.kind,
        WeeklyEntryRow.version,
    )
    .join(InstanceRow, InstanceRow.id == CaseRow.instance_id)
    .outerjoin(
        WeeklyCaseRow,
        (WeeklyCaseRow.case_number == CaseRow.number)
        & (WeeklyCaseRow.meeting_number == bindparam("meeting")),
    )
    .outerjoin(
        WeeklyEntryRow,
        (WeeklyEntryRow.case_number == CaseRow.number)
        & (WeeklyEntryRow.meeting_number == bindparam("meeting")),
    )
    .where(InstanceRow.status.in_(RUNNING))
    .order_by(
        WeeklyCaseRow.position.is_(None),
        WeeklyCaseRow.position,
        CaseRow.opened_at,
        CaseRow.number,
    )
)
