"""At a re-inspection each earlier defect is repaired, or not, or partly."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.integration.workflows.conftest import SERIOUS, SMALL
from workflows.calendar import local_day
from workflows.cases import service as cases
from workflows.cases.service import WorksDone
from workflows.documents import repository as documents
from workflows.documents.model import DocumentKind
from workflows.inspections import repository as inspections
from workflows.inspections.model import Outcome, Result

NEW = {"item": "other", "category": "I", "room": "Zolder", "note": "Barst"}


@pytest.fixture
def case(town):
    """A case of which the inspector looks again at two defects."""
    case = town.visited()
    town.reported(case, SERIOUS, SMALL)
    again(town, case)
    return case


def again(town, case):
    """Lead a case from its report to its next re-inspection."""
    town.do(case, "compose_works_list", by="els", works=[])
    town.do(
        case,
        "record_owner_answer",
        by="an",
        owner_answer="repair",
        works_target_on=date(2026, 9, 1),
    )
    with town.transaction() as work:
        done = WorksDone(on=local_day(town.clock.now()))
        who = town.actor("sofie")
        cases.report_works_done(work, town.engine, case.number, by=who, done=done)
    visit = town.clock.now() + timedelta(days=1)
    town.do(case, "plan_reinspection", by="an", inspector="els", visit_at=visit)
    town.pass_time(days=1)


def newest(town, case):
    with town.reading() as work:
        return inspections.inspections_of(work.session, case.number)[-1]


def earlier(town, case):
    task = town.tasks(case)["reinspect"]
    with town.reading() as work:
        seen = town.engine.tasks.form(work, task.id).variables
    return [each["item"] for each in seen["earlier_defects"]], seen["findings"]


def test_a_reinspection_starts_from_the_defects_of_the_visit_before(town, case):
    assert earlier(town, case) == (["smoke_detector_missing", "cellar_damp"], [])


def test_a_repaired_defect_does_not_count_and_a_new_one_does(town, case):
    town.checked_again(case, "repaired", "not", new=[NEW])
    town.sent(case)
    found = newest(town, case)

    assert [each.outcome for each in found.findings] == [
        Outcome.REPAIRED,
        Outcome.NOT,
        None,
    ]
    assert found.evaluation.result is Result.CONFORM
    assert list(town.tasks(case)) == ["prepare_certificate"]
    assert town.incidents() == []


@pytest.mark.parametrize("outcome", ["not", "partly"])
def test_a_serious_defect_that_is_not_fully_repaired_counts(town, case, outcome):
    town.checked_again(case, outcome, "repaired")
    town.sent(case)

    assert newest(town, case).evaluation.result is Result.NOT_CONFORM
    assert "compose_works_list" in town.tasks(case)


def test_the_next_round_asks_for_what_was_left_only(town, case):
    town.checked_again(case, "partly", "repaired", new=[NEW])
    town.sent(case)
    again(town, case)

    assert earlier(town, case) == (["smoke_detector_missing", "other"], [])


def test_the_report_lists_what_became_of_each_earlier_defect(town, case):
    town.checked_again(case, "repaired", "partly")
    town.sent(case)
    with town.reading() as work:
        newest = documents.documents_of(work.session, case.number)
        reports = [
            each for each in newest if each.kind is DocumentKind.TECHNICAL_REPORT
        ]
        content = documents.content(work.session, max(each.id for each in reports))
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)

    standing, rest = text.split("Stand van de eerdere gebreken")[1].split("Deel B")
    findings = rest.split("Samenvatting van")[0]
    assert "rookmelder" in standing
    assert "hersteld" in standing.replace("deels hersteld", "", 1)
    assert "deels hersteld" in standing
    assert "rookmelder" not in findings
    assert "vochtige kelder" in findings
