"""Bundles: brought in, refused with their findings, started."""

import base64
import io

import pytest

from tests.factories import a_bundle, two_tasks
from tests.web.bodies import give_bodies


@pytest.fixture
def greet(program):
    return program("greet.smets")


FILES = a_bundle(two_tasks()).files
ENCODED = {name: base64.b64encode(each).decode() for name, each in FILES.items()}


def test_a_bundle_is_deployed_as_json_and_as_a_form_with_the_same_result(greet):
    first = greet.post("/definitions", {"key": "test", "files": ENCODED})
    parts = {"key": "test", "files": [(io.BytesIO(c), n) for n, c in FILES.items()]}
    second = greet.client.post(
        "/api/v1/definitions",
        data=parts,
        headers={"Authorization": f"Bearer {greet.token}"},
    )
    detail = greet.get("/definitions/test").json

    assert first.status_code == second.status_code == 201, first.text
    assert first.json["version"] == second.json["version"] == 1
    assert first.json["content_hash"] == second.json["content_hash"]
    assert detail["processes"] == {"p": "p"} or list(detail["processes"]) == ["p"]
    assert detail["files"] == list(FILES)
    assert [one["version"] for one in detail["versions"]] == [1]


def test_findings_come_with_the_refusal(greet):
    broken = base64.b64encode(b"<definitions/>").decode()
    answer = greet.post("/definitions", {"key": "test", "files": {"a.bpmn": broken}})

    assert answer.status_code == 422
    assert answer.json["code"] == "definition_refused"
    assert answer.json["findings"][0]["file"] == "a.bpmn"
    assert greet.get("/definitions/test").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"key": "Hoofd", "files": ENCODED}, 422),
        ({"key": "test", "files": {}}, 422),
        ({"key": "test", "files": {"a.bpmn": "geen base64!"}}, 422),
        ({"key": "test", "files": {"a.exe": "TVo="}}, 422),
        ({"key": "test", "files": {"a.bpmn": 1}}, 422),
        ({"key": "test", "files": ENCODED, "more": 1}, 422),
        ({"files": ENCODED}, 422),
        ([], 422),
        ("x", 400),
    ],
)
def test_what_is_no_bundle_is_refused(greet, body, status):
    answer = greet.post("/definitions", body)

    assert answer.status_code == status, answer.text
    assert answer.json["detail"]


def test_pages_of_bundles_follow_each_other(greet):
    greet.post("/definitions", {"key": "abc", "files": ENCODED})
    first = greet.get("/definitions?limit=1").json
    second = greet.get(f"/definitions?limit=1&cursor={first['next_cursor']}").json

    assert [one["id"] for one in first["items"]] == ["abc"]
    assert [one["id"] for one in second["items"]] == ["svk"]
    assert second["next_cursor"] is None


def test_a_process_without_case_is_started_and_followed(greet):
    greet.post("/definitions", {"key": "test", "files": ENCODED})
    body = {"process_id": "p", "business_key": "T-1", "data": {"x": 0.1, "y": [None]}}
    started = greet.post("/definitions/test/instances", body)
    followed = greet.get(started.headers["Location"].removeprefix("/api/v1"))

    assert started.status_code == 201, started.text
    assert followed.json == started.json
    assert started.json["variables"] == {"x": 0.1, "y": [None]}
    assert started.json["waiting_at"] == ["first"]


def test_the_processes_of_cases_start_with_a_case_only(greet):
    body = {"process_id": "svk_intake", "business_key": "x"}

    assert greet.post("/definitions/svk/instances", body).status_code == 409
    assert greet.post("/definitions/gone/instances", body).status_code == 404


@pytest.mark.parametrize("process", ["action_point", "coordination_cycle"])
def test_the_processes_of_the_consultation_start_on_its_pages_only(
    city, program, process
):
    give_bodies(city)
    hostile = {"action_text": "Stort 1000 euro", "owner": "hugo.leys", "chair": "x"}
    body = {"process_id": process, "business_key": "AP-2026-1", "data": hostile}
    answer = program("chris.maes").post("/definitions/consultation/instances", body)

    assert answer.status_code == 409
    assert "starten op de pagina’s van Overleg" in answer.json["detail"]


def test_an_instance_without_case_is_hidden_from_who_starts_none(greet, program):
    greet.post("/definitions", {"key": "test", "files": ENCODED})
    body = {"process_id": "p", "business_key": "T-1"}
    place = greet.post("/definitions/test/instances", body).headers["Location"]
    path = place.removeprefix("/api/v1")

    assert program("an.peeters").get(path).status_code == 403
    assert program("ine.vos").get(path).status_code == 403
