"""The pages on policy questions and work groups: seen, filled in, refused."""

from datetime import date, timedelta

import pytest

from tests.web.bodies import a_meeting, give_bodies
from workflows.meetings.model import MeetingStatus
from workflows.people import service as people
from workflows.work_groups import repository, service
from workflows.work_groups.model import Choice
from workflows.work_groups.service import NewQuestion, WorkGroupDecision

NEW = {
    "title": "Wachttijden",
    "question": "Hoe korten we de wachttijd in?",
    "reason": "Ze is te lang.",
}


@pytest.fixture
def council(city):
    give_bodies(city)
    return city


@pytest.fixture
def number(council):
    """A question on the agenda of a meeting of today."""
    a_meeting(council, "KG-2026-1", hours=2)
    with council.engine.transaction() as work:
        who = people.actor(work, "ine.vos")
        return service.ask(work, council.engine, NewQuestion(**NEW), by=who).number


@pytest.fixture
def group(council, number):
    """The work group that answers it."""
    with council.engine.transaction() as work:
        who = people.actor(work, "chris.maes")
        decision = WorkGroupDecision(decision=Choice.FOUND)
        service.decide(work, council.engine, number, decision, by=who)
    council.complete(
        number,
        "appoint_responsible",
        "an.peeters",
        responsible="bram.claes",
        group_name="Wachttijden",
        mandate="Onderzoek het.",
        members="An Peeters\nFatima Aydin",
        frequency="P1M",
        ends_on=date(2027, 6, 30),
    )
    return number


def test_a_member_asks_and_finds_his_question(council):
    client = council.client("ine.vos")
    page = client.post(
        "/overleg/beleidsvragen/nieuw", data=NEW, follow_redirects=True
    ).text

    assert "Uw vraag is genoteerd als BV-2026-1." in page
    assert "Wachttijden" in client.get("/overleg/beleidsvragen").text


def test_what_is_missing_is_told_at_its_field_and_the_rest_stays(council):
    answer = council.client("ine.vos").post(
        "/overleg/beleidsvragen/nieuw",
        data=NEW | {"title": "", "wished_on": "2020-01-01"},
    )

    assert answer.status_code == 422
    assert "Geef de vraag een korte titel." in answer.text
    assert "Kies een dag na vandaag" in answer.text
    assert NEW["question"] in answer.text


def test_a_day_that_is_none_is_told(council):
    answer = council.client("ine.vos").post(
        "/overleg/beleidsvragen/nieuw", data=NEW | {"wished_on": "morgen"}
    )

    assert answer.status_code == 422


def test_who_sits_in_no_body_asks_nothing(council):
    client = council.client("jef.mertens")

    assert client.get("/overleg/beleidsvragen/nieuw").status_code == 403
    assert client.post("/overleg/beleidsvragen/nieuw", data=NEW).status_code == 403


def test_who_sits_in_no_body_reads_no_question(council, group):
    client = council.client("jef.mertens")

    assert client.get(f"/overleg/beleidsvragen/{group}").status_code == 403
    assert client.get(f"/overleg/werkgroepen/{group}").status_code == 403
    assert "Wachttijden" not in client.get("/overleg/beleidsvragen").text
    assert "Wachttijden" not in client.get("/overleg/werkgroepen").text


def test_the_decision_is_taken_at_the_question_and_leads_to_the_task(council, number):
    head = council.client("chris.maes")
    page = head.post(
        f"/overleg/beleidsvragen/{number}/besluit",
        data={"decision": "found", "reason": "Nuttig."},
        follow_redirects=True,
    ).text

    assert "Een werkgroep oprichten" in page
    assert "Verantwoordelijke aanstellen" in page


def test_the_task_leads_to_the_question_that_it_is_about(council, number):
    address = f"/overleg/beleidsvragen/{number}"
    head = council.client("chris.maes")
    head.post(f"{address}/besluit", data={"decision": "found"})
    task = council.tasks(number)["appoint_responsible"]
    page = council.client("an.peeters").get(f"/taken/{task.id}").text

    assert address in page
    assert "Bram Claes" in page
    assert "Ine Vos" not in page


def test_half_a_founding_is_told_at_its_fields(council, number):
    head = council.client("chris.maes")
    head.post(f"/overleg/beleidsvragen/{number}/besluit", data={"decision": "found"})
    task = council.tasks(number)["appoint_responsible"]
    answer = council.client("an.peeters").post(
        f"/taken/{task.id}",
        data={"group_name": "Wachttijden", "responsible": "", "ends_on": "2020-01-01"},
    )

    assert answer.status_code == 422
    assert "Wachttijden" in answer.text
    assert "appoint_responsible" in council.tasks(number)


def test_the_form_of_a_meeting_page_leads_back_to_it(council, number):
    head = council.client("chris.maes")
    answer = head.post(
        f"/overleg/beleidsvragen/{number}/besluit",
        data={"decision": "found", "back": "/overleg/vergaderingen/KG-2026-1"},
    )

    assert answer.location == "/overleg/vergaderingen/KG-2026-1"


@pytest.mark.parametrize(
    "back", ["https://elders.example/", "/overleg//elders.example"]
)
def test_it_leads_to_no_other_site(council, number, back):
    answer = council.client("chris.maes").post(
        f"/overleg/beleidsvragen/{number}/besluit",
        data={"decision": "found", "back": back},
    )

    assert answer.location == f"/overleg/beleidsvragen/{number}"


def test_the_second_decision_gets_a_409_and_keeps_what_was_typed(council, number):
    address = f"/overleg/beleidsvragen/{number}/besluit"
    council.client("chris.maes").post(address, data={"decision": "found"})
    answer = council.client("an.peeters").post(
        address, data={"decision": "not_found", "reason": "Loopt al elders."}
    )

    assert answer.status_code == 409
    assert "door Chris Maes op woensdag 25 november 2026" in answer.text
    assert "Loopt al elders." in answer.text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Kies wat de vergadering besliste."),
        ({"decision": "maybe"}, "Kies wat de vergadering besliste."),
        ({"decision": "not_found"}, "Schrijf de reden"),
        ({"decision": "other_group", "reason": "x"}, "Noem de groep"),
    ],
)
def test_half_a_decision_is_refused(council, number, data, words):
    answer = council.client("chris.maes").post(
        f"/overleg/beleidsvragen/{number}/besluit", data=data
    )

    assert answer.status_code == 422
    assert words in answer.text


@pytest.mark.parametrize(
    "user", ["bram.claes", "fatima.aydin", "ine.vos", "greet.smets"]
)
def test_others_take_no_decision(council, number, user):
    answer = council.client(user).post(
        f"/overleg/beleidsvragen/{number}/besluit", data={"decision": "found"}
    )

    assert answer.status_code == 403


def test_an_unknown_question_is_not_found(council):
    client = council.client("an.peeters")

    assert client.get("/overleg/beleidsvragen/BV-2026-99").status_code == 404
    assert client.get("/overleg/werkgroepen/BV-2026-99").status_code == 404


def test_the_group_shows_its_mandate_members_and_loop(council, group):
    page = council.client("bram.claes").get(f"/overleg/werkgroepen/{group}").text

    for words in ("Onderzoek het.", "An Peeters", "mandataris", "elke maand"):
        assert words in page
    assert "Oprichting van de werkgroep" in page
    assert "De verantwoordelijke stopt" in page


def test_the_responsible_notes_the_meetings_of_the_group(council, group):
    client = council.client("bram.claes")
    page = client.post(
        f"/overleg/werkgroepen/{group}/vergaderingen",
        data={"held_on": "2026-11-25", "note": "Start"},
        follow_redirects=True,
    ).text

    assert "De vergadering is genoteerd." in page
    assert "woensdag 25 november 2026" in page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"held_on": "", "note": "x"}, "Vul de dag van de vergadering in."),
        ({"held_on": "2026-12-25", "note": "x"}, "pas als ze gehouden is"),
        ({"held_on": "2026-11-25", "note": ""}, "in een paar woorden"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused(council, group, data, words):
    answer = council.client("bram.claes").post(
        f"/overleg/werkgroepen/{group}/vergaderingen", data=data
    )

    assert answer.status_code == 422
    assert words in answer.text


def test_a_responsible_who_leaves_turns_the_page_red(council, group):
    client = council.client("bram.claes")
    page = client.post(
        f"/overleg/werkgroepen/{group}/verantwoordelijke",
        data={"leaving_reason": "Andere dienst"},
        follow_redirects=True,
    ).text
    again = council.client("an.peeters").post(
        f"/overleg/werkgroepen/{group}/verantwoordelijke",
        data={"leaving_reason": "Nog eens"},
    )

    assert "heeft geen verantwoordelijke" in page
    assert "tegen 25 december 2026" in page
    assert again.status_code == 409


def test_a_fellow_member_does_not_send_the_responsible_away(council, group):
    answer = council.client("fatima.aydin").post(
        f"/overleg/werkgroepen/{group}/verantwoordelijke", data={"leaving_reason": "x"}
    )

    assert answer.status_code == 403


def test_a_group_that_meets_less_than_the_core_group_is_warned(council, group):
    a_meeting(council, "KG-2026-2", days=7, status=MeetingStatus.CLOSED)
    council.clock.moment += timedelta(days=8)
    page = council.client("bram.claes").get(f"/overleg/werkgroepen/{group}").text
    table = council.client("an.peeters").get("/overleg/werkgroepen").text

    assert "vergaderde de werkgroep 0 keer en de kerngroep 1 keer" in page
    assert "minder dan de kerngroep (1)" in table


def test_the_asker_who_opens_the_answer_closes_the_loop(council, number):
    council.client("chris.maes").post(
        f"/overleg/beleidsvragen/{number}/besluit",
        data={"decision": "not_found", "reason": "Loopt al elders."},
    )
    council.client("an.peeters").get(f"/overleg/beleidsvragen/{number}")
    with council.engine.reading() as work:
        before = repository.question(work.session, number).answer_seen_at
    page = council.client("ine.vos").get(f"/overleg/beleidsvragen/{number}").text

    assert before is None
    assert "Loopt al elders." in page
    assert "Ine Vos las het antwoord op 25 november 2026" in page
