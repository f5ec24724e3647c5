"""The review of a report shows which photo is missing, and doesn't let it pass."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image

from tests.web.city import NOON

SERIOUS = {
    "item": "smoke_detector_missing",
    "rubric": None,
    "category": "II",
    "room": "Gang",
    "note": "Geen rookmelder",
    "photos": [],
}
MISSING = "gebrek 1 (rookmelder op elke bouwlaag, Gang, categorie II)"


@pytest.fixture
def case(city):
    """A case at the review of a report that misses a photo."""
    number = city.offer().number
    visit = NOON + timedelta(hours=1)
    city.complete(number, "check_completeness", "an.peeters", complete=True)
    city.complete(
        number, "plan_visit", "an.peeters", inspector="bram.claes", visit_at=visit
    )
    city.clock.moment = visit
    city.complete(number, "site_visit", "bram.claes", access=True, acute_danger=False)
    city.complete(number, "record_findings", "bram.claes", findings=[SERIOUS])
    city.complete(number, "draft_report", "bram.claes", report_summary="Kort.")
    return number


def review(city, case):
    return city.tasks(case)["review_form"].id


def test_the_review_names_the_finding_without_a_photo(city, case):
    page = city.client("an.peeters").get(f"/taken/{review(city, case)}").text

    assert MISSING in page
    assert "er een foto." not in page


def test_an_incomplete_report_is_refused_with_the_finding_in_words(city, case):
    client = city.client("an.peeters")
    answer = client.post(
        f"/taken/{review(city, case)}", data={"form_in_order_choice": "yes"}
    )

    assert answer.status_code == 422
    assert f"er is geen foto bij {MISSING}" in answer.text
    (anchor,) = re.findall(r'<li><a href="#([^"]+)">', answer.text)
    assert f'id="{anchor}"' in answer.text
    assert "review_form" in city.tasks(case)


def test_a_program_that_approves_an_incomplete_report_is_refused(city, case):
    client = city.client("an.peeters")
    path = f"/api/v1/tasks/{review(city, case)}/completion"
    answer = client.post(path, json={"data": {"form_in_order_choice": "yes"}})

    assert answer.status_code == 422
    assert answer.json["code"] == "answers_refused"
    assert answer.json["errors"][0]["field"] == "form_in_order_choice"
    assert MISSING in answer.json["errors"][0]["detail"]


def test_the_photo_is_added_where_the_report_is_written(city, case):
    back = {"form_in_order_choice": "no", "form_remarks": "Foto ontbreekt"}
    city.client("an.peeters").post(f"/taken/{review(city, case)}", data=back)
    draft = city.tasks(case)["draft_report"].id
    picture = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(picture, "PNG")
    picture.seek(0)
    form = {"report_summary": "Kort.", "findings[]": "", "findings[0]": "0"}
    form["file:findings[0].photos"] = (picture, "gang.png")
    client = city.client("bram.claes")
    sent = client.post(f"/taken/{draft}", data=form, content_type="multipart/form-data")
    page = city.client("an.peeters").get(f"/taken/{review(city, case)}").text

    assert sent.status_code == 302
    assert MISSING not in page
    assert "er een foto." in page
