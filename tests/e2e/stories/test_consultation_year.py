"""A year of the core group: planned, held, told when late, and closed."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from engine.calendar import WorkingCalendar
from workflows.demo.office import Office
from workflows.demo.talk import SUMMER

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]

CALENDAR = WorkingCalendar()


class Year:
    """The secretary at the year page, an administrator at the clock."""

    def __init__(self, site, person):
        self.site = site
        self.an = person("an", at=site)
        self.nele = person("beheer", at=site)
        self.number = site.today.year
        self.days = [self.working_day(ahead) for ahead in (35, 105, 175)]

    def working_day(self, ahead):
        return CALENDAR.on_or_after(self.site.today + timedelta(days=ahead))

    @property
    def office(self):
        """The people of the city, at the moment on the clock."""
        assert self.site.today
        engine = self.site.engine
        return Office(engine=engine, until=engine.clock.now())

    def moves_to(self, day, hour=16):
        self.nele.goes("/beheer/klok")
        self.nele.types("Dag en uur", self.site.at(day, hour))
        self.nele.presses("Klok verzetten")
        told = self.nele.page.get_by_role("status").first
        expect(told).to_contain_text("De klok staat nu op", timeout=120_000)

    def row(self, title):
        """Return the row of a duty on the year page."""
        self.an.goes(f"/overleg/jaar/{self.number}")
        return self.an.page.locator("#verplichtingen tr").filter(has_text=title)

    def is_held(self, number, day):
        """Lead a meeting to the evening of its day, with everybody there."""
        self.moves_to(day - timedelta(days=27))
        self.office.does("an", "open_agenda", number)
        self.moves_to(day - timedelta(days=13))
        self.office.does("eva", "approve_agenda", number, agenda_approved=True)
        self.moves_to(day)
        self.office.meets(number, {}, by="an")
        self.office.does("an", "record_attendance", number, attendance_complete=True)

    def is_noted(self, number, day):
        """Lead its minutes on until the college took note."""
        self.office.writes(number, SUMMER)
        self.office.does("an", "draft_minutes", number, minutes_ready=True)
        self.moves_to(day + timedelta(days=12))
        self.office.does("eva", "approve_minutes", number, approval_choice="approve")
        noted = {"noted_on": self.site.today, "decision_reference": "CBS/1"}
        self.office.does("ines", "take_note", number, **noted)


@pytest.fixture
def year(fresh_site, person):
    return Year(fresh_site, person)


def opens(year):
    year.an.goes("/overleg")
    year.an.goes(f"/overleg/jaar/{year.number}")
    year.an.presses(f"Jaar {year.number} openen")
    year.an.sees(f"Het overlegjaar {year.number} is geopend.")
    expect(year.row("Kerngroep: 3 keer per jaar")).to_contain_text("Open")


def finishes_plan_too_early(year):
    """The task of the year stays open while the law asks for more."""
    page = year.an.goes(f"/taken?q=Overlegjaar+{year.number}")
    page.locator("#lijst").get_by_role("link", name="Jaar plannen").first.click()
    page.locator(".side").get_by_role("link", name="Taak uitvoeren").click()
    page.get_by_role("button", name="Taak afwerken").click()
    year.an.sees(f"De wet vraagt meer vergaderingen in {year.number}")
    return page.url


def plans_series(year):
    """Plan three core meetings in one go, on days of her own."""
    an = year.an
    an.goes(f"/overleg/jaar/{year.number}")
    an.follows("Reeks plannen van Kerngroep")
    fields = an.page.locator('input[name^="starts_at-"]')
    typed = [day.isoformat() for day in year.days]
    for turn in range(fields.count()):
        fields.nth(turn).fill(typed[turn] if turn < len(typed) else "")
    an.types("Plaats", "Stadhuis")
    an.presses("Reeks plannen")
    an.sees("3 vergaderingen van Kerngroep gepland.")
    expect(year.row("Kerngroep: 3 keer per jaar")).to_contain_text("Gepland")


def moves_the_last(year):
    """Move the last meeting a week, in the form that moves a series."""
    an = year.an
    an.goes(f"/overleg/jaar/{year.number}")
    an.follows("Verplaatsen van Kerngroep")
    later = CALENDAR.on_or_after(year.days[-1] + timedelta(days=7))
    an.page.get_by_label("Dag", exact=True).last.fill(later.isoformat())
    an.presses("Verplaatsen")
    an.sees("1 vergadering verplaatst.")
    year.days[-1] = later


def holds_core_meetings(year):
    """Hold three of them; what each owes turns green as it is done."""
    one, two, three = (f"KG-{year.number}-{turn}" for turn in (1, 2, 3))
    year.is_held(one, year.days[0])
    expect(year.row("Kerngroep: 3 keer per jaar")).to_contain_text("1 van 3 gehouden")
    year.is_noted(one, year.days[0])
    expect(year.row(f"{one}: Verslag aan de leden")).to_contain_text("Voldaan")
    expect(year.row(f"{one}: Kennisname")).to_contain_text("Voldaan")
    expect(year.row("K8 Toewijzingspraktijk")).to_contain_text("Voldaan")
    year.is_held(two, year.days[1])
    expect(year.row("Lokaal woonoverleg")).to_contain_text("Voldaan")
    year.is_held(three, year.days[2])
    expect(year.row("Kerngroep: 3 keer per jaar")).to_contain_text("Voldaan")


def hears_of_the_sounding_board(year):
    """From the first of October on it is late, and the alderman was told."""
    expect(year.row("Klankbordgroep: één keer")).to_contain_text("Open")
    year.moves_to(date(year.number, 10, 2))
    expect(year.row("Klankbordgroep: één keer")).to_contain_text("Te laat")
    year.an.page.locator("summary", has_text="gemeld").click()
    year.an.sees("aan Eva Lambrecht")
    year.an.goes("/beheer/berichten")
    year.an.sees(f"Overleg: een verplichting van {year.number} is niet op tijd")


def test_three_core_meetings_turn_green_and_a_missed_sounding_board_is_told(year):
    opens(year)
    task = finishes_plan_too_early(year)
    plans_series(year)
    moves_the_last(year)
    year.an.page.goto(task)
    year.an.finishes()
    holds_core_meetings(year)
    hears_of_the_sounding_board(year)

    year.moves_to(date(year.number + 1, 1, 2))
    expect(year.row("Klankbordgroep: één keer")).to_contain_text("Gemist")
    year.an.sees("Afgesloten")
    year.an.goes(f"/overleg/jaar/{year.number + 1}")
    year.an.sees("Geopend op 1 december")
