"""Who may not see or do something meets a page that says so."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.stories.backstage import prepared, reported

pytestmark = pytest.mark.e2e


def test_another_agency_neither_sees_nor_downloads(site, person):
    case = reported(site)
    sofie, jef = person("sofie", at=site), person("jef", at=site)
    sofie.goes(f"/dossiers/{case.number}")
    document = sofie.page.locator("a[href^='/documenten/']").first
    path = document.get_attribute("href")
    jef.goes("/svk")

    jef.sees_no(case.number)
    for forbidden in (f"/dossiers/{case.number}", path):
        answer = jef.page.goto(forbidden)
        assert answer.status in (403, 404)
        jef.sees("Naar de startpagina")
        jef.sees_no(case.offer["owner_name"])


def test_a_stranger_is_sent_to_the_sign_in_page_and_back(site, person):
    case = site.offered()
    an = person(at=site)
    an.name = "an"
    an.goes(f"/dossiers/{case.number}")
    expect(an.page).to_have_url(re.compile("/aanmelden"))
    an.sees_no(case.number)
    an.signs_in()

    expect(an.page).to_have_url(re.compile(f"/dossiers/{case.number}$"))


def test_a_wrong_password_is_refused_in_words(site, person):
    stranger = person(at=site)
    stranger.goes("/aanmelden")
    stranger.types("Gebruikersnaam", "an")
    stranger.types("Wachtwoord", "geraden")
    stranger.presses("Aanmelden")

    expect(stranger.page.get_by_role("alert")).to_be_visible()
    expect(stranger.field("Gebruikersnaam")).to_have_value("an")


def test_an_inspector_can_not_sign_a_certificate(site, person):
    case = prepared(site)
    task = site.task(case.number, "sign_mayor")
    tom = person("tom", at=site)
    tom.goes(f"/taken/{task.id}")

    expect(tom.page.get_by_role("button", name="Taak afwerken")).to_have_count(0)
    answer = tom.page.request.post(
        f"/taken/{task.id}",
        form={"agrees": "true"},
        headers={"Sec-Fetch-Site": "same-origin", "Accept": "text/html"},
    )
    assert answer.status == 403
    assert site.task(case.number, "sign_mayor").id == task.id
