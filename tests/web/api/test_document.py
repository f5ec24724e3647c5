"""The document of the interface is true: programs made from it fit."""

import json
import warnings

import pytest
from hypothesis import HealthCheck, Phase, settings

from web.api.schemas.problem import Problem

with warnings.catch_warnings():
    # What schemathesis brings along is not ours to repair.
    warnings.simplefilter("ignore")
    import schemathesis
    from schemathesis.checks import not_a_server_error
    from schemathesis.specs.openapi import checks

CHECKS = (
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
)
BOUNDED = settings(
    max_examples=6,
    deadline=None,
    database=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def document(training):
    return training.client().get("/api/v1/openapi.json").json


def test_the_document_is_open_to_anybody_and_of_version_3_1(document):
    assert document["openapi"] == "3.1.0"
    assert document["security"] == [{"token": []}, {"session": []}]


def test_each_route_tells_what_can_go_wrong(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            told = set(operation["responses"])
            assert {"401", "403"} <= told, (method, path)
            assert "default" not in told, "a default hides what is not told"
            problems = [code for code in told if code >= "400"]
            for code in problems:
                content = operation["responses"][code]["content"]
                assert list(content) == ["application/problem+json"]


def test_each_change_takes_an_idempotency_key(document):
    for path, methods in document["paths"].items():
        names = {one["name"] for one in methods.get("post", {}).get("parameters", [])}
        assert "post" not in methods or "Idempotency-Key" in names, path


def test_outside_training_there_is_no_clock(city, program):
    caller = program("hugo.leys")
    paths = city.client().get("/api/v1/openapi.json").json["paths"]

    assert caller.post("/clock", {"days": 1}).status_code == 404
    assert program().post("/clock", {"days": 1}).status_code == 404
    assert "/api/v1/clock" not in paths


def test_problems_have_no_field_that_the_document_hides(program):
    answer = program("an.peeters").get("/tasks?limit=x")

    assert set(answer.json) <= set(Problem().fields)


def operations(app):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    found = [each.ok() for each in schema.get_all_operations()]
    # What ends the case or moves the time comes last.
    return sorted(found, key=lambda each: each.path.endswith(("withdrawal", "clock")))


@pytest.mark.filterwarnings("ignore")
def test_whatever_a_program_sends_the_answer_is_one_that_the_document_tells(
    training, program, everything
):
    case = training.offer()
    task = training.tasks(case.number)["check_completeness"]
    headers = {"Authorization": f"Bearer {program(everything).token}"}
    real = {
        "number": case.number,
        "task_id": str(task.id),
        "instance_id": str(case.instance_id),
        "key": "svk",
    }
    found = operations(training.app)
    for operation in found:
        _fuzz(operation, headers, real)

    assert len(found) == 25


def _fuzz(operation, headers, real):
    """Send bounded random requests, every other one about a thing that exists."""
    turn = iter(range(1_000))

    def send(case):
        if next(turn) % 2:
            known = {k: real[k] for k in case.path_parameters or {} if k in real}
            case.path_parameters = {**(case.path_parameters or {}), **known}
        case.call_and_validate(headers=headers, checks=CHECKS)

    from hypothesis import given  # noqa: PLC0415

    BOUNDED(given(case=operation.as_strategy())(send))()


def test_the_document_is_small_enough_to_be_read_at_once(document):
    assert len(json.dumps(document)) < 200_000
