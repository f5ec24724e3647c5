"""One case on one page, as far as an audience may see it."""

from collections.abc import Sequence
from dataclasses import replace

from workflows.bodies.model import CaseView
from workflows.calendar import day_in_words, local_day
from workflows.cases.model import Case, CaseStatus
from workflows.cases.phases import Phase, PhaseState
from workflows.deadlines.model import Deadline, DeadlineStatus
from workflows.inspections.checklist import self_contained
from workflows.inspections.model import Finding, Inspection
from workflows.packs.model import (
    CaseFinding,
    CaseInspection,
    CasePhase,
    CaseSheet,
    CaseTerm,
    CaseWork,
)
from workflows.packs.sight import Sight
from workflows.packs.sources import CaseFacts
from workflows.works.model import Work


def sheet_of(
    facts: CaseFacts, sight: Sight, *, explanation: str = ""
) -> CaseSheet | None:
    """Return a case as *sight* sees it, or nothing.

    *explanation* tells why the meeting talks about it.
    """
    case = facts.case
    view = sight.view_of(case.number)
    if view is None:
        return None
    sheet = CaseSheet(
        number=case.number,
        address=case.address,
        kind=case.kind_name,
        phase=_phase_of(case, facts.phases, whole=view is not CaseView.MINIMAL),
        view=view,
        explanation=sight.spares(case, explanation),
    )
    if sheet.tells_progress:
        sheet = _with_progress(sheet, facts)
    if sheet.tells_findings:
        sheet = _with_findings(sheet, facts, sight)
    return _for_the_city(sheet, facts) if sight.is_city else sheet


def _phase_of(case: Case, reached: Sequence[Phase], *, whole: bool) -> str:
    if case.status is CaseStatus.CLOSED:
        outcome = case.outcome_name if whole else None
        return f"Afgesloten: {outcome.lower()}" if outcome else "Afgesloten"
    now = next((each.name for each in reached if each.state is PhaseState.NOW), "")
    suspended = case.status is CaseStatus.SUSPENDED
    return f"{now} (opgeschort)" if suspended else now or "Loopt"


def _for_the_city(sheet: CaseSheet, facts: CaseFacts) -> CaseSheet:
    return replace(
        sheet,
        applicant=facts.case.organisation_name or "",
        inspector=facts.inspector_name,
    )


def _with_progress(sheet: CaseSheet, facts: CaseFacts) -> CaseSheet:
    return replace(
        sheet,
        opened=day_in_words(local_day(facts.case.opened_at)),
        terms=tuple(_term(each, facts.case) for each in facts.deadlines),
        course=tuple(
            CasePhase(
                name=each.name,
                state=each.state.value,
                day=day_in_words(each.on) if each.on else "",
            )
            for each in facts.phases
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


def _with_findings(sheet: CaseSheet, facts: CaseFacts, sight: Sight) -> CaseSheet:
    case, lists = facts.case, facts.works
    asked = lists[0].works if lists else ()
    done_on = lists[0].done_on if lists else None
    return replace(
        sheet,
        inspections=tuple(_inspection(each, case, sight) for each in facts.inspections),
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
