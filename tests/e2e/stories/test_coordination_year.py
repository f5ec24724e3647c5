"""A year of the coordination group, from its plan to what is left at its end."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.e2e.stories import gatherings
from tests.e2e.stories.gatherings import (
    duty,
    finishes,
    is_held,
    is_noted,
    is_refused,
    later,
    mail,
    meeting_day,
    moves_to,
    opens,
    paper,
)
from tests.e2e.stories.steps import section
from workflows.work_groups import service as work_groups
from workflows.work_groups.service import NewQuestion

pytestmark = pytest.mark.e2e

CORE = "Kerngroep: 3 keer per jaar"
BOARD = "Klankbordgroep: één keer per jaar"
LIST = "De lijst van noodwoningen wordt gedeeld."


@pytest.fixture
def nele(fresh_site, person):
    return person("beheer", at=fresh_site)


@pytest.fixture
def an(fresh_site, person):
    return person("an", at=fresh_site)


@pytest.mark.timeout(600)
def test_the_duties_of_a_year_turn_green_but_for_one(fresh_site, an, nele):
    site = fresh_site
    days = [meeting_day(site, weeks) for weeks in (6, 25, 37)]
    year = days[0].year
    _plans_the_year(an, year, [*days[:2], later(days[2], -7)])
    _moves_the_last(an, year, days[2])
    numbers = [f"KG-{year}-{turn}" for turn in (1, 2, 3)]
    for number, day in zip(numbers[:2], days[:2], strict=True):
        _take_place(nele, site, {number: day})
    for title in ("Verslag aan de leden", "Kennisname"):
        expect(duty(an, year, f"{numbers[0]}: {title}")).to_contain_text("Voldaan")
    for title in ("Lokaal woonoverleg", "K8 Toewijzingspraktijk"):
        expect(duty(an, year, title)).to_contain_text("Voldaan")
    expect(duty(an, year, CORE)).to_contain_text("Gepland")
    expect(duty(an, year, BOARD)).to_contain_text("Open")

    moves_to(nele, site, date(year, 10, 5))
    expect(duty(an, year, BOARD)).to_contain_text("Te laat")
    an.page.locator("summary", has_text="gemeld").click()
    an.sees("aan Eva Lambrecht")
    expect(mail(nele, "een verplichting", "eva@")).to_contain_text("Klankbordgroep")
    board_day = later(days[2], 7)
    board = gatherings.plans(site, board_day, body_key="sounding_board")[0]
    expect(duty(an, year, BOARD)).to_contain_text("Gepland")
    _take_place(nele, site, {numbers[2]: days[2], board: board_day})
    for title in (CORE, BOARD):
        expect(duty(an, year, title)).to_contain_text("Voldaan")

    moves_to(nele, site, date(year + 1, 1, 4))
    _is_closed(an, year)


@pytest.mark.timeout(300)
def test_a_core_meeting_goes_from_its_agenda_to_the_note_of_the_college(
    fresh_site, an, nele, person
):
    site = fresh_site
    day = meeting_day(site, 6)
    (number,) = gatherings.plans(site, day)
    question = _a_question_waits(site)
    bram, eva = person("bram", at=site), person("eva", at=site)
    moves_to(nele, site, later(day, -27))
    _opens_agenda(an, bram, number)
    moves_to(nele, site, later(day, -13))
    finishes(eva, number, "Agenda goedkeuren", "Ik keur deze agenda goed")
    moves_to(nele, site, day, 17)
    assert "Noodwoningen in beeld" in paper(an, number, f"Agendabundel {number}")

    _records_attendance(an, number)
    _founds(an, number, question, day)
    _writes_minutes(an, site, number)
    moves_to(nele, site, later(day, 12))
    _approves(eva, number)
    assert LIST in paper(bram, number, f"Verslag van {number}")
    assert "Leila Benali" in paper(an, number, f"Nota voor het college over {number}")
    _two_note_at_once(an, person("mia", at=site), site, number)
    an.goes(f"/overleg/werkgroepen/{question}")
    an.sees("nam kennis op")


def _plans_the_year(an, year, days):
    """Open the year, plan the core group in one go, and finish the plan."""
    an.goes(f"/overleg/jaar/{year}")
    an.presses(f"Jaar {year} openen")
    an.sees(f"Het overlegjaar {year} is geopend")
    an.goes("/taken?q=Overlegjaar")
    an.follows("Jaar plannen")
    an.follows("Taak uitvoeren")
    plan = an.page.url
    is_refused(an, "De wet vraagt meer vergaderingen")
    an.goes(f"/overleg/jaar/{year}/reeks?orgaan=core_group")
    given = an.page.locator("input[name^=starts_at-]")
    assert given.count() >= len(days)
    for turn in range(given.count()):
        given.nth(turn).fill(days[turn].isoformat() if turn < len(days) else "")
    an.presses("Reeks plannen")
    an.sees("3 vergaderingen van Kerngroep gepland")
    an.goes(plan)
    an.finishes()


def _moves_the_last(an, year, day):
    """Move the last meeting of the series, and leave the others where they are."""
    an.goes(f"/overleg/jaar/{year}")
    an.follows("Verplaatsen van Kerngroep")
    an.page.get_by_label("Dag", exact=True).last.fill(day.isoformat())
    an.presses("Verplaatsen")
    an.sees("1 vergadering verplaatst.")


def _is_closed(an, year):
    """What was done and what was not is kept, and the next year is open already."""
    expect(duty(an, year, CORE)).to_contain_text("Voldaan")
    expect(duty(an, year, "Studentenhuisvesting")).to_contain_text("Gemist")
    an.sees(f"Verplichtingen bij het afsluiten van {year}")
    an.goes(f"/overleg/jaar/{year + 1}")
    an.sees("Geopend op 1 december")


def _take_place(nele, site, meetings):
    """Hold meetings behind the scenes, up to the college that takes note."""
    last = max(meetings.values())
    moves_to(nele, site, later(last, -27))
    for number in meetings:
        gatherings.office(site).does("an", "open_agenda", number)
    for number, day in meetings.items():
        moves_to(nele, site, day, 17)
        is_held(site, number)
    moves_to(nele, site, later(last, 12))
    for number in meetings:
        is_noted(site, number, f"CBS {number}")


def _a_question_waits(site):
    there = gatherings.office(site)
    new = NewQuestion(
        title="Meer noodwoningen",
        question="Hoe krijgen we meer noodwoningen?",
        reason="Er zijn er te weinig.",
    )
    with site.engine.transaction() as work:
        bram = there.who("bram")
        return work_groups.ask(work, site.engine, new, by=bram).number


def _opens_agenda(an, bram, number):
    """The secretary opens the agenda, and a member hands in a point."""
    opens(an, number, "Agenda openen")
    an.finishes()
    bram.goes(f"/overleg/vergaderingen/{number}")
    bram.page.get_by_text("Punt indienen").click()
    bram.types("Onderwerp", "Noodwoningen in beeld")
    bram.presses("Indienen")
    bram.sees("Het punt staat op de agenda")


def _approves(eva, number):
    opens(eva, number, "Verslag goedkeuren")
    eva.chooses("Wat beslist u?", "Goedkeuren")
    eva.finishes()


def _records_attendance(an, number):
    """Attendance that misses somebody is refused, and the task stays open."""
    opens(an, number, "Aanwezigheden noteren")
    an.ticks("De aanwezigheden zijn volledig")
    is_refused(an, "Noteer eerst de aanwezigheid van elk lid")
    an.goes(f"/overleg/vergaderingen/{number}")
    seats = an.page.locator("fieldset.attendance")
    for turn in range(seats.count()):
        seats.nth(turn).get_by_label("Aanwezig", exact=True).check()
    an.presses("Aanwezigheid bewaren")
    finishes(an, number, "Aanwezigheden noteren", "De aanwezigheden zijn volledig")


def _founds(an, number, question, day):
    """The meeting founds a work group, on the page of its minutes."""
    an.goes(f"/overleg/vergaderingen/{number}/verslag")
    an.page.get_by_text("Besluit over de beleidsvraag vastleggen").click()
    an.page.get_by_label("Een werkgroep oprichten", exact=True).check()
    an.presses(re.compile("Besluit vastleggen"))
    an.sees("Het besluit staat in het verslag")
    an.goes(f"/overleg/beleidsvragen/{question}")
    an.follows("Verantwoordelijke aanstellen")
    an.selects("Verantwoordelijke", "Leila Benali")
    an.types("Naam van de werkgroep", "Noodwoningen")
    an.types("Opdracht", "Zoeken welke woningen geschikt zijn.")
    an.types("Leden", "Leila Benali\nAn Peeters")
    an.types("Hoe vaak komt de werkgroep samen?", "P1M")
    an.types("Voorzien einde", later(day, 180).isoformat())
    an.finishes()


def _writes_minutes(an, site, number):
    """Minutes that say nothing of a point are refused; what is typed is kept."""
    ready = "Het ontwerp is klaar voor de leden"
    opens(an, number, "Verslag opmaken")
    an.ticks(ready)
    is_refused(an, "Het verslag zegt nog niets over")
    an.goes(f"/overleg/vergaderingen/{number}/verslag")
    point = section(an, re.compile("Noodwoningen in beeld"))
    point.get_by_label("Bespreking").fill("De noodwoningen zijn overlopen.")
    point.get_by_label("Besluit", exact=True).fill(LIST)
    expect(point.locator("[data-draft-note]")).not_to_be_empty()
    an.goes(f"/overleg/vergaderingen/{number}/verslag")
    expect(point.get_by_label("Besluit", exact=True)).to_have_value(LIST)
    gatherings.is_told(site, number)
    finishes(an, number, "Verslag opmaken", ready)


def _two_note_at_once(an, mia, site, number):
    """Who closes the meeting second reads who was first, and nothing is lost."""
    for who, reference in ((an, "CBS 411"), (mia, "CBS 412")):
        opens(who, number, "Kennisname college noteren")
        today = gatherings.office(site).today
        who.types("Datum van de kennisname", today.isoformat())
        who.types("Nummer van het collegebesluit", reference)
    an.finishes()
    with mia.page.expect_navigation() as answered:
        mia.presses("Taak afwerken")

    assert answered.value.status == 409
    expect(mia.page.get_by_role("alert")).to_contain_text("An Peeters werkte deze taak")
    mia.sees("CBS 412")
    mia.goes(f"/overleg/vergaderingen/{number}")
    mia.sees("CBS 411")
    mia.sees("Afgesloten")
