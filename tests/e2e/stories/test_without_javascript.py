"""The main path once more, in a browser that runs no scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.stories.backstage import visited
from tests.e2e.stories.steps import (
    DAMP,
    adds,
    checks,
    offers,
    plans,
    section,
    writes_report,
)

pytestmark = pytest.mark.e2e


@pytest.fixture
def people(site, person):
    names = ("sofie", "an", "tom")
    return [person(name, at=site, javascript=False) for name in names]


def test_a_dwelling_is_offered_planned_and_visited(people, site):
    sofie, an, tom = people
    number = offers(sofie, street="Heffen-Dorp", house_number="21")
    checks(an, number)
    plans(an, number, site)
    tom.opens_task(number, "Plaatsbezoek uitvoeren")
    tom.chooses("Hebt u toegang gekregen?", "ja")
    tom.presses("Vragen bijwerken")
    tom.types("Wie was er namens het SVK?", "Sofie Maes")
    tom.finishes()

    sofie.goes("/svk")
    article = sofie.page.locator("article").filter(has_text=number)
    expect(article).to_contain_text("Vaststellingen invoeren")


def test_findings_with_photos_lead_to_a_signed_report(people, site):
    sofie, an, tom = people
    case = visited(site)
    tom.opens_task(case.number, "Vaststellingen invoeren")
    adds(tom, [DAMP, ("Plafondhoogte", "I", "Zolder", "Onder de norm")], photo=True)
    tom.presses(re.compile(r"Verwijderen\s*: .*2"))
    expect(tom.page.locator("fieldset.item")).to_have_count(1)
    expect(tom.page.locator(".photos img")).to_have_count(1)
    tom.finishes()
    writes_report(tom, an, case.number)
    sofie.goes(f"/dossiers/{case.number}")

    expect(section(sofie, "Documenten en foto’s")).to_contain_text("Technisch verslag")
    tom.goes(f"/dossiers/{case.number}")
    tom.sees("Het diagram verschijnt als JavaScript aanstaat.")
