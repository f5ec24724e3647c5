"""The agenda of the weekly meeting: read by the city, concluded by its head."""

import pytest

from workflows.agenda import repository, service

REASON = "De waarborg van twee weken dreigt te verstrijken"


@pytest.fixture
def number(city):
    number = city.offer().number
    with city.engine.transaction() as work:
        service.add(work, number, reason=REASON)
    return number


@pytest.fixture
def address(city, number):
    with city.engine.reading() as work:
        (item,) = repository.open_items(work.session)
    return f"/overleg/agendapunten/{item.id}/besluit"


def test_the_agenda_names_the_case_and_why_it_is_there(city, number):
    page = city.client("bram.claes").get("/overleg/agendapunten").text

    assert f"Dossier {number}" in page
    assert REASON in page
    assert "Besluit vastleggen" not in page


def test_a_conclusion_takes_the_case_off_and_stands_with_it(city, number, address):
    head = city.client("chris.maes")
    page = head.post(
        address, data={"conclusion": "Extra controleur"}, follow_redirects=True
    ).text
    case = head.get(f"/dossiers/{number}").text

    assert "Er staat niets op de agenda" in page
    assert "Besluit van 25 november 2026: Extra controleur" in case


def test_an_empty_conclusion_is_refused_at_its_own_item(city, address):
    answer = city.client("chris.maes").post(address, data={"conclusion": " "})

    assert answer.status_code == 422
    assert "Vul het besluit van het overleg in." in answer.text
    assert 'aria-invalid="true"' in answer.text


@pytest.mark.parametrize(
    ("user", "status"),
    [("bram.claes", 403), ("dirk.wouters", 403), ("ine.vos", 403)],
)
def test_nobody_else_concludes(city, address, user, status):
    answer = city.client(user).post(address, data={"conclusion": "x"})

    assert answer.status_code == status


def test_a_case_is_concluded_once(city, address):
    head = city.client("chris.maes")
    head.post(address, data={"conclusion": "Eerste"})

    assert head.post(address, data={"conclusion": "Tweede"}).status_code == 409
