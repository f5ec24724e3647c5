"""One case on one page, as far as an audience may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.model import CaseView
from workflows.calendar import day_in_words, local_day
from workflows.cases import repository as cases
from workflows.cases.model import Case, CaseStatus
from workflows.cases.phases import Phase, PhaseState
from workflows.cases.progress import progress
from workflows.deadlines import repository as deadlines
from workflows.deadlines.model import Deadline, DeadlineStatus
from workflows.inspections import repository as inspections
from workflows.inspections.checklist import self_contained
from workflows.inspections.model import Finding, Inspection, InspectionStatus
from workflows.packs.model import (
    CaseFinding,
    CaseInspection,
    CasePhase,
    CaseSheet,
    CaseTerm,
    CaseWork,
)
from workflows.packs.sight import Sight
from workflows.people import repository as people
from workflows.works import repository as works
from workflows.works.model import Work


def sheet_of(
    work: UnitOfWork, number: str, sight: Sight, *, explanation: str = ""
) -> CaseSheet | None:
    """Return a case as *sight* sees it, or nothing.

    *explanation* tells why the meeting talks about it.
    """
    view = sight.view_of(number)
    if view is None:
        return None
    case = cases.case(work.session, number)
    reached = progress(work, case)
    sheet = CaseSheet(
        number=case.number,
        address=case.address,
        kind=case.kind_name,
        phase=_phase_of(case, reached, whole=view is not CaseView.MINIMAL),
        view=view,
        explanation=sight.spares(case, explanation),
    )
    if sheet.tells_progress:
        sheet = _with_progress(work, sheet, case, reached)
    if sheet.tells_findings:
        sheet = _with_findings(work, sheet, case, sight)
    return _for_the_city(work, sheet, case) if sight.is_city else sheet


def _phase_of(case: Case, reached: Sequence[Phase], *, whole: bool) -> str:
    if case.status is CaseStatus.CLOSED:
        outcome = case.outcome_name if whole else None
        return f"Afgesloten: {outcome.lower()}" if outcome else "Afgesloten"
    now = next((each.name for each in reached if each.state is PhaseState.NOW), "")
    suspended = case.status is CaseStatus.SUSPENDED
    return f"{now} (opgeschort)" if suspended else now or "Loopt"


def _for_the_city(work: UnitOfWork, sheet: CaseSheet, case: Case) -> CaseSheet:
    inspector = case.inspector
    return replace(
        sheet,
        applicant=case.organisation_name or "",
        inspector=people.full_name(work.session, inspector) if inspector else "",
    )


def _with_progress(
    work: UnitOfWork, sheet: CaseSheet, case: Case, reached: Iterable[Phase]
) -> CaseSheet:
    found = deadlines.deadlines_of(work.session, case.number)
    return replace(
        sheet,
        opened=day_in_words(local_day(case.opened_at)),
        terms=tuple(_term(each, case) for each in found),
        course=tuple(
            CasePhase(
                name=each.name,
                state=each.state.value,
                day=day_in_words(each.on) if each.on else "",
            )
            for each in reached
        ),
    )


def _term(deadline: Deadline, case: Case) -> CaseTerm:
    state, told = _TOLD.get(deadline.status, ("running", "loopt"))
    if deadline.is_open and case.status is CaseStatus.CLOSED:
        state, told = "none", "gestopt met het dossier"
    return CaseTerm(
        name=deadline.name,
        due=day_in_words(local_day(deadline.due_at)),
        state=state,
        told=told,
    )


_TOLD = {
    DeadlineStatus.MET: ("good", "gehaald"),
    DeadlineStatus.BREACHED: ("late", "overschreden"),
}


def _with_findings(
    work: UnitOfWork, sheet: CaseSheet, case: Case, sight: Sight
) -> CaseSheet:
    seen = inspections.inspections_of(work.session, case.number)
    recorded = [each for each in seen if each.status is InspectionStatus.RECORDED]
    lists = works.works_of(work.session, case.number)
    asked = lists[0].works if lists else ()
    done_on = lists[0].done_on if lists else None
    return replace(
        sheet,
        inspections=tuple(_inspection(each, case, sight) for each in recorded),
        works=tuple(_work(each, case, sight) for each in asked),
        works_done=day_in_words(done_on) if done_on else "",
    )


def _inspection(seen: Inspection, case: Case, sight: Sight) -> CaseInspection:
    day = seen.inspected_on or local_day(seen.planned_at)
    return CaseInspection(
        kind=seen.kind_name,
        day=day_in_words(day),
        result=seen.evaluation.in_words if seen.evaluation else "nog niet beoordeeld",
        findings=tuple(_finding(each, case, sight) for each in seen.findings),
    )


def _finding(finding: Finding, case: Case, sight: Sight) -> CaseFinding:
    label = self_contained().label_of(finding.item)
    words = " · ".join(part for part in (finding.rubric, label) if part)
    return CaseFinding(
        category=finding.category.value,
        subject=sight.spares(case, words),
        room=sight.spares(case, finding.room),
        note=sight.spares(case, finding.note),
        outcome=finding.outcome_name,
    )


def _work(asked: Work, case: Case, sight: Sight) -> CaseWork:
    return CaseWork(
        category=asked.category.value,
        subject=sight.spares(case, asked.rubric),
        room=sight.spares(case, asked.room),
        goal=sight.spares(case, asked.goal),
        must=asked.must,
    )
