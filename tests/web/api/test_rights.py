"""Every route, as a stranger and as each role (D18)."""

from datetime import date
from uuid import uuid4

import pytest

from tests.web.bodies import give_bodies
from tests.web.city import AGENCY_USER, OTHER_AGENCY_USER, PEOPLE
from workflows.actions import service as actions
from workflows.actions.service import NewAction

NOBODY = str(uuid4())
CITY = {"an.peeters", "bram.claes", "chris.maes", "dirk.wouters", "els.jacobs"} | {
    "fatima.aydin"
}
SERVICE = {"an.peeters", "bram.claes", "chris.maes"}
DESK = {"an.peeters", "chris.maes"}
MANAGERS = {"greet.smets", "hugo.leys"}
OWN = {AGENCY_USER}
EVERYBODY = {*PEOPLE, AGENCY_USER, OTHER_AGENCY_USER}
MESSAGE = {"correlation_key": "{number}", "data": {"reason": "weg"}}

# Per route: who is let in. A refusal of the request itself counts as let in.
ROUTES = {
    ("GET", "/cases"): CITY | {AGENCY_USER, OTHER_AGENCY_USER},
    ("POST", "/cases"): DESK | {AGENCY_USER, OTHER_AGENCY_USER},
    ("GET", "/cases/<number>"): CITY | OWN,
    ("GET", "/cases/<number>/journal"): CITY,
    ("POST", "/cases/<number>/notes"): SERVICE | OWN,
    ("POST", "/cases/<number>/withdrawal"): DESK | OWN,
    ("GET", "/tasks"): CITY | OWN | {OTHER_AGENCY_USER, "greet.smets"},
    ("GET", "/tasks/<uuid:task_id>"): SERVICE,
    ("POST", "/tasks/<uuid:task_id>/claim"): {"an.peeters"},
    ("POST", "/tasks/<uuid:task_id>/release"): {"an.peeters"},
    ("POST", "/tasks/<uuid:task_id>/assignment"): DESK,
    ("POST", "/tasks/<uuid:task_id>/due-date"): DESK,
    ("POST", "/tasks/<uuid:task_id>/draft"): {"an.peeters"},
    ("POST", "/tasks/<uuid:task_id>/completion"): {"an.peeters"},
    ("POST", "/messages"): DESK | OWN,
    ("POST", "/signals"): MANAGERS | {"chris.maes"},
    ("GET", "/definitions"): CITY | MANAGERS,
    ("POST", "/definitions"): {"greet.smets"},
    ("GET", "/definitions/<key>"): CITY | MANAGERS,
    ("POST", "/definitions/<key>/instances"): MANAGERS | {"chris.maes"},
    ("GET", "/instances/<uuid:instance_id>"): CITY | OWN,
    ("GET", "/timers"): CITY | {AGENCY_USER, OTHER_AGENCY_USER},
    ("GET", "/incidents"): MANAGERS | {"chris.maes"},
    ("POST", "/incidents/<uuid:incident_id>/retry"): MANAGERS,
    ("POST", "/clock"): {"hugo.leys"},
}
BODIES = {
    "/cases/<number>/notes": {"text": "Gezien."},
    "/cases/<number>/withdrawal": {"reason": "Verkocht."},
    "/tasks/<uuid:task_id>/assignment": {"assignee": "an.peeters"},
    "/tasks/<uuid:task_id>/due-date": {"due_at": "2026-12-01T08:00:00+01:00"},
    "/tasks/<uuid:task_id>/draft": {"data": {"complete": True}},
    "/tasks/<uuid:task_id>/completion": {"data": {"complete": True}},
    "/definitions/<key>/instances": {"process_id": "svk_intake", "business_key": "x"},
    "/clock": {"days": 1},
    "/signals": {"name": "code_red"},
    "/cases": {"kind": "svk_intake", "data": {}},
    "/definitions": {"key": "x", "files": {}},
}


@pytest.fixture
def case(training):
    return training.offer()


def path_of(city, rule, case):
    task = city.tasks(case.number)["check_completeness"]
    places = {
        "<number>": case.number,
        "<uuid:task_id>": str(task.id),
        "<uuid:instance_id>": str(case.instance_id),
        "<uuid:incident_id>": NOBODY,
        "<key>": "svk",
    }
    for name, value in places.items():
        rule = rule.replace(name, value)
    return rule


def call(program, method, path, rule, case):
    if method == "GET":
        return program.get(path)
    body = BODIES.get(rule, {})
    if rule == "/messages":
        data = {"reason": "Verkocht."}
        body = {"name": "svk_withdraws", "correlation_key": case.number, "data": data}
    return program.post(path, body or None)


def test_each_route_is_in_this_table(training):
    found = {
        (method, rule.rule.removeprefix("/api/v1"))
        for rule in training.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and rule.endpoint != "api_document"
    }

    assert found == set(ROUTES)


def test_a_stranger_gets_nowhere(training, program, case):
    stranger = program()
    statuses = {
        (method, rule): call(
            stranger, method, path_of(training, rule, case), rule, case
        ).status_code
        for method, rule in ROUTES
    }

    assert set(statuses.values()) == {401}, statuses


@pytest.mark.parametrize(("method", "rule"), ROUTES)
def test_each_role_gets_where_it_may_and_nowhere_else(
    training, program, case, method, rule
):
    path = path_of(training, rule, case)
    answers = {
        user: call(program(user), method, path, rule, case) for user in EVERYBODY
    }
    let_in = {user for user, found in answers.items() if found.status_code != 403}

    assert let_in == ROUTES[method, rule]
    assert all(found.status_code < 500 for found in answers.values())


def test_an_agency_finds_its_own_cases_tasks_and_timers_only(training, program, case):
    own, other = program(AGENCY_USER), program(OTHER_AGENCY_USER)
    training.complete(
        case.number, "check_completeness", "an.peeters", complete=False, missing="EPC"
    )

    def numbers(caller, path, name):
        return {item[name] for item in caller.get(path).json["items"]}

    assert numbers(own, "/cases", "number") == {case.number}
    assert numbers(other, "/cases", "number") == set()
    assert numbers(own, "/timers", "case_number") == {case.number}
    assert numbers(other, "/timers", "case_number") == set()
    assert numbers(other, f"/timers?case={case.number}", "case_number") == set()
    assert numbers(other, f"/tasks?case={case.number}", "case_number") == set()


def test_an_agency_hears_nothing_of_an_action_point_of_the_city_on_its_case(
    city, program, case
):
    give_bodies(city)
    new = NewAction(
        body_key="weekly_quality",
        text="Navragen bij de politie",
        owner="chris.maes",
        owner_name="Chris Maes",
        due_on=date(2026, 12, 20),
        case_number=case.number,
    )
    with city.engine.transaction() as work:
        actions.add(work, city.engine, new, by="an.peeters")
    path = f"/timers?case={case.number}"

    assert "Navragen" in program("an.peeters").get(path).text
    for asked in (path, "/timers", "/tasks", f"/tasks?case={case.number}"):
        assert "Navragen" not in program(AGENCY_USER).get(asked).text


def test_an_agency_does_not_see_the_inside_of_its_process(training, program, case):
    own = program(AGENCY_USER).get(f"/instances/{case.instance_id}").json
    city = program("an.peeters").get(f"/instances/{case.instance_id}").json

    assert own["case_number"] == case.number
    assert own["variables"] is own["waiting_at"] is None
    assert city["variables"]["offer"]["owner_name"] == "J. De Smet"
    assert city["waiting_at"] == ["check_completeness"]


def test_nobody_lists_the_tasks_of_somebody_he_may_not_see(training, program, case):
    mayor = program("dirk.wouters")

    assert mayor.get("/tasks?assignee=an.peeters").status_code == 403
    assert mayor.get("/tasks?group=admin").status_code == 403
    assert mayor.get("/tasks?group=mayor").status_code == 200
    assert program("ine.vos").get("/tasks?group=admin").status_code == 403
    assert program("chris.maes").get("/tasks?assignee=an.peeters").status_code == 200


def test_an_agency_works_its_own_tasks(training, program, case):
    training.complete(
        case.number,
        "check_completeness",
        "an.peeters",
        complete=False,
        missing="Het EPC",
    )
    own = program(AGENCY_USER).get("/tasks").json["items"]
    path = f"/tasks/{own[0]['id']}"

    assert [task["element_id"] for task in own] == ["complete_offer"]
    assert program(OTHER_AGENCY_USER).get("/tasks").json["items"] == []
    assert program(OTHER_AGENCY_USER).get(path).status_code == 403
    assert program(AGENCY_USER).get(path).json["form"]["variables"]["offer"]
