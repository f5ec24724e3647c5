"""A valid certificate ends from its page: on which ground, by whom, seen where."""

from datetime import UTC, datetime, timedelta

import pytest

from workflows.certificates import repository

VISIT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
HEAD = "chris.maes"
MAYOR = "dirk.wouters"
ENDS = {"verval": HEAD, "intrekking": MAYOR}


@pytest.fixture
def number(city):
    """A case whose certificate is valid."""
    number = city.offer().number
    city.complete(number, "check_completeness", "an.peeters", complete=True)
    city.complete(
        number, "plan_visit", "an.peeters", inspector="bram.claes", visit_at=VISIT
    )
    city.clock.moment = VISIT + timedelta(hours=1)
    city.complete(number, "site_visit", "bram.claes", access=True, acute_danger=False)
    city.complete(
        number, "record_findings", "bram.claes", access=True, findings=[], occupants=2,
        occupancy_norm=4, smoke_detectors_ok=True, parapets_ok=True,
        health_safety_risk=False,
    )  # fmt: skip
    city.complete(number, "draft_report", "bram.claes", report_summary="Kort.")
    city.complete(number, "review_form", "an.peeters", form_in_order_choice="yes")
    city.complete(number, "sign_report", "bram.claes", vlok_inspection_reference="V-1")
    city.complete(
        number, "prepare_certificate", "an.peeters", issue_decision="issue",
        max_occupants=4,
    )  # fmt: skip
    city.complete(number, "sign_mayor", "dirk.wouters", agrees=True)
    city.complete(number, "sign_director", "els.jacobs", agrees=True)
    city.complete(
        number, "notify_certificate", "an.peeters", vlok_reference="CA-1",
        notification_confirmed=True,
    )  # fmt: skip
    return number


@pytest.fixture
def certificate(city, number):
    with city.engine.reading() as work:
        (found,) = repository.certificates_of(work.session, number)
    return found


def pages(city, number):
    """Return the dossier as the city, and the dwellings as the agency sees them."""
    dossier = city.client(HEAD).get(f"/dossiers/{number}").text
    return dossier, city.client("ine.vos").get("/svk").text


def test_a_lapse_is_seen_with_its_ground_by_city_and_agency(city, number, certificate):
    path = f"/attesten/{certificate.number}"
    before, _ = pages(city, number)
    asked = city.client(HEAD).get(f"{path}/einde")
    answer = city.client(HEAD).post(f"{path}/verval", data={"ground": "declared_unfit"})

    assert f"{path}/einde" in before
    assert asked.status_code == 200
    assert answer.status_code == 302
    for page in pages(city, number):
        assert "Vervallen" in page
        assert "de woning is ongeschikt verklaard" in page
        assert f"{path}/einde" not in page


def test_a_withdrawal_is_seen_with_its_motivation(city, number, certificate):
    motivation = "De woning werd na een brand gesloopt"
    answer = city.client("dirk.wouters").post(
        f"/attesten/{certificate.number}/intrekking", data={"motivation": motivation}
    )

    assert answer.status_code == 302
    for page in pages(city, number):
        assert "Ingetrokken" in page
        assert motivation in page


@pytest.mark.parametrize(
    ("step", "field"), [("verval", "ground"), ("intrekking", "motivation")]
)
@pytest.mark.parametrize("given", ["", "iets"])
def test_without_a_ground_or_motivation_it_stays_valid(
    city, certificate, step, field, given
):
    if (field, given) == ("motivation", "iets"):
        given = "x" * 4001
    answer = city.client(ENDS[step]).post(
        f"/attesten/{certificate.number}/{step}", data={field: given}
    )

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    with city.engine.reading() as work:
        row = repository.row_by_number(work.session, certificate.number)
        assert row.status == "VALID"


@pytest.mark.parametrize("user", [HEAD, "an.peeters"])
def test_the_service_records_a_lapse_and_withdraws_nothing(city, certificate, user):
    client = city.client(user)
    path = f"/attesten/{certificate.number}"
    page = client.get(f"{path}/einde").text
    refused = client.post(f"{path}/intrekking", data={"motivation": "Brand"})
    lapsed = client.post(f"{path}/verval", data={"ground": "major_renovation"})

    assert "/verval" in page
    assert "/intrekking" not in page
    assert refused.status_code == 403
    assert lapsed.status_code == 302


def test_the_mayor_withdraws_and_records_no_lapse(city, certificate):
    client = city.client(MAYOR)
    path = f"/attesten/{certificate.number}"
    page = client.get(f"{path}/einde").text
    refused = client.post(f"{path}/verval", data={"ground": "major_renovation"})

    assert "/intrekking" in page
    assert "/verval" not in page
    assert refused.status_code == 403


@pytest.mark.parametrize("user", ["bram.claes", "els.jacobs", "ine.vos", "hugo.leys"])
def test_nobody_else_ends_a_certificate(city, certificate, user):
    client = city.client(user)
    path = f"/attesten/{certificate.number}"

    assert client.get(f"{path}/einde").status_code == 403
    assert client.post(f"{path}/verval", data={"ground": "x"}).status_code == 403
    assert client.post(f"{path}/intrekking", data={}).status_code == 403


def test_a_certificate_ends_once(city, certificate):
    path = f"/attesten/{certificate.number}/verval"
    head = city.client(HEAD)
    head.post(path, data={"ground": "major_renovation"})
    again = head.post(path, data={"ground": "major_renovation"})

    assert again.status_code == 409
    assert "niet geldig (meer)" in again.text
