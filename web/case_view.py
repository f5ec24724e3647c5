"""The dossier page: everything that somebody may see of one case."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.model import HumanTask, JournalEntry, TaskState
from engine.outbox import OutgoingMail
from engine.persistence.unit_of_work import UnitOfWork
from web.course import CourseStep, course_of
from web.services import services
from web.task_view import Facts, facts_of, names_of
from workflows.cases import repository as cases
from workflows.cases.model import Case, CaseNote
from workflows.deadlines import repository as deadlines
from workflows.deadlines.model import Deadline
from workflows.people.model import Actor
from workflows.people.rights import Action, may, require


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the journal in words."""

    at: datetime
    words: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case as its page shows it; what somebody may not see is empty."""

    case: Case
    facts: Facts
    names: Mapping[str, str]
    course: list[CourseStep]
    open_tasks: list[HumanTask]
    deadlines: list[Deadline]
    notes: list[CaseNote]
    mails: list[OutgoingMail]
    journal: list[Line]


def read_case(work: UnitOfWork, actor: Actor, number: str) -> CaseView:
    """Return the case for *actor*; raise ``ForbiddenError`` when he may not see it."""
    case = cases.case(work.session, number)
    require(actor, Action.READ_CASE, case.subject)
    names = names_of(work)
    tasks = services().engine.tasks.of_instance(work, case.instance_id)
    return CaseView(
        case=case,
        facts=facts_of(case),
        names=names,
        course=course_of(tasks, names, now=work.now),
        open_tasks=[task for task in tasks if task.state is TaskState.OPEN],
        deadlines=deadlines.deadlines_of(work.session, number),
        notes=cases.notes(work.session, number),
        mails=_mails(work, actor, case),
        journal=_journal(work, actor, case, names),
    )


def _mails(work: UnitOfWork, actor: Actor, case: Case) -> list[OutgoingMail]:
    if not may(actor, Action.READ_MAILS, case.subject):
        return []
    return services().engine.outbox.newest(work, case=case.number)


def _journal(
    work: UnitOfWork, actor: Actor, case: Case, names: Mapping[str, str]
) -> list[Line]:
    if not may(actor, Action.READ_JOURNAL, case.subject):
        return []
    entries = services().engine.journal.of(work, case.instance_id)
    return [_line(entry, names) for entry in reversed(entries)]


def _line(entry: JournalEntry, names: Mapping[str, str]) -> Line:
    """Write an entry with full names instead of user names."""
    facts = {
        key: names.get(value, value) if isinstance(value, str) else value
        for key, value in entry.facts.items()
    }
    named = replace(entry, actor=names.get(entry.actor, entry.actor), facts=facts)
    words = services().engine.journal.sentence(named)
    return Line(at=entry.at, words=words[:1].upper() + words[1:], kind=entry.kind)
