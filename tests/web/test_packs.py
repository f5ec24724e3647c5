"""The pack as a page, the choice of its cases, and what a partner sees of a case."""

import re

import pytest

from tests.web.bodies import a_meeting, give_bodies
from tests.web.city import PARTNER_USER
from workflows.bodies import partner_rights, sharing
from workflows.bodies import service as bodies
from workflows.bodies.checks import NewMember
from workflows.bodies.model import CaseView
from workflows.meetings import service as meetings
from workflows.meetings.model import PointKind
from workflows.meetings.service import NewPoint

PACK = "/overleg/vergaderingen/KG-2026-1/bundel"
CASES = "/overleg/vergaderingen/KG-2026-1/dossiers"


@pytest.fixture
def round_table(city):
    """The core group with a partner from the police among its members."""
    give_bodies(city)
    a_meeting(city, "KG-2026-1", days=14)
    with city.engine.transaction() as work:
        member = NewMember(user_name=PARTNER_USER, capacity="wijkinspecteur")
        bodies.add_member(work, "core_group", member, by=city.actor("chris.maes"))
    return city


def police(city):
    (organisation,) = city.actor(PARTNER_USER).organisation_ids
    return organisation


def give_right(city, view=CaseView.MINIMAL):
    new = partner_rights.NewRight(
        organisation_id=police(city), view=view, legal_ground="Wet op het politieambt"
    )
    with city.engine.transaction() as work:
        by = city.actor("chris.maes")
        partner_rights.give_right(work, "core_group", new, by=by)


def share(city, case):
    with city.engine.transaction() as work:
        sharing.share(
            work,
            case.number,
            organisation_id=police(city),
            legal_ground="Overlast",
            by=city.actor("chris.maes"),
        )


def put(city, case):
    new = NewPoint(
        kind=PointKind.CASE, title=f"Over {case.address}", case_number=case.number
    )
    with city.engine.transaction() as work:
        meetings.add_point(work, "KG-2026-1", new, by="an.peeters")


def test_the_city_sees_the_pack_and_looks_through_the_eyes_of_a_partner(round_table):
    case = round_table.offer()
    put(round_table, case)
    client = round_table.client("an.peeters")

    own = client.get(PACK).text
    theirs = client.get(f"{PACK}?publiek={police(round_table)}").text

    assert case.number in own
    assert "Wijkpolitie Mechelen" in own
    assert "door de ogen van" in theirs
    assert "Meibloemstraat" not in theirs


def test_a_partner_sees_his_own_pack(round_table):
    seen, hidden = round_table.offer(), round_table.offer(street="Molenweg")
    give_right(round_table)
    share(round_table, seen)
    put(round_table, seen)
    put(round_table, hidden)

    page = round_table.client(PARTNER_USER).get(PACK).text

    assert seen.number in page
    assert hidden.number not in page
    assert "Molenweg" not in page
    assert "Bekijken als" not in page


def test_nobody_looks_through_the_eyes_of_another_partner(round_table):
    client = round_table.client("ine.vos")

    answer = client.get(f"{PACK}?publiek={police(round_table)}")

    assert answer.status_code == 403


def test_who_reads_no_cases_reads_none_in_a_pack_either(round_table):
    case = round_table.offer()
    put(round_table, case)

    page = round_table.client("greet.smets").get(PACK).text

    assert case.number not in page
    assert "Meibloemstraat" not in page


def test_cases_are_found_chosen_and_dropped_again(round_table):
    case, other = round_table.offer(), round_table.offer(street="Molenweg")
    give_right(round_table)
    share(round_table, case)
    client = round_table.client("an.peeters")

    found = client.get(f"{CASES}?q=meibloem").text
    chosen = client.post(CASES, data={"cases": case.number}, follow_redirects=True).text
    drop = re.search(r'action="([^"]+/schrappen)"', chosen)[1]
    left = client.post(drop, follow_redirects=True).text

    assert case.number in found
    assert other.number not in found
    assert "nummer, adres en fase" in found
    assert "staan op de agenda" in chosen
    assert "van de agenda gehaald" in left
    assert not re.search(r'action="[^"]+/schrappen"', left)


def test_choosing_no_case_is_told_at_the_list(round_table):
    round_table.offer()
    answer = round_table.client("an.peeters").post(CASES, data={})

    assert answer.status_code == 422
    assert "Kies minstens één dossier" in answer.text


def test_a_case_is_shared_on_a_ground_and_the_sharing_ends(round_table):
    case = round_table.offer()
    give_right(round_table)
    client = round_table.client("chris.maes")
    address = f"/dossiers/{case.number}/delen"
    given = {"organisation_id": str(police(round_table)), "legal_ground": "Overlast"}

    shared = client.post(address, data=given, follow_redirects=True).text
    on_case = client.get(f"/dossiers/{case.number}").text
    again = client.post(address, data=given)
    end = re.search(r'action="([^"]+/stoppen)"', shared)[1]
    ended = client.post(end, follow_redirects=True).text

    assert "Rechtsgrond: Overlast" in shared
    assert "Gedeeld met Wijkpolitie Mechelen. Rechtsgrond: Overlast" in on_case
    assert again.status_code == 409
    assert "al gedeeld" in again.text
    assert "met niemand gedeeld" in ended


def test_sharing_without_partner_or_ground_keeps_what_was_typed(round_table):
    case = round_table.offer()
    give_right(round_table)
    client = round_table.client("chris.maes")
    address = f"/dossiers/{case.number}/delen"

    without = client.post(address, data={"legal_ground": "Een grond"})
    groundless = client.post(
        address, data={"organisation_id": str(police(round_table))}
    )

    assert without.status_code == groundless.status_code == 422
    assert "Kies met welke partner" in without.text
    assert "Een grond" in without.text
    assert "op welke rechtsgrond" in groundless.text
    assert " checked" in groundless.text


def test_who_may_not_share_gets_no_page_for_it(round_table):
    case = round_table.offer()
    answer = round_table.client("an.peeters").get(f"/dossiers/{case.number}/delen")

    assert answer.status_code == 403


def test_a_partner_finds_the_cases_that_are_shared_with_him(round_table):
    shared, other = round_table.offer(), round_table.offer(street="Molenweg")
    give_right(round_table)
    share(round_table, shared)
    client = round_table.client(PARTNER_USER)

    listed = client.get("/overleg/gedeeld").text
    page = client.get(f"/overleg/gedeeld/{shared.number}")

    assert shared.number in listed
    assert other.number not in listed
    assert "Meibloemstraat" in page.text
    assert "De Smet" not in page.text
    assert "Termijnen" not in page.text
    assert client.get(f"/overleg/gedeeld/{other.number}").status_code == 404
    assert client.get("/dossiers").status_code == 403
    assert client.get(f"/dossiers/{shared.number}").status_code == 403


@pytest.mark.parametrize("view", [CaseView.PROGRESS, CaseView.FINDINGS])
def test_a_wider_right_tells_the_course_of_a_shared_case(round_table, view):
    case = round_table.offer()
    give_right(round_table, view)
    share(round_table, case)

    page = round_table.client(PARTNER_USER).get(f"/overleg/gedeeld/{case.number}").text

    assert "Termijnen" in page
    assert "Plaatsbezoek" in page


def test_a_share_without_a_right_shows_nothing(round_table):
    case = round_table.offer()
    share(round_table, case)
    client = round_table.client(PARTNER_USER)

    assert case.number not in client.get("/overleg/gedeeld").text
    assert client.get(f"/overleg/gedeeld/{case.number}").status_code == 404


def test_the_menu_of_a_partner_holds_the_consultation_only(round_table):
    page = round_table.client(PARTNER_USER).get("/overleg").text
    (menu,) = re.findall(r'aria-label="Hoofdmenu">(.*?)</nav>', page, re.DOTALL)

    assert re.findall(r'href="([^"]+)"', menu) == ["/overleg"]
    assert "/overleg/gedeeld" in page


def test_who_reads_no_cases_finds_none_on_the_pages_of_a_meeting(round_table):
    case = round_table.offer()
    put(round_table, case)
    client = round_table.client("greet.smets")

    for path in ("", "/verslag", "/bundel"):
        page = client.get(f"/overleg/vergaderingen/KG-2026-1{path}")
        assert page.status_code == 200
        assert case.number not in page.text
        assert "Meibloemstraat" not in page.text
