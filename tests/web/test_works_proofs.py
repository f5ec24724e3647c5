"""What shows that works were done comes with their report, and is shown after it."""

import base64
import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from tests.web.city import AGENCY_USER, NOON, OTHER_AGENCY_USER
from workflows.works import proofs

# Seven small defects make a dwelling unfit, without a photo of any.
SMALL = {"item": "other", "category": "I", "room": "Zolder", "note": "Barst"}
INVOICE = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
TODAY = "2026-11-25"


def a_photo():
    content = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def case(city):
    """A case whose works are under way."""
    number = city.offer().number
    visit = NOON + timedelta(hours=1)
    steps = (
        ("check_completeness", "an.peeters", {"complete": True}),
        ("plan_visit", "an.peeters", {"inspector": "bram.claes", "visit_at": visit}),
        ("site_visit", "bram.claes", {"access": True, "acute_danger": False}),
        ("record_findings", "bram.claes", {"findings": [SMALL] * 7}),
        ("draft_report", "bram.claes", {"report_summary": "Kort."}),
        ("review_form", "an.peeters", {"form_in_order_choice": "yes"}),
        ("sign_report", "bram.claes", {"vlok_inspection_reference": "V"}),
        ("compose_works_list", "bram.claes", {"works": []}),
        (
            "record_owner_answer",
            AGENCY_USER,
            {"owner_answer": "repair", "works_target_on": visit.date()},
        ),
    )
    for element, by, data in steps:
        if element == "site_visit":
            city.clock.moment = visit
        city.complete(number, element, by, **data)
    return number


def report(city, case, *files, on=TODAY):
    form = {"works_done_on": on, "remarks": "Alles <droog>"}
    form["proofs"] = [(io.BytesIO(content), name) for name, content in files]
    return city.client(AGENCY_USER).post(
        f"/dossiers/{case}/werken-klaar", data=form, content_type="multipart/form-data"
    )


def kept(city, case):
    with city.engine.reading() as work:
        return proofs.of_case(work, case)


def test_proofs_are_kept_with_the_report_of_works(city, case):
    answer = report(city, case, ("factuur.pdf", INVOICE), ("muur.png", a_photo()))
    found = kept(city, case)

    assert answer.status_code == 302
    assert [each.file_name for each in found] == ["factuur.pdf", "muur.jpg"]
    assert [each.media_type for each in found] == ["application/pdf", "image/jpeg"]
    assert all(each.works_list_id for each in found)


def test_proofs_are_shown_on_the_dossier_and_beside_what_follows(city, case):
    report(city, case, ("factuur.pdf", INVOICE))
    client = city.client("an.peeters")
    planning = city.tasks(case)["plan_reinspection"].id

    for path in (f"/dossiers/{case}", f"/taken/{planning}"):
        assert re.search(r'href="/bewijzen/[^"]+">factuur.pdf<', client.get(path).text)


def test_a_pdf_from_outside_is_downloaded_and_only_by_who_may_see_the_case(city, case):
    report(city, case, ("factuur.pdf", INVOICE))
    (found,) = kept(city, case)
    path = f"/bewijzen/{found.id}"
    answer = city.client("bram.claes").get(path)

    assert answer.data == INVOICE
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert city.client(OTHER_AGENCY_USER).get(path).status_code == 403


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("virus.pdf", b"MZ\x90")], "virus.pdf: Dit bestand is geen foto"),
        ([("f.pdf", INVOICE)] * 11, "hoogstens 10 bestanden"),
    ],
    ids=["no-proof", "too-many"],
)
def test_a_refused_file_keeps_what_was_typed_and_reports_nothing(
    city, case, files, sentence
):
    answer = report(city, case, *files)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Alles &lt;droog&gt;" in answer.text
    assert f'value="{TODAY}"' in answer.text
    assert kept(city, case) == []
    assert "plan_reinspection" not in city.tasks(case)


def test_a_refused_report_keeps_no_proof(city, case):
    answer = report(city, case, ("factuur.pdf", INVOICE), on="2030-01-01")

    assert answer.status_code == 422
    assert kept(city, case) == []


def program(city):
    client = city.client(AGENCY_USER)
    return lambda data: client.post("/api/v1/messages", json=data)


def message(case, proofs):
    data = {"works_done_on": TODAY, "proofs": proofs}
    return {"name": "works_done", "correlation_key": case, "data": data}


def test_a_program_sends_proofs_with_the_message(city, case):
    content = base64.b64encode(INVOICE).decode()
    sent = message(case, [{"file_name": "../f.pdf", "content": content}])
    answer = program(city)(sent)

    assert answer.status_code == 200, answer.text
    assert [each.file_name for each in kept(city, case)] == ["f.pdf"]


@pytest.mark.parametrize(
    "given", ["factuur", [1], [{"file_name": "f.pdf", "content": "%"}]]
)
def test_proofs_that_can_not_be_read_are_refused(city, case, given):
    answer = program(city)(message(case, given))

    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "data.proofs"
