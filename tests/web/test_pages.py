"""The pages of cases, processes and administration do what they say."""

import io
import re
from pathlib import Path

import pytest

import web
from web.security import CONTENT_SECURITY_POLICY

TEMPLATES = sorted(Path(web.__file__).parent.joinpath("templates").rglob("*.html"))
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:|hx-on",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_script_or_style(path):
    assert INLINE.findall(path.read_text("utf-8")) == []


def test_each_answer_carries_the_policy_and_no_cache_keeps_it(city):
    answer = city.client("an.peeters").get("/dossiers")

    assert answer.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_assets_are_kept_for_ever_under_a_hash_of_their_content(city):
    page = city.client().get("/aanmelden").text
    address = re.search(r'href="(/static/css/base[^"]+)"', page).group(1)
    answer = city.client().get(address)
    kept = answer.headers["Cache-Control"]
    answer.close()

    assert "immutable" in kept


def test_cases_are_searched_and_paged(city):
    for number in range(30):
        city.offer(street="Dampoortstraat", house_number=str(number + 1))
    client = city.client("an.peeters")
    first = client.get("/dossiers").text
    second = client.get("/dossiers?pagina=2").text
    found = client.get("/dossiers?q=dampoort+17").text

    assert "1–25 van 30" in first
    assert "26–30 van 30" in second
    assert "1 dossier<" in found
    assert "Dampoortstraat 17" in found


def test_nonsense_in_an_address_is_no_error(city):
    client = city.client("an.peeters")
    for path in (
        "/dossiers?pagina=-1&soort=x&toestand=y&sorteer=z",
        "/dossiers?pagina=99999999999",
        "/taken?wie=x&tegen=y&sorteer=z&taak=geen",
    ):
        assert client.get(path).status_code == 200


def test_a_case_that_does_not_exist_is_answered_in_words(city):
    answer = city.client("an.peeters").get("/dossiers/2026-9999")

    assert answer.status_code == 404
    assert "bestaat niet" in answer.text


def test_an_agency_offers_a_dwelling_and_follows_it(city):
    client = city.client("ine.vos")
    offer = {
        "offer.street": "Meibloemstraat",
        "offer.house_number": "84",
        "offer.postcode": "2800",
        "offer.unit_type": "ZW",
        "offer.owner_name": "J. De Smet",
        "offer.occupied": "false",
        "offer.consent_given": "true",
        "offer.consent_date": "2026-11-20",
    }
    answer = client.post("/dossiers/nieuw/svk_intake", data=offer)
    page = client.get("/svk").text

    assert answer.status_code == 302, answer.text
    assert "Meibloemstraat 84" in page
    assert "Volledigheid nakijken" in page
    assert "door de stad (Administratie)" in page


def test_an_offer_that_is_sent_twice_opens_one_case(city):
    client = city.client("ine.vos")
    offer = {
        "_key": "a1b2",
        "offer.street": "Meibloemstraat",
        "offer.house_number": "84",
        "offer.postcode": "2800",
        "offer.unit_type": "ZW",
        "offer.owner_name": "J. De Smet",
        "offer.occupied": "false",
        "offer.consent_given": "true",
    }
    first, second = (
        client.post("/dossiers/nieuw/svk_intake", data=offer) for _ in range(2)
    )

    assert first.location == second.location == "/dossiers/2026-0001"
    assert "1 woning die u aanbood" in client.get("/svk").text


def test_an_incomplete_offer_is_shown_again_with_what_was_typed(city):
    client = city.client("ine.vos")
    answer = client.post(
        "/dossiers/nieuw/svk_intake", data={"offer.street": "Kerkstraat"}
    )

    assert answer.status_code == 422
    assert 'value="Kerkstraat"' in answer.text
    assert "het dossier is nog niet geopend" in answer.text


def test_an_agency_withdraws_its_dwelling(city):
    case = city.offer()
    client = city.client("ine.vos")
    path = f"/dossiers/{case.number}/intrekken"
    silent = client.post(path, data={"reason": " "})
    client.post(path, data={"reason": "De eigenaar verkoopt"})
    page = client.get("/svk").text

    assert silent.status_code == 422
    assert "Ingetrokken" in page


def test_the_journal_is_written_in_words(city):
    case = city.offer()
    page = city.client("an.peeters").get(f"/dossiers/{case.number}").text

    assert "De taak ‘Volledigheid nakijken’ staat klaar." in page
    assert "Ine Vos startte" in page


def test_refused_files_change_nothing_and_show_each_finding(city):
    client = city.client("greet.smets")
    broken = _file(city, "svk_intake.bpmn").replace(b"notice.send", b"bestaat.niet")
    files = {"key": "svk", "files": (io.BytesIO(broken), "svk_intake.bpmn")}
    answer = client.post("/processen", data=files)

    assert answer.status_code == 422
    assert "Er is niets gewijzigd" in answer.text
    assert 'data-element="announce_visit"' in answer.text
    assert _version(city) == 1


def test_files_without_errors_become_the_newest_version(city):
    client = city.client("greet.smets")
    changed = _file(city, "svk_intake.bpmn").replace(
        b"Plaatsbezoek plannen", b"Plannen"
    )
    files = {"key": "svk", "files": (io.BytesIO(changed), "svk_intake.bpmn")}
    checked = client.post("/processen", data=files | {"check": "1"})
    before = _version(city)
    files = {"key": "svk", "files": (io.BytesIO(changed), "svk_intake.bpmn")}
    answer = client.post("/processen", data=files)

    assert checked.status_code == 200
    assert before == 1
    assert answer.status_code == 302
    assert _version(city) == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("plan.docx", b"PK", "Kies bestanden die eindigen op"),
        ("leeg.bpmn", b"", "Het bestand is leeg"),
    ],
)
def test_a_wrong_file_is_refused_by_name(city, name, content, words):
    client = city.client("greet.smets")
    files = {"key": "svk", "files": (io.BytesIO(content), name)}
    answer = client.post("/processen", data=files)

    assert answer.status_code == 422
    assert name in answer.text
    assert words in answer.text


def test_a_setting_changes_from_a_day_on(city):
    client = city.client("chris.maes")
    path = "/beheer/instellingen/works"
    wrong = client.post(path, data={"value": "drie", "valid_from": "2026-12-01"})
    client.post(path, data={"value": "P4M", "valid_from": "2026-12-01"})
    page = client.get(path).text

    assert wrong.status_code == 422
    assert 'id="value-error"' in wrong.text
    assert "4 maanden" in page


def test_an_administrator_adds_a_user_who_can_then_sign_in(city):
    admin = city.client("hugo.leys")
    new = {"name": "kim.bos", "full_name": "Kim Bos", "email": "kim@voorbeeld.be"}
    added = admin.post("/beheer/gebruikers", data=new)
    double = admin.post("/beheer/gebruikers", data=new)
    short = admin.post("/beheer/gebruikers/kim.bos/wachtwoord", data={"password": "x"})
    word = {"password": "nog een lang wachtwoord"}
    admin.post("/beheer/gebruikers/kim.bos/wachtwoord", data=word)
    form = {"_name": "kim.bos", "_password": word["password"]}
    signed_in = city.client().post("/aanmelden", data=form)

    assert added.status_code == 302
    assert double.status_code == 422
    assert short.status_code == 422
    assert signed_in.status_code == 302


def test_the_clock_of_production_can_not_be_moved(city):
    assert city.client("hugo.leys").get("/beheer/klok").status_code == 404


def test_liveness_needs_nothing_and_readiness_names_each_part(city):
    client = city.client()

    assert client.get("/healthz").json == {"status": "ok"}
    assert set(client.get("/readyz").json["checks"]) == {
        "database",
        "migrations",
        "heartbeat_age",
        "oldest_due_timer",
        "oldest_outbox_row",
    }


def _file(city, name):
    with city.engine.reading() as work:
        latest = city.engine.definitions.latest(work, "svk")
        return city.engine.definitions.get(work, latest.content_hash).files[name]


def _version(city):
    with city.engine.reading() as work:
        return city.engine.definitions.latest(work, "svk").version


@pytest.mark.parametrize("form", [{}, {"role": "keizer", "organisation_id": "x"}])
def test_a_role_that_is_none_is_refused_beside_the_form(city, form):
    path = "/beheer/gebruikers/an.peeters/rollen"
    answer = city.client("hugo.leys").post(path, data=form)

    assert answer.status_code == 422
    assert "Kies een rol en een organisatie." in answer.text
