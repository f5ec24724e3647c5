"""Who calls: a token with its scopes, or the session of the site."""

from datetime import timedelta

import pytest

from workflows.people import tokens
from workflows.people.service import set_active


def test_without_token_or_session_nothing_is_shown(program):
    answer = program().get("/tasks")

    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert answer.json["type"] == "urn:woonflow:problem:sign_in_needed"


@pytest.mark.parametrize("text", ["wf_made-up", "", "wf_é", "x" * 5000])
def test_a_made_up_token_is_nobody(city, text):
    headers = {"Authorization": f"Bearer {text}"}
    answer = city.app.test_client().get("/api/v1/tasks", headers=headers)

    assert answer.status_code == 401


def test_a_bad_token_is_not_rescued_by_a_session(city):
    client = city.client("an.peeters")
    headers = {"Authorization": "Bearer wf_made-up"}

    assert client.get("/api/v1/tasks").status_code == 200
    assert client.get("/api/v1/tasks", headers=headers).status_code == 401


def test_a_token_opens_the_interface_and_not_the_pages(city, program):
    bearer = {"Authorization": f"Bearer {program('an.peeters').token}"}
    client = city.app.test_client()

    assert client.get("/api/v1/tasks", headers=bearer).status_code == 200
    assert client.get("/taken", headers=bearer).status_code == 302


def test_a_token_ends_when_its_time_is_up_or_it_is_revoked(city, program):
    short = program("an.peeters", lifetime=timedelta(hours=1))
    revoked = program("an.peeters")
    with city.engine.transaction() as work:
        newest = {one.expires_at: one for one in tokens.tokens_of(work, "an.peeters")}
        tokens.revoke_token(work, "an.peeters", newest[None].id)
    before = short.get("/tasks").status_code
    city.clock.advance(timedelta(hours=2))

    assert before == 200
    assert short.get("/tasks").status_code == 401
    assert revoked.get("/tasks").status_code == 401


def test_the_token_of_somebody_who_left_is_nobody(city, program):
    caller = program("an.peeters")
    with city.engine.transaction() as work:
        set_active(work, "an.peeters", active=False)

    assert caller.get("/tasks").status_code == 401


def test_a_token_does_no_more_than_its_scopes(city, program):
    case = city.offer()
    caller = program("an.peeters", scopes=["read_case"])
    refused = caller.post(f"/cases/{case.number}/withdrawal", {"reason": "weg"})

    assert caller.get(f"/cases/{case.number}").status_code == 200
    assert caller.get("/tasks").status_code == 403
    assert refused.status_code == 403
    assert "token" in refused.json["detail"]


def test_a_token_gives_no_more_than_its_owner_may(program):
    assert program("ine.vos").get("/incidents").status_code == 403


def test_the_use_of_a_token_is_noted_once_an_hour(city, program):
    caller = program("an.peeters")

    def last_used():
        with city.engine.reading() as work:
            return tokens.tokens_of(work, "an.peeters")[0].last_used_at

    caller.get("/tasks")
    first = last_used()
    city.clock.advance(timedelta(minutes=30))
    caller.get("/tasks")
    second = last_used()
    city.clock.advance(timedelta(minutes=31))
    caller.get("/tasks")

    assert first == second
    assert last_used() == first + timedelta(minutes=61)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 422),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": ""}, 403),
    ],
)
def test_a_change_by_session_must_come_from_our_own_pages(city, headers, status):
    client = city.client("an.peeters")
    answer = client.post("/api/v1/cases", json={}, headers=headers)

    assert answer.status_code == status


def test_a_change_by_token_may_come_from_anywhere(program):
    headers = {"Origin": "https://svk.example", "Sec-Fetch-Site": "cross-site"}
    answer = program("an.peeters").post("/cases", {}, headers=headers)

    assert answer.status_code == 422


def test_a_token_on_a_page_does_not_let_another_site_in(city):
    client = city.client("an.peeters")
    headers = {"Authorization": "Bearer x", "Sec-Fetch-Site": "cross-site"}

    assert client.post("/afmelden", headers=headers).status_code == 403
