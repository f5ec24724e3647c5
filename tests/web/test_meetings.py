"""The pages of meetings: planned, prepared, written, read by whom they are for."""

import re
from datetime import date, timedelta

import pytest

from tests.web.bodies import give_bodies
from workflows.actions import service as actions
from workflows.actions.service import NewAction, NewDecision
from workflows.bodies import partner_rights, sharing
from workflows.bodies import repository as bodies
from workflows.bodies.model import CaseView
from workflows.meetings import repository, service
from workflows.meetings.model import MeetingStatus, PointKind
from workflows.meetings.service import NewPoint, PointText
from workflows.minutes.tables import MinutesRow

PLANNED = {
    "body_key": "core_group",
    "day": "2027-03-11",
    "hour": "14:00",
    "minutes_long": "90",
    "place": "Stadhuis",
    "reason": "",
}
KG = "/overleg/vergaderingen/KG-2027-1"


@pytest.fixture
def city(city):
    give_bodies(city)
    return city


@pytest.fixture
def secretary(city):
    client = city.client("an.peeters")
    answer = client.post("/overleg/vergaderingen/nieuw", data=PLANNED)
    assert answer.location == KG
    return client


def row(city, **changes):
    with city.engine.transaction() as work:
        found = repository.meeting_row(work.session, "KG-2027-1")
        for name, value in changes.items():
            setattr(found, name, value)


def put(city, title="Leegstand", *, kind=PointKind.FREE, **more):
    with city.engine.transaction() as work:
        new = NewPoint(kind=kind, title=title, **more)
        return service.add_point(work, "KG-2027-1", new, by="an.peeters")


def attendance_form(city, page, **others):
    members = re.findall(r'name="presence-([0-9a-f-]+)" value="present"', page)
    version = re.search(
        r'aanwezigheid">\s*<input type="hidden" name="version" value="(\d+)"', page
    )
    return {"version": version[1]} | {f"presence-{one}": "present" for one in members}


def test_a_planned_meeting_shows_each_term_and_how_it_was_counted(secretary):
    page = secretary.get(KG).text

    assert "Vergadering KG-2027-1" in page
    assert "donderdag 11 maart 2027 om 14.00 uur" in page
    assert "21 dagen voor de vergadering." in page
    assert "30 dagen na de vergadering, tot het einde van de dag." in page
    assert "Gepland op donderdag 11 maart 2027" in page


def test_a_meeting_in_the_past_or_without_hour_is_refused_at_its_field(city):
    client = city.client("an.peeters")
    past = client.post(
        "/overleg/vergaderingen/nieuw", data=PLANNED | {"day": "2026-01-05"}
    )
    never = client.post("/overleg/vergaderingen/nieuw", data=PLANNED | {"hour": ""})

    assert (past.status_code, never.status_code) == (422, 422)
    assert "Kies een dag en een uur in de toekomst." in past.text
    assert "Vul een dag en een uur in." in never.text
    assert 'value="Stadhuis"' in never.text


def test_the_list_of_a_year_names_the_meeting(secretary):
    page = secretary.get("/overleg/vergaderingen?jaar=2027").text

    assert f'href="{KG}"' in page
    assert KG not in secretary.get("/overleg/vergaderingen?jaar=2026").text


def test_who_moves_a_meeting_twice_from_one_page_hears_who_was_first(secretary):
    form = {"day": "2027-03-18", "hour": "14:00", "version": "1"}
    first = secretary.post(f"{KG}/verplaatsen", data=form)
    second = secretary.post(f"{KG}/verplaatsen", data=form | {"day": "2027-03-25"})

    assert (first.status_code, second.status_code) == (302, 409)
    assert "intussen gewijzigd door An Peeters" in second.text
    assert "donderdag 18 maart 2027" in secretary.get(KG).text


def test_a_meeting_is_cancelled_with_a_reason(secretary):
    without = secretary.post(f"{KG}/afgelasten", data={"reason": ""})
    secretary.post(f"{KG}/afgelasten", data={"reason": "Te weinig punten"})

    assert without.status_code == 422
    assert "Deze vergadering gaat niet door. Te weinig punten" in secretary.get(KG).text


def test_a_member_from_outside_hands_in_a_point_and_sees_no_workings(city, secretary):
    member = city.client("ine.vos")
    member.post(f"{KG}/punten", data={"title": "Wachtlijst", "explanation": "Lang"})
    page = member.get(KG).text

    assert "Wachtlijst" in page
    assert "Tijdklokken" not in page
    assert "Wat er gebeurde" not in page
    assert "Schrappen" not in page


def test_a_point_without_title_is_refused_and_the_text_stays(city, secretary):
    member = city.client("ine.vos")
    answer = member.post(
        f"{KG}/punten", data={"title": "", "explanation": "Lange uitleg"}
    )

    assert answer.status_code == 422
    assert "Geef het agendapunt een titel." in answer.text
    assert "Lange uitleg" in answer.text


@pytest.mark.parametrize("user", ["jef.mertens"])
def test_who_sits_in_another_body_finds_a_closed_door(city, secretary, user):
    stranger = city.client(user)

    assert stranger.get(KG).status_code == 403
    assert stranger.get(f"{KG}/verslag").status_code == 403
    assert stranger.post(f"{KG}/punten", data={"title": "X"}).status_code == 403
    assert KG not in stranger.get("/overleg/vergaderingen?jaar=2027").text


@pytest.mark.parametrize(
    "path", ["verplaatsen", "afgelasten", "aanwezigheid", "opmerkingen"]
)
def test_a_member_does_not_run_the_meeting(city, secretary, path):
    answer = city.client("ine.vos").post(f"{KG}/{path}", data={"text": "x"})

    assert answer.status_code in {403, 409}


def test_the_secretary_orders_and_drops_points(city, secretary):
    first, second = put(city, "Eerste"), put(city, "Tweede")
    at = "/overleg/vergaderingen/punten"
    secretary.post(f"{at}/{second.id}/verplaatsen", data={"to": "up"})
    secretary.post(f"{at}/{first.id}/schrappen")

    with city.engine.reading() as work:
        found = repository.points_of(work.session, "KG-2027-1")
    assert [point.title for point in found] == ["Tweede"]


def test_attendance_is_written_down_with_who_came_instead(city, secretary):
    row(city, status=MeetingStatus.INVITED)
    form = attendance_form(city, secretary.get(KG).text)
    member = next(name for name in form if name.startswith("presence-"))
    key = member.removeprefix("presence-")
    answer = secretary.post(
        f"{KG}/aanwezigheid",
        data=form | {member: "absent", f"replaced-{key}": "Kim Vos"},
    )
    late = secretary.post(f"{KG}/aanwezigheid", data=form)

    assert answer.status_code == 302
    with city.engine.reading() as work:
        (each,) = repository.attendance_of(work.session, "KG-2027-1")
    assert (each.presence.value, each.replaced_by) == ("absent", "Kim Vos")
    assert late.status_code == 409
    assert "intussen gewijzigd door An Peeters" in late.text


def test_what_is_typed_in_the_minutes_is_kept_and_answers_a_script(city, secretary):
    point = put(city)
    at = f"/overleg/vergaderingen/punten/{point.id}/verslag"
    form = {"version": "1", "discussion": "Besproken", "conclusion": "", "decision": ""}
    told = secretary.post(at, data=form, headers={"Accept": "application/json"}).json

    assert told == {"note": "Bewaard om 12:00.", "fields": {"version": 2}}
    assert ">Besproken</textarea>" in secretary.get(f"{KG}/verslag").text


def test_the_loser_of_a_race_in_the_minutes_keeps_his_text_and_sees_the_other(
    city, secretary
):
    point = put(city)
    with city.engine.transaction() as work:
        text = PointText(discussion="Van Chris")
        service.write_point(work, point.id, text, version=1, by="chris.maes")
    at = f"/overleg/vergaderingen/punten/{point.id}/verslag"
    form = {"version": "1", "discussion": "Van An", "conclusion": "", "decision": ""}
    page = secretary.post(at, data=form)
    script = secretary.post(at, data=form, headers={"Accept": "application/json"})
    again = re.search(r'name="version" value="(\d+)"', page.text)[1]

    assert (page.status_code, script.status_code) == (409, 409)
    assert "intussen gewijzigd door Chris Maes op" in page.text
    assert ">Van An</textarea>" in page.text
    assert "Nu staat er: Van Chris" in page.text
    assert script.json["by"] == "Chris Maes"
    assert secretary.post(at, data=form | {"version": again}).status_code == 302


def test_an_action_point_is_drafted_with_owner_and_day(city, secretary):
    point = put(city)
    at = f"/overleg/vergaderingen/punten/{point.id}/actiepunten"
    bad = secretary.post(at, data={"text": "Nagaan", "owner": "", "due_on": ""})
    good = secretary.post(
        at, data={"text": "Nagaan", "owner": "chris.maes", "due_on": "2027-04-01"}
    )

    assert bad.status_code == 422
    assert "Kies tegen wanneer" in bad.text
    assert ">Nagaan</textarea>" in bad.text
    assert good.status_code == 302
    assert "Chris Maes, tegen 1 april 2027" in secretary.get(f"{KG}/verslag").text


def test_a_member_reads_no_draft_before_it_is_laid_before_him(city, secretary):
    point = put(city)
    with city.engine.transaction() as work:
        text = PointText(discussion="Nog geheim")
        service.write_point(work, point.id, text, version=1, by="an.peeters")
    member = city.client("ine.vos")
    before = member.get(f"{KG}/verslag").text
    with city.engine.transaction() as work:
        work.session.add(
            MinutesRow(
                meeting_number="KG-2027-1",
                comments_opened_at=work.now,
                comments_until=work.now + timedelta(days=10),
                comments_told="10 dagen.",
            )
        )
    after = member.get(f"{KG}/verslag").text
    answer = member.post(
        f"{KG}/opmerkingen", data={"text": "Klopt niet", "point_id": ""}
    )

    assert "Nog geheim" not in before
    assert "Nog geheim" in after
    assert answer.status_code == 302
    assert "Klopt niet" in secretary.get(f"{KG}/verslag").text


def test_a_partner_sees_of_points_on_cases_only_those_he_may(city, secretary):
    shared, other = city.offer(by="jef.mertens"), city.offer(by="jef.mertens")
    put(city, "Gedeeld dossier", kind=PointKind.CASE, case_number=shared.number)
    put(city, "Ander dossier", kind=PointKind.CASE, case_number=other.number)
    partner = city.actor("ine.vos")
    (organisation,) = partner.organisation_ids
    with city.engine.transaction() as work:
        head = city.actor("chris.maes")
        right = partner_rights.NewRight(
            organisation_id=organisation,
            view=CaseView.MINIMAL,
            shared_only=True,
            legal_ground="Protocol",
        )
        partner_rights.give_right(work, "core_group", right, by=head)
        sharing.share(
            work, shared.number, organisation_id=organisation,
            legal_ground="Protocol", by=head,
        )  # fmt: skip
    page = city.client("ine.vos").get(KG).text

    assert "Gedeeld dossier" in page
    assert "Ander dossier" not in page
    assert other.number not in page
    assert "dat u niet mag zien" not in page  # nor how many there are


def action(city, text="Brief schrijven", *, due_on=date(2026, 12, 4), **more):
    with city.engine.transaction() as work:
        new = NewAction(
            body_key="core_group",
            text=text,
            owner="bram.claes",
            owner_name="Bram Claes",
            due_on=due_on,
            **more,
        )
        return actions.add(work, city.engine, new, by="an.peeters")


def test_the_register_of_action_points_finds_by_word_owner_and_term(city):
    action(city)
    action(city, "Nota maken", due_on=date(2026, 11, 27))
    city.clock.advance(timedelta(days=4))
    client = city.client("an.peeters")

    assert "2 actiepunten" in client.get("/overleg/actiepunten").text
    found = client.get("/overleg/actiepunten?q=nota+bram").text
    late = client.get("/overleg/actiepunten?laat=1").text
    mine = client.get("/overleg/actiepunten?van=mij").text
    assert "Nota maken" in found
    assert "Brief schrijven" not in found
    assert "Nota maken" in late
    assert "Brief schrijven" not in late
    assert "Geen actiepunten gevonden." in mine


@pytest.mark.usefixtures("secretary")
def test_who_reads_no_cases_reads_no_action_or_decision_on_one(city):
    case = city.offer()
    action(city, "Gevel nakijken", case_number=case.number)
    action(city, "Nota maken")
    with city.engine.transaction() as work:
        for text, number in (("Voorrang", case.number), ("Reglement", None)):
            new = NewDecision(
                body_key="core_group",
                meeting_number="KG-2027-1",
                title="Punt",
                text=text,
                decided_on=date(2027, 3, 11),
                case_number=number,
            )
            actions.decide(work, new, by="an.peeters")
    manager = city.client("greet.smets")
    acts = manager.get("/overleg/actiepunten").text
    decided = manager.get("/overleg/besluiten").text

    assert "Nota maken" in acts
    assert "Gevel nakijken" not in acts
    assert "Reglement" in decided
    assert "Voorrang" not in decided


def test_the_register_is_paged_in_the_database(city, count_sql):
    for number in range(27):
        action(city, f"Punt {number}")
    client = city.client("an.peeters")
    with count_sql(city.engine.database) as counted:
        page = client.get("/overleg/actiepunten?pagina=2").text

    assert "26–27 van 27" in page
    assert page.count("Brief") == 0
    assert len(counted.statements) <= 12


def test_an_action_on_a_case_shows_on_the_case_and_in_the_list_of_its_owner(city):
    case = city.offer()
    action(city, case_number=case.number)
    page = city.client("an.peeters").get(f"/dossiers/{case.number}").text
    tasks = city.client("bram.claes").get("/taken?wie=mij").text

    assert "Actiepunten" in page
    assert "Brief schrijven" in page
    assert "Actiepunt uitvoeren" in tasks


def test_an_action_point_is_dropped_with_a_reason_and_only_once(city):
    found = action(city)
    at = f"/overleg/actiepunten/{found.id}/vervallen"
    client = city.client("an.peeters")

    assert client.get(at).status_code == 200
    assert client.post(at, data={"reason": ""}).status_code == 422
    assert client.post(at, data={"reason": "Achterhaald"}).status_code == 302
    assert client.post(at, data={"reason": "Nog eens"}).status_code == 409
    assert city.client("bram.claes").get(at).status_code == 403
    assert "Achterhaald" in client.get("/overleg/actiepunten").text


def test_decisions_are_found_by_word_and_day(city, secretary):
    with city.engine.transaction() as work:
        for text, day in (("Lijst goedgekeurd", 11), ("Nota geweigerd", 20)):
            new = NewDecision(
                body_key="core_group",
                meeting_number="KG-2027-1",
                title="Punt",
                text=text,
                decided_on=date(2027, 3, day),
            )
            actions.decide(work, new, by="an.peeters")
    page = secretary.get("/overleg/besluiten?q=lijst").text
    later = secretary.get("/overleg/besluiten?vanaf=2027-03-15").text

    assert "Lijst goedgekeurd" in page
    assert "Nota geweigerd" not in page
    assert "Lijst goedgekeurd" not in later


@pytest.mark.parametrize("path", ["/overleg/actiepunten", "/overleg/besluiten"])
def test_the_registers_are_for_the_city(city, path):
    assert city.client("ine.vos").get(path).status_code == 403


def test_a_task_of_a_meeting_leads_to_its_page(city, secretary):
    city.clock.advance(timedelta(days=90))
    with city.engine.transaction() as work:
        city.engine.timers.fire_due(work)
    task = city.tasks("KG-2027-1")["open_agenda"]
    page = city.client("an.peeters").get(f"/taken/{task.id}").text

    assert "Vergadering KG-2027-1" in page
    assert f'href="{KG}"' in page


def test_a_task_of_an_action_point_tells_what_and_whence(city, secretary):
    found = action(city, meeting_number="KG-2027-1")
    (task,) = city.tasks(found.number).values()
    page = city.client("bram.claes").get(f"/taken/{task.id}").text

    assert f"Actiepunt {found.number}" in page
    assert f'href="{KG}"' in page


def test_a_meeting_page_costs_few_statements_however_long_its_agenda(
    city, secretary, count_sql
):
    def statements():
        with count_sql(city.engine.database) as counted:
            assert secretary.get(KG).status_code == 200
        return len(counted.statements)

    put(city)
    few = statements()
    for number in range(30):
        put(city, f"Punt {number}")

    assert statements() == few
    assert few <= 28


@pytest.mark.parametrize("nonsense", ["abc", "-1", "9" * 5000, "²", "1.5"])
def test_a_version_that_is_no_number_never_wins(city, secretary, nonsense):
    point = put(city)
    moved = {"day": "2027-03-18", "hour": "14:00", "version": nonsense}
    written = {"version": nonsense, "discussion": "Besproken"}
    at = f"/overleg/vergaderingen/punten/{point.id}/verslag"

    assert secretary.post(f"{KG}/verplaatsen", data=moved).status_code == 409
    assert secretary.post(at, data=written).status_code == 409
    assert (
        secretary.post(f"{KG}/aanwezigheid", data={"version": nonsense}).status_code
        == 409
    )


def test_nobody_meets_more_than_ten_years_from_now(city):
    client = city.client("an.peeters")
    answer = client.post(
        "/overleg/vergaderingen/nieuw", data=PLANNED | {"day": "9999-12-31"}
    )

    assert answer.status_code == 422
    assert "Kies een dag binnen de tien jaar." in answer.text


@pytest.mark.parametrize("year", ["0000", "0001", "9999", "9" * 5000, "abc"])
@pytest.mark.parametrize("path", ["vergaderingen", "cijfers"])
def test_a_year_that_makes_no_sense_shows_this_one(city, path, year):
    page = city.client("an.peeters").get(f"/overleg/{path}?jaar={year}")

    assert page.status_code == 200
    assert "2026" in page.text


def test_a_member_that_is_no_member_is_no_attendance(city, secretary):
    form = {"version": "1", "presence-abc": "present", "presence-": "present"}

    assert secretary.post(f"{KG}/aanwezigheid", data=form).status_code == 302


def test_a_comment_on_a_point_that_is_none_is_refused(city, secretary):
    answer = secretary.post(
        f"{KG}/opmerkingen", data={"text": "Zo was het niet", "point_id": "abc"}
    )

    assert answer.status_code == 422
    assert "Kies iets uit de lijst." in answer.text


@pytest.mark.parametrize(
    ("path", "field"),
    [("/punten", "explanation"), ("/afgelasten", "reason")],
)
def test_a_text_without_end_is_refused_at_its_field(secretary, path, field):
    form = {"title": "Leegstand", field: "x" * 100_000}
    answer = secretary.post(KG + path, data=form)

    assert answer.status_code == 422
    assert "Schrijf hoogstens" in answer.text


def test_the_same_meeting_is_planned_once(secretary):
    again = secretary.post("/overleg/vergaderingen/nieuw", data=PLANNED)

    assert again.status_code == 422
    assert "Kerngroep vergadert dan al: KG-2027-1." in again.text


def test_a_meeting_does_not_move_past_the_end_of_its_body(city, secretary):
    with city.engine.transaction() as work:
        bodies.body_row(work.session, "core_group").ends_on = date(2027, 3, 31)
    form = {"day": "2027-04-15", "hour": "14:00", "version": "1"}
    answer = secretary.post(f"{KG}/verplaatsen", data=form)

    assert answer.status_code == 422
    assert "Kerngroep bestaat dan niet meer." in answer.text
