"""Steering a case and ending its certificate: who may, and that it is seen."""

import pytest

REASON = "Wacht op een stuk van de eigenaar"


def steer(city, number, step, by="chris.maes", reason=REASON):
    return city.client(by).post(
        f"/dossiers/{number}/verloop/{step}", data={"reason": reason}
    )


def page(city, number, by="chris.maes"):
    return city.client(by).get(f"/dossiers/{number}").text


@pytest.fixture
def number(city):
    return city.offer().number


@pytest.mark.parametrize("step", ["opschorten", "hervatten", "stopzetten"])
@pytest.mark.parametrize("user", ["bram.claes", "an.peeters", "ine.vos"])
def test_only_the_head_of_service_steers(city, number, step, user):
    assert steer(city, number, step, by=user).status_code == 403


def test_a_suspended_case_says_so_with_its_reason_wherever_it_is_met(city, number):
    task = city.tasks(number)["check_completeness"]
    answer = steer(city, number, "opschorten")
    at_the_task = city.client("an.peeters").get(f"/taken/{task.id}").text

    assert answer.status_code == 302
    for shown in (page(city, number), at_the_task, city.client("ine.vos").get("/svk")):
        text = shown if isinstance(shown, str) else shown.text
        assert "Dit dossier is opgeschort" in text
        assert REASON in text
    assert "Taak afwerken" not in at_the_task
    assert "Intrekken" not in city.client("ine.vos").get("/svk").text


def test_a_suspended_case_takes_no_answer_before_it_is_resumed(city, number):
    path = f"/taken/{city.tasks(number)['check_completeness'].id}"
    steer(city, number, "opschorten")
    held = city.client("an.peeters").post(path, data={"complete": "true"})
    steer(city, number, "hervatten", reason="Het stuk is er")
    done = city.client("an.peeters").post(path, data={"complete": "true"})

    assert held.status_code == 409
    assert "opgeschort" in held.text
    assert done.status_code == 302
    assert "Dit dossier is opgeschort" not in page(city, number)


def test_the_journal_tells_who_steered_and_why(city, number):
    steer(city, number, "opschorten")
    steer(city, number, "hervatten", reason="Het stuk is er")
    steer(city, number, "stopzetten", reason="Dubbel dossier")
    text = page(city, number)

    assert f"Chris Maes schortte het verloop op. Reden: {REASON}" in text
    assert "Chris Maes hervatte het verloop. Reden: Het stuk is er" in text
    assert "Chris Maes zette het verloop stop. Reden: Dubbel dossier" in text


def test_a_case_that_was_stopped_is_closed_as_such(city, number):
    steer(city, number, "stopzetten")
    text = page(city, number)

    assert "Stopgezet" in text
    assert city.tasks(number) == {}
    assert "verloop/" not in text


def test_the_applicant_reads_the_reason_in_the_notes(city, number):
    steer(city, number, "stopzetten", reason="Dubbel dossier")

    assert "Stopgezet: Dubbel dossier" in page(city, number, by="ine.vos")


def test_without_a_reason_nothing_happens(city, number):
    answer = steer(city, number, "stopzetten", reason="  ")

    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text
    assert "check_completeness" in city.tasks(number)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("hervatten", "Alleen een opgeschort dossier"),
        ("nergens", "bestaat niet"),
    ],
)
def test_a_step_that_can_not_be_made_is_answered_in_words(city, number, step, words):
    answer = city.client("chris.maes").get(f"/dossiers/{number}/verloop/{step}")

    assert answer.status_code in {404, 409}
    assert words in answer.text
