"""An agency sees of each own dwelling where it is, what is next, and by when."""

import re
from datetime import UTC, date, datetime, timedelta

from engine.persistence.identity import new_id
from engine.persistence.tables.instances import IncidentRow
from workflows.cases import service as cases
from workflows.cases.model import CaseKind

VISIT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
# Seven small defects make a dwelling unfit, without a photo of any.
SMALL = {"item": "other", "category": "I", "room": "Zolder", "note": "Barst"}
PHASE = re.compile(
    r'<li class="(\w+)".*?<span>([^<]+)<span class="sub">([^<]+)', re.DOTALL
)


def phases(page):
    """Return name, state and words of each phase on the page."""
    line = page.split('<ol class="phases"')[1].split("</ol>")[0]
    return [(name, state, words) for state, name, words in PHASE.findall(line)]


def test_the_phases_tell_where_a_dwelling_is_and_what_follows(city):
    number = city.offer().number
    client = city.client("ine.vos")
    offered = phases(client.get("/svk").text)
    city.complete(number, "check_completeness", "an.peeters", complete=True)
    found = phases(client.get("/svk").text)

    assert offered[0] == ("Aanbod", "now", "nu bezig")
    assert offered[1] == ("Plaatsbezoek", "next", "volgt nog")
    assert found[0] == ("Aanbod", "done", "25 november 2026")
    assert found[1] == ("Plaatsbezoek", "now", "nu bezig")
    assert found[-1] == ("Inhuurneming", "next", "volgt nog")


def test_a_closed_dwelling_tells_what_it_missed(city):
    number = city.offer().number
    client = city.client("ine.vos")
    client.post(f"/dossiers/{number}/intrekken", data={"reason": "Verkocht"})
    page = client.get("/svk").text

    assert ("Plaatsbezoek", "missed", "niet bereikt") in phases(page)
    assert "intrekken" not in page


def test_what_follows_on_the_dossier_is_the_normal_path_only(city):
    number = city.offer().number
    page = city.client("an.peeters").get(f"/dossiers/{number}").text
    course = page.split("<h2>Verloop</h2>")[1].split("</ol>")[0]

    assert "Inhuurneming" in course
    assert "Volgt nog" in course
    for side_branch in ("Aanbod aan te vullen", "Werken"):
        assert side_branch not in course


def test_a_request_for_a_certificate_is_withdrawn_too(city):
    request = {"received_on": date(2026, 11, 25), "channel": "email"}
    offer = {
        "street": "Kerkstraat",
        "house_number": "1",
        "postcode": "2800",
        "unit_type": "ZW",
        "owner_name": "J. De Smet",
    }
    with city.engine.transaction() as work:
        new = cases.NewCase(
            kind=CaseKind.CERTIFICATE, data={"offer": offer, "request": request}
        )
        number = cases.open_case(
            work, city.engine, new, by=city.actor("an.peeters")
        ).number
    client = city.client("an.peeters")
    path = f"/dossiers/{number}/intrekken"
    offered = path in client.get(f"/dossiers/{number}").text
    client.post(path, data={"reason": "De eigenaar verkoopt"})
    page = client.get(f"/dossiers/{number}").text

    assert offered
    assert "Stopgezet" in page
    assert path not in page


def test_works_are_not_reported_before_any_are_asked(city):
    city.offer()
    page = city.client("ine.vos").get("/svk").text

    assert "Werken klaar melden" not in page
    assert "Intrekken" in page


def test_while_works_are_under_way_both_pages_say_who_must_report_them(city):
    number = city.offer().number
    _lead_to_the_works(city, number)
    agency, city_hall = city.client("ine.vos"), city.client("bram.claes")
    own, dossier = agency.get("/svk").text, agency.get(f"/dossiers/{number}").text
    seen = city_hall.get(f"/dossiers/{number}").text

    assert "Meld ze klaar zodra ze af zijn" in own
    assert "U hoeft nu niets te doen" not in own
    assert "Zijn ze klaar?" in dossier
    assert "Het dossier wacht op de melding dat ze klaar zijn" in seen
    for page in (dossier, seen):
        assert "Er wacht niemand op een handeling" not in page


def test_an_agency_is_told_that_its_case_is_stuck(city):
    case = city.offer()
    client = city.client("ine.vos")
    before = client.get("/svk").text
    _break(city, case)
    after = client.get("/svk").text

    assert "Een stap liep vast" not in before
    assert "Een stap liep vast. De stad herstelt dat" in after


def _break(city, case):
    """Let a step of a case fail."""
    with city.engine.transaction() as work:
        work.session.add(
            IncidentRow(
                id=new_id(work.now),
                instance_id=case.instance_id,
                token=1,
                element_id="record_inspection",
                kind="service",
                message="De dienst mislukte.",
                raised_at=work.now,
            )
        )


def _lead_to_the_works(city, number):
    """Bring a case to the point where its owner repairs what was found."""
    city.complete(number, "check_completeness", "an.peeters", complete=True)
    city.complete(
        number, "plan_visit", "an.peeters", inspector="bram.claes", visit_at=VISIT
    )
    city.clock.moment = VISIT + timedelta(hours=1)
    city.complete(number, "site_visit", "bram.claes", access=True, acute_danger=False)
    city.complete(number, "record_findings", "bram.claes", findings=7 * [SMALL])
    city.complete(number, "draft_report", "bram.claes", report_summary="Barsten.")
    city.complete(number, "review_form", "an.peeters", form_in_order_choice="yes")
    city.complete(number, "sign_report", "bram.claes", vlok_inspection_reference="V-1")
    city.complete(number, "compose_works_list", "bram.claes", works=[])
    city.complete(
        number, "record_owner_answer", "an.peeters", owner_answer="repair",
        works_target_on=date(2027, 2, 28),
    )  # fmt: skip
