"""What a notice can tell of its case."""

from collections.abc import Mapping

from engine.persistence.unit_of_work import UnitOfWork
from workflows.calendar import day_in_words, local_day, moment_in_words
from workflows.cases.model import CaseFile
from workflows.certificates import repository as certificates
from workflows.deadlines import repository as deadlines
from workflows.inspections import repository as inspections
from workflows.notices.model import FACT_NAMES, in_words
from workflows.people import repository as people
from workflows.reports import repository as reports
from workflows.works import repository as works
from workflows.works.model import Work

_NEXT_CONFORM = "De woning is in orde. Nu volgt het conformiteitsattest."
_NEXT_WORKS = (
    "De woning is nog niet in orde. Welke werken nodig zijn, staat in het verslag;"
    " de werkenlijst met de gevraagde bewijzen volgt."
)


def facts(
    work: UnitOfWork, case: CaseFile, data: Mapping[str, object]
) -> dict[str, str]:
    """Return what is known of a case; *data* of the diagram goes before."""
    given = {name: in_words(data[name]) for name in FACT_NAMES & data.keys()}
    return {
        "address": case.address,
        "case_number": case.number,
        **_visit(work, case),
        **_report(work, case),
        **_deadlines(work, case),
        **_works(work, case),
        **_certificate(work, case),
        **given,
    }


def _visit(work: UnitOfWork, case: CaseFile) -> dict[str, str]:
    planned = inspections.inspections_of(work.session, case.number)
    name = case.inspector
    found = {"inspector": people.full_name(work.session, name) if name else ""}
    if planned:
        found["visit_at"] = moment_in_words(planned[-1].planned_at)
        day = planned[-1].inspected_on
        found["inspected_on"] = day_in_words(day) if day else ""
    return found


def _report(work: UnitOfWork, case: CaseFile) -> dict[str, str]:
    found = reports.reports_of(work.session, case.number)
    if not found:
        return {}
    next_step = _NEXT_CONFORM if found[0].conform else _NEXT_WORKS
    return {"result": found[0].result.casefold(), "next_step": next_step}


def _deadlines(work: UnitOfWork, case: CaseFile) -> dict[str, str]:
    """Tell the day on which the newest deadline of each kind ends."""
    names = {
        "report_guarantee": "report_due_on",
        "certificate_decision": "decision_due_on",
    }
    found = reversed(deadlines.deadlines_of(work.session, case.number))
    return {
        names[each.kind]: day_in_words(local_day(each.due_at), weekday=True)
        for each in found
        if each.kind in names
    }


def _works(work: UnitOfWork, case: CaseFile) -> dict[str, str]:
    found = works.works_of(work.session, case.number)
    must = [line for line in found[0].works if line.must] if found else []
    return {"works": "\n".join(_line(line) for line in must)}


def _line(line: Work) -> str:
    where = f" ({line.room})" if line.room else ""
    return f"- {line.rubric}{where}: {line.goal}"


def _certificate(work: UnitOfWork, case: CaseFile) -> dict[str, str]:
    found = certificates.certificates_of(work.session, case.number)
    newest = next((each for each in found if each.number), None)
    if newest is None:
        return {}
    until = newest.valid_until
    return {
        "certificate_number": newest.number or "",
        "valid_until": day_in_words(until) if until else "",
        "ground": newest.ground or "",
    }
