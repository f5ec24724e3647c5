"""What goes wrong around meetings is told in words, and nothing typed is lost."""

from datetime import timedelta
from itertools import count

import pytest
from playwright.sync_api import expect

from tests.e2e.stories import gatherings
from tests.e2e.stories.gatherings import meeting_day, moves_to, opens
from workflows.meetings.points import Handed

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

TITLE = "Verhuis van de loketten"
WEEKS = count(6)  # a body meets once at a time: each test has a week of its own


@pytest.fixture
def minutes(site):
    """A meeting with one point on its agenda, of which minutes can be written."""
    there = gatherings.office(site)
    day = meeting_day(site, next(WEEKS))
    (number,) = gatherings.plans(site, day, body_key="student_housing")
    there.brings("an", number, Handed(title=TITLE))
    return f"/overleg/vergaderingen/{number}/verslag"


def point(who):
    """Return the point on the page of the minutes."""
    return who.page.locator("section.panel").filter(has_text=TITLE).first


def test_a_meeting_in_the_past_is_not_planned(site, person):
    an = person("an", at=site)
    an.goes("/overleg/vergaderingen/nieuw")
    an.selects("Overlegorgaan", "Kerngroep")
    an.types("Dag", (site.today - timedelta(days=3)).isoformat())
    an.types("Uur", "14:00")
    an.types("Waar", "Stadhuis, zaal 3")
    an.presses("Plannen")

    summary = an.page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("in de toekomst")
    expect(an.field("Waar")).to_have_value("Stadhuis, zaal 3")
    expect(an.field("Overlegorgaan")).to_have_value("core_group")


def test_who_writes_a_point_second_keeps_his_text(site, person, minutes):
    an, mia = person("an", at=site), person("mia", at=site)
    for each in (an, mia):
        each.goes(minutes)
    mia.page.get_by_label("Bespreking").fill("Tekst van Mia")
    expect(point(mia).locator("[data-draft-note]")).to_contain_text("Bewaard om")
    an.page.get_by_label("Bespreking").fill("Tekst van An")
    expect(point(an).locator("[data-draft-note]")).to_contain_text("Mia Jacobs")
    with an.page.expect_navigation() as answered:
        point(an).get_by_role("button", name="Bewaren").click()

    assert answered.value.status == 409
    expect(an.page.get_by_role("alert")).to_contain_text("Mia Jacobs")
    expect(point(an)).to_contain_text("Nu staat er: Tekst van Mia")
    expect(an.page.get_by_label("Bespreking")).to_have_value("Tekst van An")
    point(an).get_by_role("button", name="Bewaren").click()
    an.sees("Bewaard om")
    mia.goes(minutes)
    expect(mia.page.get_by_label("Bespreking")).to_have_value("Tekst van An")


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("Wie?", "Kies wie het doet, of vul een naam in."),
        ("Tegen", "Kies tegen wanneer het gedaan moet zijn."),
    ],
)
def test_an_action_without_owner_or_day_is_refused(
    site, person, minutes, left_out, words
):
    an = person("an", at=site)
    an.goes(minutes)
    an.page.get_by_text("Actiepunt toevoegen").click()
    an.types("Wat moet er gebeuren?", "Bel de hogeschool")
    if left_out != "Wie?":
        an.selects("Wie?", "Tom Wouters")
    if left_out != "Tegen":
        an.types("Tegen", (site.today + timedelta(days=9)).isoformat())
    # A browser that checks nothing itself: the server must say it.
    an.page.locator("form[action$='/actiepunten']").evaluate("it => it.noValidate = 1")
    an.presses("Toevoegen")

    summary = an.page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(words)
    expect(an.field("Wat moet er gebeuren?")).to_have_value("Bel de hogeschool")
    if left_out == "Wie?":
        an.selects("Wie?", "Tom Wouters")
    else:
        expect(an.field("Wie?")).to_have_value("tom")
        an.types("Tegen", (site.today + timedelta(days=9)).isoformat())
    an.presses("Toevoegen")
    an.sees("Het actiepunt is toegevoegd.")
    expect(point(an)).to_contain_text("Bel de hogeschool")


def test_figures_with_a_wrong_line_are_all_left_out(site, person):
    griet = person("griet", at=site)
    griet.goes("/overleg/cijfers")
    typed = griet.page.get_by_label("Regels").input_value() + (
        "\naanbod;Sociale huurwoningen;3120;woningen;Woonmaatschappij"
        "\naanbod;Studentenkamers;veel;kamers;Hogeschool"
    )
    griet.page.get_by_label("Regels").fill(typed)
    griet.presses("Cijfers bewaren")

    summary = griet.page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("egel 3")
    expect(griet.page.get_by_label("Regels")).to_have_value(typed)
    griet.goes("/overleg/cijfers")
    griet.sees_no("3120")
    griet.sees_no("3.120")
    griet.page.get_by_label("Regels").fill(typed.replace("veel", "812"))
    griet.presses("Cijfers bewaren")
    griet.sees("2 cijfers zijn bewaard.")
    griet.sees("812")


def test_a_group_is_founded_with_somebody_who_reports_and_minutes_with_attendance(
    fresh_site, person
):
    site, day = fresh_site, meeting_day(fresh_site, 5)
    nele, an, bram = (person(name, at=site) for name in ("beheer", "an", "bram"))
    (number,) = gatherings.plans(site, day)
    question = asks(bram)
    moves_to(nele, site, gatherings.later(day, -27))
    gatherings.office(site).does("an", "open_agenda", number)
    moves_to(nele, site, day, 16)

    founds_without_responsible(an, question)
    holds_without_attendance(an, number)


def asks(bram):
    bram.goes("/overleg/beleidsvragen/nieuw")
    bram.types("Titel", "Huisvesting na brand")
    bram.types("De vraag", "Waar kunnen bewoners terecht na een brand?")
    bram.types("Aanleiding", "Twee gezinnen stonden op straat.")
    bram.presses("Vraag stellen")
    expect(bram.page.get_by_role("status").first).to_contain_text("genoteerd als BV-")
    return bram.page.url.rsplit("/", 1)[-1]


def founds_without_responsible(an, question):
    an.goes(f"/overleg/beleidsvragen/{question}")
    an.page.get_by_label("werkgroep", exact=False).first.check()
    an.presses("Besluit vastleggen")
    an.sees("Het besluit staat in het verslag")
    an.page.get_by_role("link", name="Verantwoordelijke aanstellen").click()
    an.types("Naam van de werkgroep", "Noodopvang")
    an.types("Opdracht", "Een draaiboek schrijven.")
    gatherings.is_refused(an, "Verantwoordelijke")
    expect(an.field("Naam van de werkgroep")).to_have_value("Noodopvang")
    an.goes("/overleg/werkgroepen")
    an.sees_no("Noodopvang")


def holds_without_attendance(an, number):
    """Minutes begin only when it stands who was there; the members are named."""
    opens(an, number, "Aanwezigheden noteren")
    an.ticks("De aanwezigheden zijn volledig")
    gatherings.is_refused(an, "Noteer eerst de aanwezigheid van elk lid")
    expect(an.page.locator(".error-summary")).to_contain_text("Nadia Amrani")
    an.goes(f"/overleg/vergaderingen/{number}")
    expect(an.page.get_by_role("link", name="Verslag opmaken")).to_have_count(0)


def test_a_weekly_meeting_closes_whole_and_once(fresh_site, person):
    site = fresh_site
    site.offered()
    an, mia = person("an", at=site), person("mia", at=site)
    number = is_listed(site, an)
    an.goes(f"/overleg/wekelijks/{number}")
    passes(an, "Niets nieuws.")
    everybody_came(an)

    closes_too_early(an, site.offered().number)
    passes(an, "Pas binnen.")
    closes_twice(an, mia, number)
    mia.goes("/overleg/vergaderingen")
    expect(mia.page.get_by_role("link", name="Woonkwaliteitsoverleg")).to_have_count(2)


def passes(an, reason):
    an.types("Reden", reason)
    an.presses("Het ene dossier zonder bespreking")
    an.sees("Geen wijziging in 1 dossier.")


def closes_too_early(an, late):
    """A case that came in while the page stood open is named; the remark stays."""
    an.types("Opmerkingen bij dit overleg", "Kort overleg.")
    an.presses("Overleg afsluiten")
    summary = an.page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(f"Dossier {late}")
    expect(an.field("Opmerkingen bij dit overleg")).to_have_value("Kort overleg.")


def closes_twice(an, mia, number):
    """The second to close reads who was first, and keeps what she typed."""
    for each in (an, mia):
        each.goes(f"/overleg/wekelijks/{number}")
        each.types("Opmerkingen bij dit overleg", f"Nota van {each.name}")
    an.presses("Overleg afsluiten")
    an.sees("Het overleg is afgesloten. De besluiten zijn uitgevoerd.")
    with mia.page.expect_navigation() as answered:
        mia.presses("Overleg afsluiten")
    assert answered.value.status == 409
    expect(mia.page.get_by_role("alert")).to_contain_text("door An Peeters")
    mia.sees("Nota van mia")


def is_listed(site, an):
    """Plan the weekly meeting of tomorrow, and wait until its list is made."""
    an.goes("/overleg/wekelijks")
    an.presses("Dat overleg plannen")
    an.sees("Het overleg staat gepland op")
    number = an.page.url.rsplit("/", 1)[-1]
    for _ in range(60):
        if gatherings.office(site).is_waiting_for("hold_meeting", number):
            return number
        an.page.wait_for_timeout(500)
    message = "The worker made no list."
    raise AssertionError(message)


def everybody_came(an):
    for group in an.page.get_by_role("group").all():
        if group.get_by_label("Aanwezig").count():
            group.get_by_label("Aanwezig").check()
    an.presses("Aanwezigheid noteren")
    an.sees("De aanwezigheid is genoteerd.")
