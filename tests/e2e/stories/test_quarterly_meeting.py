"""A quarterly meeting with partners: each sees his own cases, from pack to minutes."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.stories import gatherings
from tests.e2e.stories.gatherings import later, mail, meeting_day, moves_to, opens
from tests.e2e.stories.steps import section

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

BODY = "Woonkwaliteit – periodiek overleg"
POLICE = "Wijkpolitie Mechelen-Willebroek"
INSPECTORATE = "Vlaamse Wooninspectie"
DECISION = "De wijkagent gaat mee naar het tweede plaatsbezoek."
TO_DO = "Tweede plaatsbezoek afspreken met de wijkagent"


class Table:
    """The people around the meeting, and the two cases on it."""

    def __init__(self, site, person):
        self.site = site
        self.person = person
        self.an, self.griet, self.nele = (
            person(name, at=site) for name in ("an", "griet", "beheer")
        )
        self.day = meeting_day(site, 3)
        self.his = site.offered()
        self.other = site.offered()
        self.number = ""

    @property
    def path(self):
        return f"/overleg/vergaderingen/{self.number}"

    def moves_to(self, days, hour=12):
        """Move the clock to so many days from the meeting."""
        moves_to(self.nele, self.site, later(self.day, days), hour)

    def told(self, case):
        """What tells somebody about a case."""
        return (case.number, case.offer["street"], case.offer["owner_name"])


@pytest.fixture
def table(fresh_site, person):
    return Table(fresh_site, person)


def test_a_partner_sees_his_cases_only_and_what_is_decided_becomes_work(table):
    table.number = plans(table, table.day)
    selects(table)
    is_invited(table)
    dirk = table.person("dirk", at=table.site)
    sees_his_own(table, dirk)
    is_refused_the_rest(table, dirk)

    is_held(table)
    reads_the_draft(table, dirk)
    is_approved(table)
    becomes_work(table)
    closes(table)
    told = gatherings.paper(
        dirk, table.number, f"Verslag van {table.number} voor {POLICE}"
    )
    assert DECISION in told
    assert table.other.number not in told


def plans(table, day):
    """Plan a meeting on the page; return its number."""
    an = table.an
    an.goes("/overleg/vergaderingen/nieuw")
    an.selects("Overlegorgaan", BODY)
    an.types("Dag", day.isoformat())
    an.types("Uur", "14:00")
    an.types("Waar", "Stadhuis, zaal 2")
    an.presses("Plannen")
    expect(an.page.get_by_role("status").first).to_contain_text("is gepland")
    return an.page.url.rsplit("/", 1)[-1]


def shares(table, case, partner):
    """The head of service shares a case, on a legal ground that she must write."""
    griet = table.griet
    griet.goes(f"/dossiers/{case.number}")
    griet.follows(re.compile("^Delen"))
    griet.page.get_by_label(partner).check()
    griet.types("Op welke rechtsgrond?", "Protocol van 12 januari over leegstand.")
    griet.presses("Delen")
    griet.sees("Het dossier is gedeeld")


def selects(table):
    """Two cases are chosen; one that no partner may see holds the selection up."""
    an = table.an
    shares(table, table.his, POLICE)
    table.moves_to(-13)
    an.goes(table.path)
    an.follows("Dossiers selecteren")
    an.goes(f"{table.path}/dossiers")
    for case in (table.his, table.other):
        an.page.get_by_label(case.number).check()
    an.presses("Op de agenda zetten")
    an.sees("De dossiers staan op de agenda.")
    opens(an, table.number, "Dossiers selecteren")
    gatherings.is_refused(an, "Geen enkele partner mag deze dossiers zien")
    expect(an.page.locator(".error-summary")).to_contain_text(table.other.number)
    shares(table, table.other, INSPECTORATE)
    opens(an, table.number, "Dossiers selecteren")
    an.finishes()


def is_invited(table):
    """The invitation brings the pack and a file for the calendar."""
    table.moves_to(-6)
    for address in ("dirk@", "wim@", "griet@"):
        told = mail(table.nele, "Uitnodiging", address)
        expect(told).to_contain_text(table.number)
        expect(told).to_contain_text("uitnodiging.ics")
        expect(told).to_contain_text("agendabundel-")
        expect(told).not_to_contain_text(table.other.number)


def sees_his_own(table, dirk):
    """The pack as page and as PDF, and the shared cases, hold one case."""
    dirk.goes(f"{table.path}/bundel")
    dirk.sees(table.his.number)
    dirk.sees(table.his.offer["street"])
    sees_nothing_of_the_other(table, dirk)
    title = f"Agendabundel {table.number}"
    told = gatherings.paper(dirk, table.number, f"{title} voor {POLICE}")
    assert table.his.number in told
    assert not any(each in told for each in table.told(table.other))
    assert table.his.offer["owner_name"] not in told
    dirk.goes("/overleg/gedeeld")
    sees_nothing_of_the_other(table, dirk)
    dirk.page.locator("td.main-cell").get_by_role("link").click()
    dirk.sees(f"Dossier {table.his.number}")
    dirk.sees_no(table.his.offer["owner_name"])


def sees_nothing_of_the_other(table, dirk):
    for each in table.told(table.other):
        dirk.sees_no(each)


def is_refused_the_rest(table, dirk):
    """What is behind other addresses is not told, not even that it is there."""
    table.an.goes(table.path)
    papers = table.an.page.get_by_role("link", name="Agendabundel", exact=False)
    others = [
        each.get_attribute("href")
        for each in papers.all()
        if POLICE not in each.inner_text() and "papieren" in each.get_attribute("href")
    ]
    assert len(others) >= 2
    task = table.site.task(table.his.number, "check_completeness")
    for path in (
        *others,
        f"/overleg/gedeeld/{table.other.number}",
        f"/dossiers/{table.other.number}",
        f"/dossiers/{table.his.number}",
        f"/dossiers/{table.his.number}/delen",
        f"/taken/{task.id}",
        f"{table.path}/dossiers",
        "/overleg/wekelijks",
        "/overleg/agendapunten",
        "/overleg/vergaderingen/nieuw",
        "/overleg/jaar/2027",
    ):
        answer = dirk.page.goto(path)
        assert answer.status in (403, 404), path
        # The number stands there at most because it was in the address.
        for case in (table.his, table.other):
            dirk.sees_no(case.offer["street"])
            dirk.sees_no(case.offer["owner_name"])


def is_held(table):
    """Write down who came, and what was said; an action is given to Tom."""
    an = table.an
    table.moves_to(0, 16)
    an.goes(table.path)
    for each in an.page.locator("fieldset.attendance").all():
        each.get_by_label("Aanwezig").check()
    an.presses("Aanwezigheid bewaren")
    an.sees("De aanwezigheid is genoteerd.")
    gatherings.finishes(
        an, table.number, "Aanwezigheden noteren", "De aanwezigheden zijn volledig"
    )
    an.goes(f"{table.path}/verslag")
    for form in an.page.locator("form[data-draft]").all():
        form.get_by_label("Bespreking").fill("Besproken.")
        expect(form.locator("[data-draft-note]")).to_contain_text("Bewaard om")
    writes_decision(table)
    gatherings.finishes(
        an, table.number, "Verslag opmaken", "Het ontwerp is klaar voor de leden"
    )


def writes_decision(table):
    an = table.an
    point = an.page.locator("section.panel").filter(has_text=table.his.number).first
    point.get_by_label("Besluit").fill(DECISION)
    expect(point.locator("[data-draft-note]")).to_contain_text("Bewaard om")
    point.get_by_role("button", name="Bewaren").click()
    an.sees("Bewaard om")
    point.get_by_text("Actiepunt toevoegen").click()
    point.get_by_label("Wat moet er gebeuren?").fill(TO_DO)
    point.get_by_label("Wie?").select_option(label="Tom Wouters")
    point.get_by_label("Tegen").fill(later(table.day, 30).isoformat())
    point.get_by_role("button", name="Toevoegen").click()
    an.sees("Het actiepunt is toegevoegd.")


def reads_the_draft(table, dirk):
    """The draft holds his case and no other; he comments on it in time."""
    dirk.goes(f"{table.path}/verslag")
    dirk.sees(DECISION)
    sees_nothing_of_the_other(table, dirk)
    dirk.types("Uw opmerking", "De wijkagent heet Els.")
    dirk.presses("Opmerking geven")
    dirk.sees("Uw opmerking is bij de secretaris.")


def is_approved(table):
    table.moves_to(12)
    opens(table.griet, table.number, "Verslag goedkeuren")
    table.griet.chooses("Wat beslist u?", "Goedkeuren")
    table.griet.finishes()


def becomes_work(table):
    """Decision and action stand on the case; when it is done, that does too."""
    number, tom = table.his.number, table.person("tom", at=table.site)
    table.griet.goes(f"/dossiers/{number}")
    expect(section(table.griet, "Besluiten")).to_contain_text(DECISION)
    expect(section(table.griet, "Actiepunten")).to_contain_text(TO_DO)
    tom.goes(f"/taken?q={number}")
    tom.follows("Actiepunt uitvoeren")
    expect(tom.page.locator(".side")).to_contain_text(f"Dossier {number}")
    tom.follows("Taak uitvoeren")
    tom.types("Resultaat", "Afgesproken voor maandag.")
    tom.finishes()
    table.griet.goes(f"/dossiers/{number}")
    expect(section(table.griet, "Actiepunten")).to_contain_text("Gedaan")
    table.griet.sees("Afgesproken voor maandag.")


def closes(table):
    """It closes only when the next meeting has a date."""
    an = table.an
    opens(an, table.number, "Volgende datum vastleggen")
    gatherings.is_refused(an, f"Plan eerst de volgende vergadering van {BODY}")
    plans(table, later(table.day, 91))
    opens(an, table.number, "Volgende datum vastleggen")
    an.finishes()
    an.goes(table.path)
    expect(an.page.locator(".page-head")).to_contain_text("Afgesloten")
