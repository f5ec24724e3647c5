"""The drawing of a process beside its list: where a case is, what is wrong."""

import pytest
from playwright.sync_api import expect

from tests.e2e.stories.backstage import visited

pytestmark = pytest.mark.e2e


def test_the_case_shows_its_token_on_the_drawing_and_in_the_list(site, person):
    case = visited(site)
    tom = person("tom", at=site)
    tom.goes(f"/dossiers/{case.number}")

    expect(
        tom.page.locator("[data-element-id=record_findings].wf-busy")
    ).to_be_visible()
    expect(tom.page.locator("[data-element-id=site_visit].wf-done")).to_be_attached()
    expect(tom.page.locator(".bjs-powered-by")).to_be_visible()
    row = tom.page.get_by_role("row").filter(has_text="Vaststellingen invoeren")
    expect(row).to_contain_text("bezig")


def test_each_drawing_of_the_family_opens(site, person):
    pieter = person("pieter", at=site)
    pieter.goes("/processen/svk")
    tabs = pieter.page.get_by_role("navigation", name="Tekeningen").get_by_role("link")
    drawn = tabs.all_inner_texts()
    for name in drawn:
        tabs.filter(has_text=name).click()
        expect(pieter.page.locator(".diagram .djs-shape").first).to_be_attached()

    assert len(drawn) == 5
