"""Tasks through the interface: found, taken, filled in, completed once, or refused."""

import json
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest


@pytest.fixture
def case(city):
    return city.offer()


@pytest.fixture
def task(city, case):
    return city.tasks(case.number)["check_completeness"]


@pytest.fixture
def an(program):
    return program("an.peeters")


def give_role(city, user, role):
    from workflows.people import repository, service  # noqa: PLC0415
    from workflows.people.model import OrganisationKind, Role  # noqa: PLC0415

    with city.engine.transaction() as work:
        (office,) = repository.organisations(
            work.session, kinds=[OrganisationKind.CITY]
        )
        service.add_membership(work, user, role=Role(role), organisation_id=office.id)


def test_a_task_comes_with_its_form_and_what_the_form_names(an, task):
    found = an.get(f"/tasks/{task.id}").json

    assert found["element_id"] == "check_completeness"
    assert found["form"]["schema"]["id"]
    assert "terms" not in found["form"]["variables"]
    assert found["form"]["draft"] is None


def test_a_form_may_choose_from_the_lists_of_the_city(city, an, case, task):
    an.post(f"/tasks/{task.id}/completion", {"data": {"complete": True}})
    plan = city.tasks(case.number)["plan_visit"]
    variables = an.get(f"/tasks/{plan.id}").json["form"]["variables"]
    data = {"inspector": "niemand", "visit_at": "2026-11-30T09:00:00+01:00"}
    refused = an.post(f"/tasks/{plan.id}/completion", {"data": data})

    assert variables["inspectors"] == [{"label": "Bram Claes", "value": "bram.claes"}]
    assert [error["field"] for error in refused.json["errors"]] == ["inspector"]


def test_tasks_are_found_by_each_filter(an, case, task):
    def found(query):
        answer = an.get(f"/tasks?{query}")
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json["items"]]

    an.post(f"/tasks/{task.id}/claim")

    for query in (
        "",
        "assignee=an.peeters",
        "group=admin",
        "q=Meibloem",
        f"case={case.number}",
        "due_before=2027-01-01T00:00:00Z",
        "sort=priority",
        "sort=created",
        "sort=name",
    ):
        assert found(query) == [str(task.id)], query
    for query in (
        "assignee=bram.claes",
        "group=inspector",
        "q=Elders",
        "case=2020-0001",
        "due_before=2026-01-01T00:00:00Z",
        "state=completed&sort=completed",
    ):
        assert found(query) == [], query


def test_pages_of_tasks_follow_each_other(city, an):
    numbers = {city.offer(house_number=str(number)).number for number in range(3)}
    seen, path = [], "/tasks?limit=1"
    while path:
        page = an.get(path).json
        seen += [one["case_number"] for one in page["items"]]
        cursor = page["next_cursor"]
        path = f"/tasks?limit=1&cursor={cursor}" if cursor else None

    assert sorted(seen) == sorted(numbers)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("limit=0", 422),
        ("limit=x", 422),
        ("state=gone", 422),
        ("sort=up", 422),
        ("due_before=2026-01-01T00:00:00", 422),
        ("due_before=soon", 422),
        ("assigne=an.peeters", 422),
        ("q=%00", 400),
        ("cursor=abc", 400),
        ("cursor=WyJkdWUiLCIyMDI2LTAxLTAxIiwieCJd", 400),
    ],
)
def test_a_question_that_is_not_understood_is_refused_in_words(an, query, status):
    answer = an.get(f"/tasks?{query}")

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert status == 400 or answer.json["errors"][0]["detail"]


def test_a_task_is_taken_given_back_and_assigned(an, task):
    hands = [
        an.post(f"/tasks/{task.id}/{action}", body).json["assignee"]
        for action, body in (
            ("claim", None),
            ("release", None),
            ("assignment", {"assignee": "an.peeters"}),
        )
    ]

    assert hands == ["an.peeters", None, "an.peeters"]


def test_a_task_is_not_assigned_to_nobody_known(an, task):
    answer = an.post(f"/tasks/{task.id}/assignment", {"assignee": "niemand"})

    assert answer.status_code == 404


def test_a_task_gets_another_due_moment(an, task):
    body = {"due_at": "2026-12-01T08:00:00+01:00"}
    answer = an.post(f"/tasks/{task.id}/due-date", body)
    nonsense = an.post(f"/tasks/{task.id}/due-date", {"due_at": "morgen"})

    assert answer.json["due_at"] == "2026-12-01T07:00:00+00:00"
    assert nonsense.status_code == 422


def test_who_comes_second_hears_who_has_the_task_since_when(city, an, program, task):
    give_role(city, "chris.maes", "admin")
    chris = program("chris.maes")
    an.post(f"/tasks/{task.id}/claim")
    taken = chris.post(f"/tasks/{task.id}/claim")
    an.post(f"/tasks/{task.id}/completion", {"data": {"complete": True}})
    done = chris.post(f"/tasks/{task.id}/completion", {"data": {"complete": True}})

    assert taken.status_code == done.status_code == 409
    assert (taken.json["code"], done.json["code"]) == ("task_claimed", "task_not_open")
    for problem in (taken.json, done.json):
        assert problem["by"] == "an.peeters"
        assert problem["at"] == "2026-11-25T11:00:00+00:00"
        assert problem["type"] == f"urn:woonflow:problem:{problem['code']}"


def test_a_refused_form_tells_which_field_is_wrong_and_stores_nothing(
    city, an, case, task
):
    data = {"complete": "misschien", "verzonnen": 1}
    answer = an.post(f"/tasks/{task.id}/completion", {"data": data})
    fields = {error["field"] for error in answer.json["errors"]}

    assert answer.status_code == 422
    assert fields == {"complete", "verzonnen"}
    assert list(city.tasks(case.number)) == ["check_completeness"]


def test_a_draft_is_kept_and_shown_again(an, task):
    data = {"complete": False, "missing": "Het EPC", "number": 0.1}
    an.post(f"/tasks/{task.id}/draft", {"data": data})

    assert an.get(f"/tasks/{task.id}").json["form"]["draft"] == data


def test_the_same_key_gives_the_same_answer_and_one_effect(city, an, case, task):
    key = {"Idempotency-Key": uuid4().hex}
    path, body = f"/tasks/{task.id}/completion", {"data": {"complete": True}}
    first, second = (an.post(path, body, headers=key) for _ in range(2))
    other = an.post(path, {"data": {"complete": False}}, headers=key)

    assert first.status_code == second.status_code == 200
    assert first.data == second.data
    assert second.headers["Idempotent-Replayed"] == "true"
    assert other.status_code == 409
    assert other.json["code"] == "idempotency_conflict"
    assert list(city.tasks(case.number)) == ["plan_visit"]


def test_a_key_belongs_to_one_caller(an, program, task):
    key = {"Idempotency-Key": "one"}
    an.post(f"/tasks/{task.id}/claim", headers=key)
    answer = program("jef.mertens").post(f"/tasks/{task.id}/claim", headers=key)

    assert answer.status_code == 403


def test_a_refusal_is_not_remembered_under_its_key(an, task):
    key = {"Idempotency-Key": "two"}
    path = f"/tasks/{task.id}/completion"
    refused = an.post(path, {"data": {}}, headers=key)
    done = an.post(path, {"data": {"complete": True}}, headers=key)

    assert (refused.status_code, done.status_code) == (422, 200)


@pytest.mark.parametrize("key", ["", "met spatie", "x" * 201])
def test_an_absurd_key_is_refused(an, task, key):
    answer = an.post(f"/tasks/{task.id}/claim", headers={"Idempotency-Key": key})

    assert answer.status_code == 400


def test_a_change_on_an_old_version_is_refused(an, task):
    path = f"/tasks/{task.id}"
    seen = an.get(path).headers["ETag"]
    unchanged = an.get(path, headers={"If-None-Match": seen})
    claimed = an.post(f"{path}/claim", headers={"If-Match": seen})
    late = an.post(f"{path}/release", headers={"If-Match": seen})
    now = an.post(f"{path}/release", headers={"If-Match": claimed.headers["ETag"]})
    whatever = an.post(f"{path}/claim", headers={"If-Match": "*"})

    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert claimed.status_code == 200
    assert late.status_code == 412
    assert late.json["code"] == "changed_since"
    assert now.status_code == whatever.status_code == 200


UNREADABLE = [
    ("{", "application/json", 400),
    (b"\xff", "application/json", 400),
    ('{"data": {"x": NaN}}', "application/json", 400),
    ('{"data": {"x": "\\ud800"}}', "application/json", 400),
    ('{"data": {"x": "\\u0000"}}', "application/json", 400),
    ("[" * 100_000, "application/json", 400),
    ('{"data": ' + '{"a":' * 60 + "1" + "}" * 60 + "}", "application/json", 400),
    ("x=1", "application/x-www-form-urlencoded", 415),
    ("[]", "application/json", 422),
    ("{}", "application/json", 422),
    ('{"data": 1}', "application/json", 422),
    ('{"data": {}, "more": 1}', "application/json", 422),
    ('{"data": {"complete": 1e9999}}', "application/json", 400),
]


@pytest.mark.parametrize("action", ["completion", "draft"])
@pytest.mark.parametrize("sent", UNREADABLE, ids=lambda sent: str(sent[0])[:30])
def test_what_can_not_be_read_is_refused(an, task, action, sent):
    body, kind, status = sent
    answer = an.post(f"/tasks/{task.id}/{action}", body, content_type=kind)

    assert answer.status_code == status, answer.text
    assert answer.content_type == "application/problem+json"


def test_what_does_not_exist_is_told_as_a_problem(an):
    answers = [
        an.get(f"/tasks/{uuid4()}"),
        an.get("/tasks/1"),
        an.get("/nothing"),
        an.get("/cases/2020-0001"),
        an.get(f"/instances/{uuid4()}"),
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content_type for answer in answers} == {"application/problem+json"}


def test_a_wrong_method_keeps_allow(an, task):
    answer = an.get(f"/tasks/{task.id}/claim")

    assert answer.status_code == 405
    assert set(answer.headers["Allow"].split(", ")) == {"OPTIONS", "POST"}
    assert answer.json["code"] == "method_not_allowed"


def test_two_programs_at_once_complete_a_task_once(city, program, case, task):
    give_role(city, "chris.maes", "admin")
    callers = [program("an.peeters"), program("chris.maes")]

    def complete(caller):
        path = f"/tasks/{task.id}/completion"
        return caller.post(path, json.dumps({"data": {"complete": True}})).status_code

    with ThreadPoolExecutor(2) as pool:
        statuses = sorted(pool.map(complete, callers))

    assert statuses == [200, 409]
    assert list(city.tasks(case.number)) == ["plan_visit"]
