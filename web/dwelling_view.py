"""The dwellings of a rental agency: where is each, what is next, by when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model import HumanTask, TaskState
from engine.persistence.unit_of_work import UnitOfWork
from web.expected import can_report_works, can_withdraw
from web.services import services
from web.standstill import broken_steps
from web.suspension import Suspension, suspension_of
from workflows.cases.model import Case, CaseStatus
from workflows.cases.phases import Phase, PhaseState
from workflows.cases.progress import progress
from workflows.certificates import repository as certificates
from workflows.certificates.model import Certificate
from workflows.deadlines import repository as deadlines
from workflows.deadlines.model import Deadline
from workflows.documents import repository as documents
from workflows.documents.model import Document
from workflows.people.model import ROLE_NAMES, Actor, Role
from workflows.works import repository as works
from workflows.works.model import WorksList

PHASE_WORDS: Mapping[PhaseState, str] = {
    PhaseState.DONE: "klaar",
    PhaseState.NOW: "nu bezig",
    PhaseState.NEXT: "volgt nog",
    PhaseState.MISSED: "niet bereikt",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What has to happen now, by whom, by when; *task* is set when it is theirs."""

    name: str
    who: str
    due_at: datetime | None
    task: HumanTask | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DwellingView:
    """One dwelling as the agency that offered it sees it."""

    case: Case
    suspension: Suspension | None
    is_stuck: bool
    phases: tuple[Phase, ...]
    next_steps: list[NextStep]
    deadlines: list[Deadline]
    works: WorksList | None
    certificate: Certificate | None
    documents: list[Document]
    can_report_works: bool
    can_withdraw: bool


def view_of(work: UnitOfWork, actor: Actor, case: Case) -> DwellingView:
    """Return what *actor* of the agency sees of *case*."""
    tasks = services().engine.tasks.of_instance(work, case.instance_id)
    return DwellingView(
        case=case,
        suspension=suspension_of(work, case),
        is_stuck=bool(broken_steps(work, case)),
        phases=progress(work, case),
        next_steps=[_next(task) for task in tasks if task.state is TaskState.OPEN],
        deadlines=_running(work, case),
        works=next(iter(works.works_of(work.session, case.number)), None),
        certificate=_newest(work, case),
        documents=documents.documents_of(work.session, case.number),
        can_report_works=can_report_works(work, actor, case),
        can_withdraw=can_withdraw(work, actor, case),
    )


def _running(work: UnitOfWork, case: Case) -> list[Deadline]:
    if case.status is CaseStatus.CLOSED:
        return []
    found = deadlines.deadlines_of(work.session, case.number)
    return [each for each in found if each.is_open]


def _newest(work: UnitOfWork, case: Case) -> Certificate | None:
    found = certificates.certificates_of(work.session, case.number)
    return next(iter(found), None)


def _next(task: HumanTask) -> NextStep:
    own = Role.RENTAL_AGENCY in task.candidate_groups
    roles = [ROLE_NAMES[Role(g)] for g in task.candidate_groups if g in list(Role)]
    by_city = f"door de stad ({', '.join(roles)})" if roles else "door de stad"
    return NextStep(
        name=task.name,
        who="door u" if own else by_city,
        due_at=task.due_at,
        task=task if own else None,
    )
