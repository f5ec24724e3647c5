"""A work group, from a question of a member to the answer that he reads."""

import pytest
from playwright.sync_api import expect

from tests.e2e.stories import gatherings
from tests.e2e.stories.gatherings import later, mail, meeting_day, moves_to
from tests.e2e.stories.steps import section

pytestmark = pytest.mark.e2e

QUESTION = "Meer opvang voor grote gezinnen"
NOTE = "Zes woningen komen in aanmerking."
SECOND_NOTE = "Vier woningen zijn in gebruik."
ANSWER = "Er zijn vier noodwoningen bij, met minstens vier slaapkamers."


@pytest.mark.timeout(300)
def test_a_question_leads_to_a_work_group_and_its_answer_to_who_asked(
    fresh_site, person
):
    site = fresh_site
    days = [meeting_day(site, weeks) for weeks in (5, 10, 15, 20)]
    first, second, third, fourth = gatherings.plans(site, *days)
    bram, an, nele = (person(name, at=site) for name in ("bram", "an", "beheer"))

    question = _asks(bram, first)
    _opens_agenda(nele, site, first, days[0])
    moves_to(nele, site, days[0], 16)
    _is_founded(an, question, first, ends_on=later(days[3], 60))

    _opens_agenda(nele, site, second, days[1])
    leila = person("leila", at=site)
    _reports(leila, second, question, NOTE)
    _opens_agenda(nele, site, third, days[2])
    moves_to(nele, site, later(days[2], -6))
    _is_missed(an, nele, third)
    _hands_over(leila, an, question)

    _opens_agenda(nele, site, fourth, days[3])
    tom = person("tom", at=site)
    _reports(tom, fourth, question, SECOND_NOTE)
    _proposes_to_close(tom, question)
    moves_to(nele, site, days[3], 16)
    _closes(an, question)
    _reads_the_answer(bram, nele, question)


def _asks(bram, first):
    bram.goes("/overleg/beleidsvragen")
    bram.follows("Vraag stellen")
    bram.types("Titel", QUESTION)
    bram.types("De vraag", "Hoe krijgen we meer opvang voor grote gezinnen?")
    bram.types("Aanleiding", "Er zijn geen noodwoningen met vier slaapkamers.")
    bram.presses("Vraag stellen")
    expect(bram.page.get_by_role("status").first).to_contain_text("genoteerd als BV-")
    bram.sees(first)
    return bram.page.url.rsplit("/", 1)[-1]


def _opens_agenda(nele, site, number, day):
    """Open an agenda behind the scenes, and let the groups be asked for a note."""
    moves_to(nele, site, later(day, -27))
    gatherings.office(site).does("an", "open_agenda", number)
    moves_to(nele, site, later(day, -15))


def _is_founded(an, question, meeting, *, ends_on):
    """A group without somebody who reports is not founded; then it is."""
    an.goes(f"/overleg/beleidsvragen/{question}")
    an.page.get_by_label("Een werkgroep oprichten", exact=True).check()
    an.presses("Besluit vastleggen")
    an.sees("Het besluit staat in het verslag")
    an.page.get_by_role("link", name="Verantwoordelijke aanstellen").click()
    an.types("Naam van de werkgroep", "Noodwoningen")
    an.types("Opdracht", "Zoeken welke woningen geschikt zijn als noodwoning.")
    an.types("Leden", "Leila Benali\nTom Wouters\nBram Verbeeck")
    an.types("Hoe vaak komt de werkgroep samen?", "P1M")
    an.types("Voorzien einde", ends_on.isoformat())
    gatherings.is_refused(an, "Maak een keuze bij ‘Verantwoordelijke’")
    expect(an.field("Naam van de werkgroep")).to_have_value("Noodwoningen")
    an.selects("Verantwoordelijke", "Leila Benali")
    an.finishes()
    an.goes(f"/overleg/werkgroepen/{question}")
    an.sees("Leila Benali")
    an.sees(meeting)


def _reports(who, meeting, question, note):
    who.goes(f"/overleg/werkgroepen/{question}")
    who.page.get_by_role("link", name="Terugkoppeling geven").click()
    who.types("Terugkoppeling", note)
    who.finishes()
    who.goes(f"/overleg/vergaderingen/{meeting}")
    who.sees(note)


def _is_missed(an, nele, meeting):
    """A note that does not come is red on the agenda, and told to the head."""
    an.goes(f"/overleg/vergaderingen/{meeting}")
    point = an.page.get_by_role("listitem").filter(has_text="Noodwoningen").first
    expect(point.locator(".badge.late")).to_be_visible()
    expect(point).to_contain_text("De nota van de werkgroep ontbreekt")
    told = mail(nele, f"Terugkoppeling ontbreekt op Kerngroep {meeting}", "griet@")
    expect(told).to_contain_text("De werkgroep ‘Noodwoningen’ bezorgde nog geen nota")


def _hands_over(leila, an, question):
    leila.goes(f"/overleg/werkgroepen/{question}")
    leila.page.get_by_text("De verantwoordelijke stopt").click()
    leila.types("Waarom?", "Ik wissel van dienst.")
    leila.presses("Vervanging vragen")
    leila.sees("heeft geen verantwoordelijke")
    an.goes(f"/overleg/werkgroepen/{question}")
    an.page.get_by_role("link", name="Vervanger aanstellen").click()
    an.selects("Nieuwe verantwoordelijke", "Tom Wouters")
    an.finishes()
    an.goes(f"/overleg/werkgroepen/{question}")
    expect(section(an, "Verantwoordelijken")).to_contain_text("Ik wissel van dienst.")


def _proposes_to_close(tom, question):
    tom.goes(f"/overleg/werkgroepen/{question}")
    tom.page.get_by_role("link", name="Afsluiting voorstellen").click()
    tom.types("Eindverslag", "De lijst van noodwoningen is af.")
    tom.types("Antwoord op de beleidsvraag", ANSWER)
    tom.finishes()


def _closes(an, question):
    an.goes(f"/overleg/werkgroepen/{question}")
    an.page.get_by_label("Ja, de vraag is beantwoord").check()
    an.presses("Besluit vastleggen")
    an.sees("Het besluit staat in het verslag")
    an.sees("Afgesloten")
    told = section(an, "Terugkoppeling")
    expect(told).to_contain_text(NOTE)
    expect(told).to_contain_text(SECOND_NOTE)
    expect(told).to_contain_text("De vergadering ging voorbij zonder nota")


def _reads_the_answer(bram, nele, question):
    expect(mail(nele, f"Antwoord op beleidsvraag {question}", "bram@")).to_contain_text(
        ANSWER
    )
    bram.goes("/overleg/beleidsvragen")
    bram.sees("nog niet gelezen")
    bram.follows(QUESTION)
    expect(section(bram, "Het antwoord")).to_contain_text(ANSWER)
    bram.goes("/overleg/beleidsvragen")
    bram.sees_no("nog niet gelezen")
