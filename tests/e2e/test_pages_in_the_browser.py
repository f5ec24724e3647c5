"""The pages in a real browser: scripts, policy, sizes, accessibility."""

import io
import re
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.e2e

VISIT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
SIZES = [
    (1440, "light"),
    (390, "dark"),
    pytest.param((820, "light"), marks=pytest.mark.full),
    pytest.param((820, "dark"), marks=pytest.mark.full),
    pytest.param((390, "light"), marks=pytest.mark.full),
    pytest.param((1440, "dark"), marks=pytest.mark.full),
]


@pytest.fixture
def case(city):
    case = city.offer()
    city.offer(street="Brugse Poort", house_number="12", owner_name="M. Yilmaz")
    return case


@pytest.fixture
def findings(city, case):
    """The task in which the inspector writes down what he found."""
    number = case.number
    city.complete(number, "check_completeness", "an.peeters", complete=True)
    city.complete(
        number, "plan_visit", "an.peeters", inspector="bram.claes", visit_at=VISIT
    )
    city.clock.moment = VISIT + timedelta(hours=1)
    city.complete(number, "site_visit", "bram.claes", access=True, acute_danger=False)
    return city.tasks(number)["record_findings"]


def pages(case, task):
    """Name the pages that each uses."""
    number = case.number
    return {
        "an.peeters": [
            "/taken",
            "/dossiers",
            f"/dossiers/{number}",
            "/dossiers/nieuw",
            "/dossiers/nieuw/certificate",
            "/sessies",
            "/beheer/berichten",
            f"/dossiers/{number}/intrekken",
        ],
        "bram.claes": [f"/taken/{task.id}"],
        "ine.vos": ["/svk", "/dossiers/nieuw/svk_intake", f"/dossiers/{number}"],
        "greet.smets": ["/processen", "/processen/svk", "/beheer"],
        "hugo.leys": [
            "/beheer/gebruikers",
            "/beheer/gebruikers/an.peeters",
            "/beheer/instellingen",
            "/beheer/instellingen/works",
            "/beheer/feestdagen",
            "/beheer/incidenten",
            "/bestaat/niet",
        ],
    }


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_axe_finds_nothing_and_nothing_sticks_out(
    browse, violations, case, findings, size
):
    width, scheme = size
    found = {}
    for user, paths in pages(case, findings).items():
        page = browse(user, width=width, scheme=scheme)
        for path in paths:
            page.goto(path)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wrong = violations(page)
            if wrong or wide > 0:
                found[path] = (wrong, wide)

    assert found == {}


@pytest.mark.parametrize("width", [390, 320])
def test_the_whole_menu_is_in_sight_on_a_phone(browse, width):
    page = browse("chris.maes", width=width)
    page.goto("/taken")
    entries = page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link").all()
    rights = [
        entry.bounding_box()["x"] + entry.bounding_box()["width"] for entry in entries
    ]

    assert len(entries) >= 5
    assert max(rights) <= width


def test_the_policy_blocks_nothing_of_ours(browse, case, findings):
    page = browse("an.peeters")
    told = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    for path in ("/taken", "/dossiers", f"/dossiers/{case.number}", "/processen/svk"):
        page.goto(path)
        page.wait_for_load_state("networkidle")

    assert [text for text in told if "frame-ancestors" not in text] == []


def test_the_diagram_shows_where_the_case_is_with_its_watermark(browse, case, findings):
    page = browse("bram.claes")
    page.goto(f"/dossiers/{case.number}")

    busy = page.locator("[data-element-id=record_findings].wf-busy")
    expect(busy).to_be_visible()
    expect(page.locator("[data-element-id=site_visit].wf-done")).to_be_attached()
    expect(page.locator(".bjs-powered-by")).to_be_visible()
    expect(page.locator(".diagram svg[role=img]")).to_have_attribute(
        "aria-label",
        f"Diagram van dossier {case.number}; de lijst ernaast zegt"
        " hetzelfde in woorden",
    )


def test_a_step_of_the_list_and_its_shape_find_each_other(browse, case, findings):
    page = browse("bram.claes")
    page.goto(f"/dossiers/{case.number}")
    expect(page.locator("[data-element-id=record_findings].wf-busy")).to_be_visible()
    page.focus("#stap-plan_visit")

    expect(page.locator("[data-element-id=plan_visit].wf-chosen")).to_be_visible()
    page.locator("[data-element-id=record_findings].wf-busy").click()
    expect(page.locator("#stap-record_findings")).to_be_focused()


def test_a_quick_second_filter_is_not_lost(browse, case):
    """Htmx 4 answers a queued request into a detached node; see the filter form."""
    page = browse("an.peeters")
    for _ in range(3):
        page.goto("/taken")
        page.locator("#q").press_sequentially("meibloem", delay=5)
        page.get_by_text("Te laat", exact=True).click()
        expect(page.locator("#lijst")).to_contain_text("Geen taken gevonden")
        page.get_by_text("Alle", exact=True).click()
        expect(page.locator("#lijst caption")).to_contain_text("1 taak")

    expect(page).to_have_url(re.compile("q=meibloem"))


def test_choosing_a_task_changes_the_side_panel_only(browse, case):
    page = browse("an.peeters")
    page.goto("/taken")
    page.get_by_role("row").filter(has_text="Brugse Poort").get_by_role("link").click()

    expect(page.locator(".side h2")).to_contain_text("Brugse Poort 12")
    expect(page.locator("tr[aria-current]")).to_contain_text("Brugse Poort 12")
    expect(page).to_have_url(re.compile("taak="))


def test_on_a_phone_the_chosen_task_is_a_page_of_its_own(browse, case):
    page = browse("an.peeters", width=390)
    page.goto("/taken")
    expect(page.locator(".side")).to_be_hidden()
    page.get_by_role("link", name="Volledigheid nakijken").first.click()

    expect(page.locator(".side")).to_be_visible()
    page.get_by_role("link", name="Terug naar taken").click()
    expect(page.locator("#lijst")).to_be_visible()


def test_a_draft_saves_itself_while_somebody_types(browse, city, findings):
    page = browse("bram.claes")
    page.goto(f"/taken/{findings.id}")
    page.get_by_label("Algemene opmerkingen").fill("Sleutel bij de buren")

    expect(page.locator("[data-draft-note]")).to_contain_text("Concept bewaard om")
    page.goto(f"/taken/{findings.id}")
    expect(page.get_by_label("Algemene opmerkingen")).to_have_value(
        "Sleutel bij de buren"
    )


def test_a_question_appears_with_its_answer_and_typed_text_stays(browse, city):
    page = browse("ine.vos")
    page.goto("/dossiers/nieuw/svk_intake")
    page.get_by_label("Straat").fill("Meibloemstraat")
    expect(page.get_by_label("Naam van de bewoner")).to_have_count(0)
    page.get_by_label("ja", exact=True).check()

    expect(page.get_by_label("Naam van de bewoner")).to_be_visible()
    expect(page.get_by_label("Straat")).to_have_value("Meibloemstraat")
    expect(page.get_by_label("ja", exact=True)).to_be_checked()


def test_a_link_of_the_error_summary_leads_to_the_field(browse, city):
    page = browse("ine.vos")
    page.goto("/dossiers/nieuw/svk_intake")
    page.get_by_role("button", name="Woning aanbieden").click()

    summary = page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Straat")).to_be_focused()


@pytest.mark.parametrize("javascript", [True, False])
def test_an_inspector_records_a_finding_with_a_photo(
    browse, city, case, findings, javascript
):
    page = browse("bram.claes", javascript=javascript)
    page.goto(f"/taken/{findings.id}")
    page.get_by_role("button", name="Nog een toevoegen").click()
    page.locator("#f-findings-0-item").select_option(index=1)
    page.locator("#f-findings-0-category").select_option("II")
    page.locator("#f-findings-0-room").fill("Kelder")
    page.locator("#f-findings-0-note").fill("Opstijgend vocht")
    photo = {"name": "kelder.jpg", "mimeType": "image/jpeg", "buffer": _photo()}
    page.locator("[name='file:findings[0].photos']").set_input_files(photo)
    page.get_by_role("button", name="Taak afwerken").click()
    page.goto(f"/dossiers/{case.number}")

    assert "record_findings" not in city.tasks(case.number)
    expect(page.locator(".photos img")).to_have_count(1)


def test_the_whole_path_to_the_sign_in_and_back_works_without_javascript(browse, case):
    page = browse("an.peeters", javascript=False)
    page.get_by_role("link", name="Volledigheid nakijken").first.click()
    page.get_by_role("link", name="Taak uitvoeren").click()
    page.get_by_label("ja", exact=False).first.check()
    page.get_by_role("button", name="Taak afwerken").click()

    expect(page.get_by_role("status").first).to_contain_text("is afgewerkt")


def _photo():
    buffer = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(buffer, "JPEG")
    return buffer.getvalue()
