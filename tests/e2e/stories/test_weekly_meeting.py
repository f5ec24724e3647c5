"""A weekly meeting, held by keyboard alone, from the first case to the decision list."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

SIZES = [8, pytest.param(60, marks=[pytest.mark.full])]


class Secretary:
    """Somebody who holds the meeting with the keys only, and counts them."""

    def __init__(self, who):
        self.who = who
        self.page = who.page
        self.pressed = 0

    def begins(self):
        """Open the meeting and step to the first case, as the page offers."""
        self.who.goes("/overleg/wekelijks")
        link = self.page.get_by_role(
            "link", name=re.compile("Beginnen met|Verder bespreken")
        )
        link.press("Enter")
        self.is_at_a_case()

    def is_at_a_case(self):
        """Wait until the keys work."""
        expect(self.page.locator("kbd:visible").first).to_be_visible()

    def presses(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1

    def types(self, text):
        self.page.keyboard.type(text)

    def goes_on(self, *keys):
        """Press what leads to another case, and wait until it is there."""
        before = self.page.url
        self.presses(*keys)
        self.page.wait_for_url(lambda url: url != before)

    @property
    def case(self):
        return self.page.url.rsplit("/", 1)[-1]


@pytest.fixture
def table(fresh_site, person, count):
    """The secretary at the table, with a meeting that is planned and listed."""
    for _ in range(count):
        fresh_site.offered()
    an = person("an", at=fresh_site)
    an.goes("/overleg/wekelijks")
    an.presses("Dat overleg plannen")
    an.sees("Het overleg staat gepland op")
    # The worker makes the list: its day has come, for the meeting is tomorrow.
    for _ in range(60):
        an.goes("/taken?q=bespreken")
        if an.page.get_by_text("Dossiers bespreken").count():
            break
        an.page.wait_for_timeout(500)
    an.sees("Dossiers bespreken")
    return Secretary(an)


def decides(table):
    """Plan a task and record a decision."""
    table.presses("t")
    table.types("Bel de eigenaar over de sleutel")
    table.presses("Enter")
    table.who.sees("Gepland bij het afsluiten")
    table.is_at_a_case()
    table.presses("b")
    table.types("Nieuw plaatsbezoek deze week.")
    table.goes_on("Control+Enter")
    table.is_at_a_case()


def notes_and_returns(table):
    """Type a note, look at the next case, and find the note again."""
    case = table.case
    table.presses("n")
    table.types("De eigenaar is op reis.")
    table.presses("Escape")
    table.goes_on("v")
    table.is_at_a_case()
    table.goes_on("r")
    table.is_at_a_case()
    assert table.case == case
    note = table.page.get_by_label("Stand van zaken")
    expect(note).to_have_value("De eigenaar is op reis.")


def closes(table):
    """Note who is there, and close the meeting."""
    who, page = table.who, table.page
    for name in ("An Peeters", "Griet Declercq", "Tom Wouters"):
        page.get_by_role("group", name=name).get_by_label("Aanwezig").press(" ")
    away = page.get_by_role("group", name="Leila Benali")
    away.get_by_label("Verontschuldigd").press(" ")
    page.get_by_role("button", name="Aanwezigheid noteren").press("Enter")
    who.sees("De aanwezigheid is genoteerd.")
    page.get_by_role("button", name="Overleg afsluiten").press("Enter")
    who.sees("Het overleg is afgesloten. De besluiten zijn uitgevoerd.")


@pytest.mark.parametrize("count", SIZES)
def test_a_meeting_is_held_by_keyboard_and_its_decisions_become_work(table, count):
    an = table.who
    table.begins()
    first = table.case
    decides(table)
    notes_and_returns(table)
    before = table.pressed
    for _ in range(count - 1):
        table.is_at_a_case()
        table.goes_on("g")
    assert table.pressed - before == count - 1
    an.sees("Alle lopende dossiers zijn besproken.")
    closes(table)

    paper = an.page.get_by_role("link", name="Besluitenlijst (PDF)")
    assert an.downloads(paper.get_attribute("href")).body().startswith(b"%PDF-")
    an.goes(f"/taken?q={first}")
    an.sees("Bel de eigenaar over de sleutel")


@pytest.mark.parametrize("count", [2])
def test_two_at_the_keys_lose_no_word(table, fresh_site, person):
    an = table.who
    table.begins()
    griet = Secretary(person("griet", at=fresh_site))
    griet.who.goes(table.page.url)
    griet.is_at_a_case()
    table.presses("b")
    table.types("Besluit van An")
    an.sees("Bewaard om")
    griet.presses("b")
    griet.types("Besluit van Griet")
    griet.who.sees("intussen gewijzigd door An Peeters")
    griet.presses("Control+Enter")

    griet.who.sees("Niet bewaard: iemand was u voor")
    griet.who.sees("Besluit van An")
    expect(griet.page.get_by_label("Besluit")).to_have_value("Besluit van Griet")
