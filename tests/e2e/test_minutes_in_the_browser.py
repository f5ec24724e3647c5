"""Minutes while people talk: what is typed is kept, by itself or with a button."""

import pytest
from playwright.sync_api import expect

from tests.web.bodies import a_meeting, give_bodies
from workflows.meetings import repository, service
from workflows.meetings.model import MeetingStatus, PointKind
from workflows.meetings.service import NewPoint, PointText

pytestmark = pytest.mark.e2e

MINUTES = "/overleg/vergaderingen/KG-2026-1/verslag"


@pytest.fixture
def point(city):
    give_bodies(city)
    a_meeting(city, "KG-2026-1", status=MeetingStatus.HELD, days=14)
    with city.engine.transaction() as work:
        new = NewPoint(kind=PointKind.FREE, title="Leegstand")
        return service.add_point(work, "KG-2026-1", new, by="an.peeters")


def stored(city):
    with city.engine.reading() as work:
        (found,) = repository.points_of(work.session, "KG-2026-1")
    return found


def test_what_is_typed_is_saved_by_itself_time_and_again(browse, city, point):
    page = browse("an.peeters")
    page.goto(MINUTES)
    note = page.locator("[data-draft-note]")
    page.get_by_label("Bespreking").fill("Twaalf woningen")
    expect(note).to_have_text("Bewaard om 12:00.")
    page.get_by_label("Besluit", exact=True).fill("De dienst maakt een lijst.")
    expect(page.locator("input[name=version]")).to_have_value("3")
    page.reload()

    expect(page.get_by_label("Bespreking")).to_have_value("Twaalf woningen")
    assert stored(city).decision == "De dienst maakt een lijst."


def test_a_rivals_text_is_told_and_the_own_text_stays(browse, city, point):
    page = browse("an.peeters")
    page.goto(MINUTES)
    with city.engine.transaction() as work:
        text = PointText(discussion="Van Chris")
        service.write_point(work, point.id, text, version=1, by="chris.maes")
    page.get_by_label("Bespreking").fill("Van An")
    note = page.locator("[data-draft-note]")
    expect(note).to_contain_text("intussen gewijzigd door Chris Maes")
    page.get_by_role("button", name="Bewaren").click()

    expect(page.get_by_label("Bespreking")).to_have_value("Van An")
    expect(page.get_by_text("Nu staat er: Van Chris")).to_be_visible()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_text("Bewaard om 12:00.")).to_be_visible()
    assert stored(city).discussion == "Van An"


def test_without_a_script_the_button_saves(browse, city, point):
    page = browse("an.peeters", javascript=False)
    page.goto(MINUTES)
    page.get_by_label("Bespreking").fill("Met de hand")
    page.get_by_role("button", name="Bewaren").click()

    expect(page.get_by_text("Bewaard om 12:00.")).to_be_visible()
    assert stored(city).discussion == "Met de hand"


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", ["", "/verslag"])
def test_axe_finds_nothing_on_a_meeting_and_nothing_sticks_out(
    browse, violations, point, width, path
):
    page = browse("an.peeters", width=width)
    page.goto(f"/overleg/vergaderingen/KG-2026-1{path}")
    page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
