"""What goes wrong is told in place, and nothing that was typed is lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.stories.backstage import planned, visited
from tests.e2e.stories.steps import adds, section

pytestmark = pytest.mark.e2e

DAMP = ("Dak of plafond: insijpelend vocht", "II", "Kelder", "Vochtplekken")
NO_SCRIPT = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
  xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" targetNamespace="urn:test">
  <bpmn:process id="wrong" name="Fout" isExecutable="true">
    <bpmn:startEvent id="begin" />
    <bpmn:scriptTask id="without_script" name="Zonder script" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="wrong">
    <bpmndi:BPMNShape id="s1" bpmnElement="begin"><dc:Bounds x="100" y="100" width="36" height="36" /></bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="s2" bpmnElement="without_script"><dc:Bounds x="200" y="80" width="100" height="80" /></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</bpmn:definitions>
"""


@pytest.fixture
def tom(site, person):
    return person("tom", at=site)


def test_a_file_that_is_no_photo_is_named_and_the_rest_is_kept(site, tom):
    case = visited(site)
    tom.opens_task(case.number, "Vaststellingen invoeren")
    adds(tom, [DAMP])
    wrong = {"name": "factuur.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7 no"}
    tom.page.get_by_label("Foto's").set_input_files(wrong)
    tom.presses("Taak afwerken")

    summary = tom.page.locator(".error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("factuur.jpg: ")
    expect(summary).to_contain_text("geen foto die we kunnen lezen")
    expect(tom.page.get_by_label("Vaststelling", exact=True)).to_have_value(
        "Vochtplekken"
    )
    assert site.task(case.number, "record_findings")


def test_wrong_values_are_told_at_their_fields_and_stay(site, tom):
    case = visited(site)
    tom.opens_task(case.number, "Vaststellingen invoeren")
    tom.types("Aantal bewoners", "drie")
    tom.types("Algemene opmerkingen", "Sleutel bij de buren")
    tom.presses("Taak afwerken")
    summary = tom.page.locator(".error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()

    field = tom.field("Aantal bewoners")
    expect(field).to_be_focused()
    expect(field).to_have_value("drie")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(tom.field("Algemene opmerkingen")).to_have_value("Sleutel bij de buren")
    expect(tom.page).to_have_title(re.compile("^Fout: "))


def test_two_clicks_complete_a_task_once(site, tom):
    case = planned(site)
    tom.opens_task(case.number, "Plaatsbezoek uitvoeren")
    tom.chooses("Hebt u toegang gekregen?", "ja")
    tom.page.get_by_role("button", name="Taak afwerken").dblclick()

    expect(tom.page.get_by_role("status").first).to_contain_text("is afgewerkt")
    done = [
        line for line in site.journal(case.number) if line.element_id == "site_visit"
    ]
    assert [line.kind for line in done].count("task_completed") == 1


def test_who_comes_too_late_reads_who_was_first_and_keeps_his_words(site, person):
    case = site.offered()
    an, mia = person("an", at=site), person("mia", at=site)
    for each in (an, mia):
        each.opens_task(case.number, "Volledigheid nakijken")
    mia.chooses("Is het aanbod volledig?", "nee")
    mia.types("Wat ontbreekt er?", "De foto van de gevel")
    an.chooses("Is het aanbod volledig?", "ja")
    an.finishes()
    with mia.page.expect_navigation() as answered:
        mia.presses("Taak afwerken")

    assert answered.value.status == 409
    expect(mia.page.get_by_role("alert")).to_contain_text(
        "An Peeters werkte deze taak al af op"
    )
    expect(section(mia, "Dit had u ingevuld")).to_contain_text("De foto van de gevel")
    assert site.task(case.number, "plan_visit")


def test_an_expired_session_keeps_what_was_typed_through_the_sign_in(site, tom):
    case = visited(site)
    tom.opens_task(case.number, "Vaststellingen invoeren")
    tom.types("Algemene opmerkingen", "Sleutel bij de buren")
    tom.page.context.clear_cookies()
    tom.presses("Taak afwerken")
    tom.sees("Wat u invulde is niet verloren")
    tom.signs_in()
    tom.presses("Verder met wat ik invulde")

    expect(tom.page.get_by_role("status").first).to_contain_text("is afgewerkt")
    done = next(
        line
        for line in site.journal(case.number)
        if line.kind == "task_completed" and line.element_id == "record_findings"
    )
    assert done.actor == "tom"


def test_a_refused_bundle_shows_its_findings_and_changes_nothing(site, person):
    pieter = person("pieter", at=site)
    pieter.goes("/processen")
    before = pieter.page.locator("table").inner_text()
    file = {"name": "wrong.bpmn", "mimeType": "text/xml", "buffer": NO_SCRIPT.encode()}
    pieter.page.get_by_label("Bestanden").set_input_files(file)
    pieter.presses("In gebruik nemen")
    pieter.sees("Er is niets gewijzigd")
    shape = pieter.page.locator("[data-element-id=without_script].wf-error")
    expect(shape).to_be_visible()
    row = pieter.page.get_by_role("row").filter(has_text="without_script")
    expect(row.first).to_contain_text("fout")
    pieter.goes("/processen")

    assert pieter.page.locator("table").inner_text() == before


def test_a_file_of_another_kind_is_refused_in_words(site, person):
    pieter = person("pieter", at=site)
    pieter.goes("/processen")
    file = {"name": "brief.docx", "mimeType": "application/zip", "buffer": b"PK"}
    pieter.page.get_by_label("Bestanden").set_input_files(file)
    pieter.presses("In gebruik nemen")

    pieter.sees("‘brief.docx’ is niet bewaard.")
    pieter.sees("Kies bestanden die eindigen op .bpmn, .dmn of .form.")


def test_an_address_that_does_not_exist_is_answered_with_a_way_out(site, person):
    an = person("an", at=site)
    answer = an.page.goto("/dossiers/2099-9999")

    assert answer.status == 404
    expect(an.page.get_by_role("heading", level=1)).to_have_text("Niet gevonden")
    an.follows("Naar de startpagina")
    expect(section(an, "Mijn taken").or_(an.page.locator("h1"))).to_be_visible()
