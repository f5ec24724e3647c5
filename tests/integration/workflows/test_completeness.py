"""A report is not found in order while a serious defect misses its photo."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from engine.errors import AnswersRefusedError
from tests.integration.workflows.conftest import SERIOUS, SMALL
from workflows.documents import repository as documents
from workflows.documents.model import DocumentKind
from workflows.inspections import repository as inspections


@pytest.fixture
def reviewed(town):
    """A case whose serious defect has no photo, at the review of its report."""
    case = town.visited()
    town.recorded(case, SMALL, SERIOUS)
    town.do(case, "draft_report", by="els", report_summary="Kort.")
    return case


def test_a_report_without_the_photo_of_a_serious_defect_is_not_in_order(town, reviewed):
    with pytest.raises(AnswersRefusedError, match=r"geen foto bij gebrek 2 \(rookm"):
        town.do(reviewed, "review_form", by="an", form_in_order_choice="yes")

    assert "review_form" in town.tasks(reviewed)


def test_a_report_without_a_photo_can_go_back_and_get_it(town, reviewed):
    town.do(
        reviewed, "review_form", by="an", form_in_order_choice="no", form_remarks="Foto"
    )
    photo = town.photo(reviewed)
    findings = [SMALL, SERIOUS | {"photos": [photo]}]
    town.do(
        reviewed, "draft_report", by="els", report_summary="Kort.", findings=findings
    )
    town.do(reviewed, "review_form", by="an", form_in_order_choice="yes")

    assert "sign_report" in town.tasks(reviewed)
    with town.reading() as work:
        (inspection,) = inspections.inspections_of(work.session, reviewed.number)
    assert inspection.findings[1].photos == (photo,)


def test_the_review_is_told_which_defects_miss_a_photo(town, reviewed):
    task = town.tasks(reviewed)["review_form"]
    with town.reading() as work:
        told = town.engine.tasks.form(work, task.id).variables["missing_photos"]

    assert [name[:9] for name in told] == ["gebrek 2 "]


def test_a_category_that_the_checklist_does_not_know_is_refused(town):
    case = town.visited()
    wrong = SERIOUS | {"category": "I"}

    with pytest.raises(AnswersRefusedError) as caught:
        town.do(case, "record_findings", by="els", findings=[SMALL, wrong])
    assert list(caught.value.problems) == ["findings[1].category"]
    assert "alleen van categorie II zijn" in str(caught.value)


def test_the_list_for_dwellings_does_not_limit_a_room(town):
    case = town.visited(unit_type="NZW")
    town.do(case, "record_findings", by="els", findings=[SERIOUS | {"category": "I"}])

    assert "draft_report" in town.tasks(case)


@pytest.mark.parametrize(("unit_type", "said"), [("ZW", False), ("NZW", True)])
def test_the_report_of_a_room_says_that_the_list_is_not_its_own(town, unit_type, said):
    case = town.visited(unit_type=unit_type)
    town.reported(case, SMALL)
    with town.reading() as work:
        kept = documents.documents_of(work.session, case.number)
        (content,) = [
            documents.content(work.session, each.id)
            for each in kept
            if each.kind is DocumentKind.TECHNICAL_REPORT
        ]
    pages = PdfReader(BytesIO(content)).pages
    text = " ".join(" ".join(page.extract_text().split()) for page in pages)

    assert ("geen lijst van onderdelen ingeladen" in text) is said
