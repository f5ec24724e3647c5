"""Use cases of deadlines."""

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from workflows.deadlines import repository
from workflows.deadlines.model import Plan, StepKind
from workflows.deadlines.tables import DeadlineRow


def start(work: UnitOfWork, case_number: str, plan: Plan) -> None:
    """Start a deadline as it was counted."""
    row = DeadlineRow(
        id=new_id(work.now),
        case_number=case_number,
        kind=plan.kind,
        starts_on=plan.starts_on,
        period=plan.period,
        due_at=plan.due_at,
        reminder_at=plan.step_at(StepKind.REMINDER),
        warning_at=plan.step_at(StepKind.WARNING),
        agenda_at=plan.step_at(StepKind.AGENDA),
        derivation=plan.derivation,
        started_at=work.now,
    )
    work.session.add(row)
    work.session.flush()


def meet(work: UnitOfWork, case_number: str, kind: str) -> None:
    """Note that what was due is done; without an open deadline nothing happens.

    After the end of the term it counts as breached, whether or not the timer
    said so yet.
    """
    row = repository.open_row(work.session, case_number, kind)
    if row is None:
        return
    row.met_at = work.now
    if work.now > row.due_at and row.breached_at is None:
        row.breached_at = row.due_at
    work.session.flush()


def breach(work: UnitOfWork, case_number: str, kind: str) -> None:
    """Note that the term ended before what was due was done."""
    row = repository.open_row(work.session, case_number, kind)
    if row is not None and row.breached_at is None:
        row.breached_at = work.now
        work.session.flush()


def explain_breach(
    work: UnitOfWork, case_number: str, kind: str, *, reason: str
) -> None:
    """Note why the newest term of this kind was not met, done by now or not."""
    row = repository.newest_row(work.session, case_number, kind)
    if row is not None:
        row.breach_reason = reason.strip()
        work.session.flush()
