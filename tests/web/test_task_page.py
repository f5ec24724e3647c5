"""A task is filled in, drafted, refused, completed once, or done by another."""

import io
import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from PIL import Image

from workflows.uploads import model, service

VISIT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def a_photo():
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "JPEG")
    buffer.seek(0)
    return buffer


@pytest.fixture
def case(city):
    return city.offer()


@pytest.fixture
def findings(city, case):
    """The task in which the inspector writes down what he found."""
    number = case.number
    city.complete(number, "check_completeness", "an.peeters", complete=True)
    city.complete(
        number, "plan_visit", "an.peeters", inspector="bram.claes", visit_at=VISIT
    )
    city.clock.moment = VISIT + timedelta(hours=1)
    city.complete(number, "site_visit", "bram.claes", access=True, acute_danger=False)
    return city.tasks(number)["record_findings"]


def finding(number, **values):
    """Return the fields of one row of the list of findings."""
    row = {"item": "", "rubric": "", "category": "", "room": "", "note": ""} | values
    return {
        f"findings[{number}]": "",
        **{f"findings[{number}].{key}": value for key, value in row.items()},
    }


def test_a_completed_task_moves_the_case_on(city, case):
    task = city.tasks(case.number)["check_completeness"]
    client = city.client("an.peeters")
    answer = client.post(f"/taken/{task.id}", data={"complete": "true"})

    assert answer.status_code == 302
    assert "plan_visit" in city.tasks(case.number)
    assert "is afgewerkt" in client.get(answer.location).text


def test_a_refused_form_keeps_what_was_typed_and_points_at_each_error(city, findings):
    client = city.client("bram.claes")
    typed = {"findings[]": ""} | finding(0, note="Losse <gasleiding>", category="III")
    answer = client.post(f"/taken/{findings.id}", data=typed | {"occupants": "drie"})
    page = answer.text

    assert answer.status_code == 422
    assert "Losse &lt;gasleiding&gt;" in page
    assert 'value="drie"' in page
    assert page.count('aria-invalid="true"') >= 3
    for anchor in re.findall(r'<li><a href="#([^"]+)">', page):
        assert f'id="{anchor}"' in page
    assert "<title>Fout:" in page


def test_a_refused_form_is_kept_as_a_draft(city, findings):
    client = city.client("bram.claes")
    client.post(f"/taken/{findings.id}", data={"occupants": "drie"})

    assert 'value="drie"' in client.get(f"/taken/{findings.id}").text


def test_a_category_that_can_not_be_is_refused_at_its_control(city, findings):
    client = city.client("bram.claes")
    wrong = finding(
        0, item="cellar_damp", category="III", room="Kelder", note="Onder <water>"
    )
    answer = client.post(f"/taken/{findings.id}", data={"findings[]": ""} | wrong)

    assert answer.status_code == 422
    assert "alleen van categorie I of II zijn" in answer.text
    assert '<a href="#f-findings-0-category">Gebrek 1:' in answer.text
    assert "Onder &lt;water&gt;" in answer.text


def test_rows_are_added_and_removed_without_javascript(city, findings):
    client = city.client("bram.claes")
    one = {"findings[]": ""} | finding(0, note="Eerste")
    more = client.post(f"/taken/{findings.id}", data=one | {"_add": "findings"})
    two = {"findings[]": ""} | finding(0, note="Eerste") | finding(1, note="Tweede")
    fewer = client.post(f"/taken/{findings.id}", data=two | {"_remove": "findings[0]"})

    assert more.status_code == fewer.status_code == 200
    assert 'name="findings[1].note"' in more.text
    assert "Eerste" in more.text
    assert "Tweede" in fewer.text
    assert "Eerste" not in fewer.text
    assert "aria-invalid" not in fewer.text


def test_a_draft_is_kept_by_the_script_and_by_the_button(city, findings):
    client = city.client("bram.claes")
    path = f"/taken/{findings.id}/concept"
    told = client.post(
        path, data={"occupants": "4"}, headers={"Accept": "application/json"}
    )
    pressed = client.post(path, data={"occupants": "5"})

    assert told.json["note"] == "Concept bewaard om 11:00."
    assert pressed.status_code == 302
    assert 'value="5"' in client.get(f"/taken/{findings.id}").text


def test_a_photo_goes_with_a_plain_post_and_is_shown_again(city, findings):
    client = city.client("bram.claes")
    row = {"findings[]": ""} | finding(0, note="Vocht")
    row["file:findings[0].photos"] = (a_photo(), "vocht.jpg")
    answer = client.post(
        f"/taken/{findings.id}", data=row, content_type="multipart/form-data"
    )
    source = re.search(r'<img src="(/fotos/[^"]+)"', answer.text)

    assert answer.status_code == 422
    assert client.get(source.group(1)).content_type == "image/jpeg"
    assert city.client("jef.mertens").get(source.group(1)).status_code == 403


@pytest.mark.parametrize("page", ["task", "case"])
def test_others_can_write_while_a_photo_is_cleaned(
    city, case, findings, page, monkeypatch
):
    cleaned = []

    def clean(content):
        # SQLite has one writer: this waits in vain when the post holds the lock.
        with city.engine.database.writing() as session:
            session.connection().exec_driver_sql("PRAGMA user_version = 1")
        cleaned.append(content)
        return model.clean(content)

    monkeypatch.setattr(service, "model", SimpleNamespace(clean=clean))
    path, field = {
        "task": (f"/taken/{findings.id}", "file:findings[0].photos"),
        "case": (f"/dossiers/{case.number}/fotos", "photos"),
    }[page]
    form = {"findings[]": "", field: (a_photo(), "vocht.jpg")}
    city.client("bram.claes").post(path, data=form, content_type="multipart/form-data")

    assert len(cleaned) == 1


def test_a_file_that_is_no_photo_is_refused_and_the_rest_is_kept(city, findings):
    client = city.client("bram.claes")
    row = {"findings[]": ""} | finding(0, note="Vocht in de kelder")
    row["file:findings[0].photos"] = (io.BytesIO(b"MZ\x90"), "virus.jpg")
    answer = client.post(
        f"/taken/{findings.id}", data=row, content_type="multipart/form-data"
    )

    assert answer.status_code == 422
    assert "virus.jpg: Dit bestand is geen foto" in answer.text
    assert "Vocht in de kelder" in answer.text


def test_a_double_submit_takes_effect_once(city, case):
    task = city.tasks(case.number)["check_completeness"]
    client = city.client("an.peeters")
    data = {"complete": "true", "_key": uuid4().hex}
    answers = [client.post(f"/taken/{task.id}", data=data) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert list(city.tasks(case.number)) == ["plan_visit"]


def test_who_comes_second_reads_who_was_first_and_loses_nothing(city, case):
    task = city.tasks(case.number)["check_completeness"]
    chief = city.client("chris.maes")
    city.complete(case.number, "check_completeness", "an.peeters", complete=True)
    with city.engine.transaction() as work:
        _make_admin(work, "chris.maes")
    data = {"complete": "false", "missing": "Het EPC ontbreekt"}
    answer = chief.post(f"/taken/{task.id}", data=data)

    assert answer.status_code == 409
    assert "An Peeters werkte deze taak al af op 25 nov 2026 om 12:00" in answer.text
    assert "Het EPC ontbreekt" in answer.text


def test_a_task_in_other_hands_is_not_completed(city, case):
    task = city.tasks(case.number)["check_completeness"]
    with city.engine.transaction() as work:
        _make_admin(work, "chris.maes")
    city.client("chris.maes").post(f"/taken/{task.id}/opnemen")
    answer = city.client("an.peeters").post(
        f"/taken/{task.id}", data={"complete": "true"}
    )

    assert answer.status_code == 409
    assert "Chris Maes nam deze taak op" in answer.text
    assert "check_completeness" in city.tasks(case.number)


def test_a_task_is_taken_given_back_and_assigned(city, case):
    task = city.tasks(case.number)["check_completeness"]
    client = city.client("an.peeters")
    hands = []
    for action, data in (
        ("opnemen", {}),
        ("teruggeven", {}),
        ("toewijzen", {"to": "an.peeters"}),
    ):
        client.post(f"/taken/{task.id}/{action}", data=data)
        hands.append(city.tasks(case.number)["check_completeness"].assignee)

    assert hands == ["an.peeters", None, "an.peeters"]


def test_a_finished_task_tells_who_did_it(city, case):
    task = city.tasks(case.number)["check_completeness"]
    city.complete(case.number, "check_completeness", "an.peeters", complete=True)
    page = city.client("an.peeters").get(f"/taken/{task.id}").text

    assert "afgewerkt door An Peeters op 25 nov 2026 om 12:00" in page


def _make_admin(work, user):
    from workflows.people import repository, service  # noqa: PLC0415
    from workflows.people.model import OrganisationKind, Role  # noqa: PLC0415

    (city,) = repository.organisations(work.session, kinds=[OrganisationKind.CITY])
    service.add_membership(work, user, role=Role.ADMIN, organisation_id=city.id)
