"""A remark on a step: pinned at a task, decided in the meeting, answered by a version."""

import pytest
from playwright.sync_api import expect

from tests.e2e.stories import gatherings
from tests.e2e.stories.gatherings import mail, meeting_day, moves_to
from tests.e2e.stories.steps import section

pytestmark = pytest.mark.e2e

REMARK = "Deze stap duurt te lang omdat de plannen bijna altijd ontbreken."
DECISION = "Vraag de plannen al in het formulier van het aanbod."
DRAWING = "svk_intake.bpmn"
STEP = "Volledigheid nakijken"


@pytest.mark.timeout(300)
def test_a_remark_leads_to_a_new_version_and_its_author_hears_it(fresh_site, person):
    site = fresh_site
    day = meeting_day(site, 1)
    (meeting,) = gatherings.plans(site, day, body_key="weekly_quality", hour=10)
    number = site.offered().number
    an, griet, pieter, nele = (
        person(name, at=site) for name in ("an", "griet", "pieter", "beheer")
    )

    remark = _pins(an, number)
    an.sees(meeting)
    moves_to(nele, site, day, 11)
    _decides(griet, meeting)
    _changes_the_process(pieter, remark)

    expect(mail(nele, remark, "an@")).to_contain_text("Versie 2 van het proces")
    an.goes("/overleg/opmerkingen")
    row = an.page.get_by_role("row").filter(has_text=remark)
    expect(row).to_contain_text("Aangepast")
    an.follows(STEP)
    expect(section(an, "Het antwoord")).to_contain_text(DECISION)


@pytest.mark.timeout(300)
def test_kept_as_it_is_the_author_hears_why_also_without_javascript(fresh_site, person):
    site = fresh_site
    day = meeting_day(site, 1)
    (meeting,) = gatherings.plans(site, day, body_key="weekly_quality", hour=10)
    site.offered()
    tom, griet = (person(n, at=site, javascript=False) for n in ("tom", "griet"))
    nele = person("beheer", at=site)

    remark = _pins_at_the_drawing(tom)
    moves_to(nele, site, day, 11)
    griet.goes(f"/overleg/opmerkingen/{remark}")
    griet.page.get_by_label("Nee, het blijft zoals het is").check()
    griet.types("Wat verandert er, of waarom niet?", "De wet vraagt deze stap.")
    griet.presses("Besluit vastleggen")
    griet.goes(f"/overleg/vergaderingen/{meeting}")

    griet.sees("De wet vraagt deze stap.")
    expect(mail(nele, remark, "tom@")).to_contain_text("De wet vraagt deze stap.")
    tom.goes(f"/overleg/opmerkingen/{remark}")
    expect(section(tom, "Het antwoord")).to_contain_text("De wet vraagt deze stap.")


def _pins(an, number):
    an.opens_task(number, STEP)
    an.follows("Opmerking bij deze stap")
    expect(section(an, "Deze stap nu")).to_contain_text("Dossiers op deze stap")
    return _writes(an)


def _pins_at_the_drawing(tom):
    tom.goes("/processen/svk")
    tom.follows(f"opmerking bij {STEP}")
    return _writes(tom)


def _writes(who):
    who.sees(f"Opmerking bij ‘{STEP}’")
    who.types("Wat wringt er aan deze stap?", REMARK)
    who.presses("Opmerking plaatsen")
    who.sees("Uw opmerking is bewaard als OPM-")
    expect(section(who, "Toen de opmerking kwam")).to_contain_text("1")
    return who.page.url.rsplit("/", 1)[-1]


def _decides(griet, meeting):
    griet.goes(f"/overleg/vergaderingen/{meeting}")
    griet.sees(REMARK)
    griet.page.get_by_text("Besluit over de opmerking vastleggen").click()
    griet.page.get_by_label("Ja, het proces wordt aangepast").check()
    griet.types("Wat verandert er, of waarom niet?", DECISION)
    griet.presses("Besluit vastleggen")
    griet.sees("Het besluit staat in het verslag.")


def _changes_the_process(pieter, remark):
    """Take the task, change the drawing in the draft, take that into use."""
    pieter.goes("/taken")
    pieter.sees("Proces wijzigen")
    pieter.goes(f"/overleg/opmerkingen/{remark}")
    pieter.follows("Ontwerp van de wijziging")
    drawn = pieter.downloads(f"/processen/svk/concept/bestanden/{DRAWING}").body()
    changed = drawn.replace(STEP.encode(), b"Volledigheid en plannen nakijken")
    assert changed != drawn
    file = {"name": DRAWING, "mimeType": "application/xml", "buffer": changed}
    pieter.field("Bestanden").set_input_files(file)
    pieter.presses("In het ontwerp zetten")
    pieter.sees("1 bestand gewijzigd")
    pieter.presses("Ontwerp in gebruik nemen")
    pieter.sees("Versie 2 van ‘svk’ is in gebruik")
