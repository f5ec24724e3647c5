"""A dwelling from offer to certificate, by the hands of those who do it."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.stories.steps import (
    DAMP,
    checks,
    notifies,
    offers,
    plans,
    prepares_certificate,
    records,
    section,
    signs,
    visits,
    writes_report,
)

pytestmark = pytest.mark.e2e


MOST_LOOKS = 100
"""The page tells how it is when it is asked; the worker sends meanwhile."""


@pytest.mark.timeout(300)
def test_a_dwelling_goes_from_offer_to_free_certificate(site, person):
    sofie, an, tom = (person(name, at=site) for name in ("sofie", "an", "tom"))
    number = offers(sofie, street="Hoogstraat", house_number="12")

    checks(an, number)
    plans(an, number, site)
    visits(tom, number)
    records(tom, number, [DAMP], photo=True)
    writes_report(tom, an, number)
    _report_was_sent_inside_the_guarantee(sofie, an, number)
    _works_are_listed_and_notified(tom, sofie, number)
    _owner_repairs(sofie, number, site)
    _reinspection_finds_nothing(an, tom, number, site)
    writes_report(tom, an, number)
    prepares_certificate(an, number)
    signs(person("karel", at=site), number)
    signs(person("ines", at=site), number, "Attest mee ondertekenen")
    notifies(an, number)

    _agency_downloads_the_free_certificate(sofie, number)
    _mails_went_out(an, number)


def _report_was_sent_inside_the_guarantee(sofie, an, number):
    an.goes(f"/dossiers/{number}")
    terms = section(an, "Termijnen")
    expect(terms.get_by_text("gehaald", exact=True)).to_be_visible()
    expect(section(an, "Eerste onderzoek").locator("img")).to_have_count(1)
    text = _pdf_of(sofie, number, "erslag")
    assert number in text
    assert "Keuken" in text


def _works_are_listed_and_notified(tom, sofie, number):
    tom.opens_task(number, "Werkenlijst opstellen")
    expect(tom.page.locator("fieldset.item")).to_have_count(1)
    tom.finishes()
    sofie.goes("/svk")
    article = sofie.page.locator("article").filter(has_text=number)
    expect(article).to_contain_text("Uit te voeren werken")
    expect(article).to_contain_text("moet")
    assert "Keuken" in _pdf_of(sofie, number, "erken")


def _owner_repairs(sofie, number, site):
    sofie.opens_task(number, "Antwoord eigenaar noteren")
    sofie.chooses("Wat antwoordt de eigenaar?", "Hij laat de werken uitvoeren")
    ends_on = site.today.replace(month=site.today.month + 2)
    sofie.types("Streefdatum voor het einde van de werken", ends_on.isoformat())
    sofie.finishes()
    sofie.goes("/svk")
    article = sofie.page.locator("article").filter(has_text=number)
    article.get_by_role("link", name="Werken klaar melden").click()
    sofie.types("Klaar op", site.today.isoformat())
    sofie.page.get_by_role("button", name="Melden").click()
    sofie.sees("Gemeld. De stad plant nu een hercontrole.")


def _reinspection_finds_nothing(an, tom, number, site):
    plans(an, number, site, "Hercontrole plannen")
    tom.opens_task(number, "Hercontrole uitvoeren")
    tom.chooses("Hebt u toegang gekregen?", "ja")
    expect(tom.page.get_by_text("Vaststellingen bij dit bezoek")).to_be_visible()
    expect(tom.page.locator("fieldset.item")).to_have_count(1)
    tom.chooses("Stand", "hersteld")
    tom.finishes()


def _agency_downloads_the_free_certificate(sofie, number):
    text = _pdf_of(sofie, number, "onformiteitsattest")
    link = sofie.page.locator("article").filter(has_text=number)
    title = link.get_by_role("link", name="Conformiteitsattest").inner_text()
    sofie.goes(f"/dossiers/{number}")

    expect(section(sofie, title)).to_contain_text("Te betalen")
    expect(section(sofie, title)).to_contain_text("niets")
    assert title.removeprefix("Conformiteitsattest ") in text
    assert "Hoogstraat 12" in text
    assert "Dit attest is gratis." in text
    assert "Karel Vandamme" in text
    assert "Ines Hermans" in text


def _mails_went_out(an, number):
    rows = an.page.get_by_role("row").filter(has_text=number)
    for _ in range(MOST_LOOKS):
        an.goes("/beheer/berichten")
        if not rows.filter(has_text="wacht").count():
            break
    expect(rows.first).to_be_visible()
    expect(rows.filter(has_text="wacht")).to_have_count(0)


def _pdf_of(who, number, title):
    """Download a document of a case from the page of the rental agency."""
    who.goes("/svk")
    article = who.page.locator("article").filter(has_text=number)
    documents = article.locator("a[href^='/documenten/']")
    link = documents.filter(has_text=title).last
    answer = who.downloads(link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    return "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages
    )
