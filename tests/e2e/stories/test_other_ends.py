"""The other ways in which a case ends or turns, by the page."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.stories.backstage import asked, planned, prepared
from tests.e2e.stories.steps import checks, offers, section, signs

pytestmark = pytest.mark.e2e


def test_the_agency_withdraws_a_dwelling(site, person):
    sofie = person("sofie", at=site)
    number = offers(sofie, street="Trianonlaan", house_number="3")
    sofie.goes("/svk")
    article = sofie.page.locator("article").filter(has_text=number)
    article.get_by_role("link", name="Intrekken").click()
    sofie.types("Waarom stopt het dossier?", "De eigenaar verkoopt.")
    sofie.presses("Dossier intrekken")
    sofie.sees("Het dossier is ingetrokken.")

    expect(article).to_contain_text("Ingetrokken")
    expect(article.get_by_role("link", name="Intrekken")).to_have_count(0)


def test_an_offer_that_lacks_something_is_completed_by_the_agency(site, person):
    sofie, an = person("sofie", at=site), person("an", at=site)
    number = offers(sofie, street="Dorpsstraat", house_number="44")
    an.opens_task(number, "Volledigheid nakijken")
    an.chooses("Is het aanbod volledig?", "nee")
    an.types("Wat ontbreekt er?", "Het telefoonnummer van de eigenaar")
    an.finishes()
    sofie.opens_task(number, "Aanbod aanvullen")
    sofie.sees("Het telefoonnummer van de eigenaar")
    expect(sofie.field("Straat")).to_have_value("Dorpsstraat")
    sofie.types("Telefoon", "015 00 11 22")
    sofie.finishes()
    checks(an, number)
    an.opens_task(number, "Plaatsbezoek plannen")

    an.sees("Dorpsstraat 44")


def test_nobody_opens_the_door_and_the_visit_is_planned_again(site, person):
    case = planned(site)
    tom = person("tom", at=site)
    tom.opens_task(case.number, "Plaatsbezoek uitvoeren")
    tom.chooses("Hebt u toegang gekregen?", "nee")
    tom.types("Waarom niet?", "Niemand thuis")
    tom.finishes()
    an = person("an", at=site)
    an.goes(f"/dossiers/{case.number}")

    expect(section(an, "Open taken")).to_contain_text("Plaatsbezoek plannen")
    an.sees("Niemand thuis")


@pytest.mark.timeout(200)
def test_the_head_of_service_closes_the_case_of_a_passive_owner(fresh_site, person):
    case = asked(fresh_site)
    nele, griet = person("beheer", at=fresh_site), person("griet", at=fresh_site)
    nele.goes("/beheer/klok")
    nele.types("Dag en uur", fresh_site.at(case.today + timedelta(days=45), 12))
    nele.presses("Klok verzetten")
    expect(nele.page.get_by_role("status").first).to_contain_text("De klok staat nu op")
    griet.opens_task(case.number, "Passieve eigenaar beslissen")
    griet.chooses("Beslissing", "Het dossier afsluiten: passieve eigenaar")
    griet.types("Motivering", "Geen antwoord na twee herinneringen.")
    griet.finishes()
    griet.goes(f"/dossiers/{case.number}")

    griet.sees("Passieve eigenaar")


def test_a_refused_signature_brings_the_certificate_back(site, person):
    case = prepared(site)
    karel = person("karel", at=site)
    karel.opens_task(case.number, "Attest ondertekenen")
    karel.chooses("Ondertekent u het attest?", "nee")
    karel.types("Waarom niet?", "Het aantal bewoners klopt niet.")
    karel.finishes()
    signs(person("ines", at=site), case.number, "Attest mee ondertekenen")
    an = person("an", at=site)
    an.opens_task(case.number, "Attest voorbereiden")

    an.goes(f"/dossiers/{case.number}")
    an.sees("Het aantal bewoners klopt niet.")
