"""The dossier page: everything that somebody may see of one case."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from engine.journal_texts import DETAIL
from engine.model import HumanTask, JournalEntry, TaskState, Timer
from engine.outbox import OutgoingMail
from engine.persistence.unit_of_work import UnitOfWork
from web.case_diagram import CaseDiagram, diagram_of
from web.course import CourseStep, course_of
from web.dutch import moment, plain_day
from web.expected import awaits_works, can_report_works, can_withdraw
from web.phases import still_to_come
from web.services import services
from web.standstill import broken_steps
from web.suspension import Suspension, suspension_of
from web.task_view import Facts, facts_of, names_of, subject_of
from workflows.actions import repository as actions
from workflows.actions.model import Decision, DecisionQuery, ListedAction
from workflows.agenda import repository as agenda
from workflows.agenda.model import AgendaItem
from workflows.bodies import sharing
from workflows.bodies.model import CaseShare
from workflows.cases import repository as cases
from workflows.cases.model import Case, CaseNote
from workflows.certificates import repository as certificates
from workflows.certificates.model import Certificate
from workflows.deadlines import repository as deadlines
from workflows.deadlines.model import Deadline
from workflows.documents import repository as documents
from workflows.documents.model import Document
from workflows.dwellings import repository as dwellings
from workflows.errors import UnknownError
from workflows.inspections import repository as inspections
from workflows.inspections.model import Inspection
from workflows.people.model import Actor
from workflows.people.rights import Action, Subject, may, require
from workflows.uploads import repository as uploads
from workflows.uploads.model import Upload
from workflows.works import repository as works
from workflows.works.model import WorksList
from workflows.works.proofs import Proof
from workflows.works.proofs import of_case as proofs_of_case

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")


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
    suspension: Suspension | None
    awaits_works: bool
    can_report_works: bool
    can_withdraw: bool
    facts: Facts
    dwelling: Facts
    names: Mapping[str, str]
    course: list[CourseStep]
    open_tasks: list[HumanTask]
    stuck: list[str]
    deadlines: list[Deadline]
    notes: list[CaseNote]
    inspections: list[Inspection]
    works: list[WorksList]
    proofs: list[Proof]
    certificates: list[Certificate]
    documents: list[Document]
    photos: list[Upload]
    mails: list[OutgoingMail]
    agenda: list[AgendaItem]
    shares: list[CaseShare]
    actions: list[ListedAction]
    decisions: list[Decision]
    journal: list[Line]
    is_whole: bool
    timers: list[Timer]
    diagram: CaseDiagram | None

    def subject_of(self, task: HumanTask) -> Subject:
        """Return what rights on *task* are asked about."""
        return subject_of(task, self.case)


def read_case(
    work: UnitOfWork, actor: Actor, number: str, *, drawing: str = "", whole: bool
) -> CaseView:
    """Return the case for *actor*; raise ``ForbiddenError`` when he may not see it.

    *drawing* is the file that is asked for; *whole* asks for each line of the
    journal, also those on which nobody acts.
    """
    case = cases.case(work.session, number)
    require(actor, Action.READ_CASE, case.subject)
    names = names_of(work)
    tasks = services().engine.tasks.of_instance(work, case.instance_id)
    entries = _entries(work, actor, case)
    told = [each for each in entries if whole or each.kind not in DETAIL]
    found = inspections.inspections_of(work.session, number)
    diagram = diagram_of(work, case, entries, asked=drawing) if entries else None
    drawn = diagram.element_names if diagram else {}
    course = course_of(tasks, names, now=work.now)
    return CaseView(
        case=case,
        suspension=suspension_of(work, case),
        awaits_works=awaits_works(work, case),
        can_report_works=can_report_works(work, actor, case),
        can_withdraw=can_withdraw(work, actor, case),
        facts=facts_of(case),
        dwelling=_dwelling(work, actor, case),
        names=names,
        course=course + still_to_come(work, case),
        open_tasks=[task for task in tasks if task.state is TaskState.OPEN],
        stuck=[drawn.get(each) or each for each in broken_steps(work, case)],
        deadlines=deadlines.deadlines_of(work.session, number),
        notes=cases.notes(work.session, number),
        inspections=found,
        works=works.works_of(work.session, number),
        proofs=proofs_of_case(work, number),
        certificates=certificates.certificates_of(work.session, number),
        documents=documents.documents_of(work.session, number),
        photos=_loose_photos(work, number, found),
        mails=_mails(work, actor, case),
        agenda=_agenda(work, actor, number),
        shares=sharing.shares(work, number) if actor.is_city else [],
        actions=_actions(work, actor, number),
        decisions=_decisions(work, actor, number),
        journal=[_line(each, names, drawn) for each in reversed(told)],
        is_whole=whole,
        timers=_timers(work, case) if whole and entries else [],
        diagram=diagram,
    )


def drawing_of(work: UnitOfWork, actor: Actor, number: str, name: str) -> bytes:
    """Return the BPMN file *name* of the bundle that a case runs on."""
    case = cases.case(work.session, number)
    require(actor, Action.READ_JOURNAL, case.subject)
    engine = services().engine
    instance = engine.instances.get(work, case.instance_id)
    files = engine.definitions.get(work, instance.bundle_hash).files
    if name not in files or not name.endswith(".bpmn"):
        msg = "De tekening"
        raise UnknownError(msg, name)
    return files[name]


def _dwelling(work: UnitOfWork, actor: Actor, case: Case) -> Facts:
    """Return what the registers say of the dwelling, as far as it is known."""
    if not may(actor, Action.READ_DWELLING, case.subject):
        return []
    unit = dwellings.unit(work.session, case.unit_id)
    facts = (
        ("Kadastrale sleutel", unit.building.capakey),
        ("Bouwjaar", unit.building.year_built),
        ("EPC-score", unit.epc_score),
        ("EPC-label", unit.epc_label),
        ("EPC van", plain_day(unit.epc_on) if unit.epc_on else None),
    )
    return [(label, str(value)) for label, value in facts if value is not None]


def _mails(work: UnitOfWork, actor: Actor, case: Case) -> list[OutgoingMail]:
    if not may(actor, Action.READ_MAILS, case.subject):
        return []
    return services().engine.outbox.newest(work, case=case.number)


def _agenda(work: UnitOfWork, actor: Actor, number: str) -> list[AgendaItem]:
    if not may(actor, Action.READ_AGENDA):
        return []
    return agenda.items_of(work.session, number)


def _actions(work: UnitOfWork, actor: Actor, number: str) -> list[ListedAction]:
    if not may(actor, Action.READ_ACTIONS):
        return []
    return actions.actions_of_case(work.session, number)


def _decisions(work: UnitOfWork, actor: Actor, number: str) -> list[Decision]:
    if not may(actor, Action.READ_ACTIONS):
        return []
    page = actions.decisions(work.session, DecisionQuery(case_number=number))
    return [each.decision for each in page.decisions]


def _loose_photos(
    work: UnitOfWork, number: str, found: Iterable[Inspection]
) -> list[Upload]:
    """Return the photos that stand with no finding."""
    shown = {
        photo for each in found for finding in each.findings for photo in finding.photos
    }
    photos = uploads.uploads_of(work.session, number)
    return [photo for photo in photos if str(photo.id) not in shown]


def _timers(work: UnitOfWork, case: Case) -> list[Timer]:
    """Return the ledger of the case: what was armed, was due, fired or fell away."""
    return services().engine.timers.of_instance(work, case.instance_id)


def _entries(work: UnitOfWork, actor: Actor, case: Case) -> list[JournalEntry]:
    if not may(actor, Action.READ_JOURNAL, case.subject):
        return []
    return services().engine.journal.of(work, case.instance_id)


def _line(
    entry: JournalEntry, names: Mapping[str, str], drawn: Mapping[str, str]
) -> Line:
    """Write an entry with full names instead of user names, and drawn ones of steps."""
    facts = {key: _readable(each, names) for key, each in entry.facts.items()}
    element = entry.element_name or ""
    named = replace(
        entry,
        actor=names.get(entry.actor, entry.actor),
        element_name=drawn.get(element, element),
        facts=facts,
    )
    words = services().engine.journal.sentence(named)
    return Line(at=entry.at, words=words[:1].upper() + words[1:], kind=entry.kind)


def _readable(value: object, names: Mapping[str, str]) -> object:
    """Write user names in full, and moments as people read them."""
    if not isinstance(value, str):
        return value
    if _MOMENT.fullmatch(value):
        return moment(datetime.fromisoformat(value))
    return names.get(value, value)
