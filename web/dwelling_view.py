"""The dwellings of a rental agency: where is each, what is next, by when."""

from dataclasses import dataclass
from datetime import datetime

from engine.model import HumanTask, TaskState
from engine.persistence.unit_of_work import UnitOfWork
from web.services import services
from workflows.cases.model import Case, CaseKind, CaseStatus
from workflows.deadlines import repository as deadlines
from workflows.deadlines.model import Deadline
from workflows.documents import repository as documents
from workflows.documents.model import Document
from workflows.people.model import ROLE_NAMES, Role
from workflows.works import repository as works
from workflows.works.model import WorksList


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
    next_steps: list[NextStep]
    deadlines: list[Deadline]
    works: WorksList | None
    documents: list[Document]
    can_report_works: bool
    can_withdraw: bool


def view_of(work: UnitOfWork, case: Case) -> DwellingView:
    """Return what the agency sees of *case*."""
    tasks = services().engine.tasks.of_instance(work, case.instance_id)
    newest = next(iter(works.works_of(work.session, case.number)), None)
    is_open = case.status is CaseStatus.OPEN
    return DwellingView(
        case=case,
        next_steps=[_next(task) for task in tasks if task.state is TaskState.OPEN],
        deadlines=[
            each
            for each in deadlines.deadlines_of(work.session, case.number)
            if each.is_open
        ],
        works=newest,
        documents=documents.documents_of(work.session, case.number),
        can_report_works=is_open and newest is not None and newest.done_on is None,
        can_withdraw=is_open and case.kind is CaseKind.SVK_INTAKE,
    )


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
