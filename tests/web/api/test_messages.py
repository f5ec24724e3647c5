"""Messages: by whom, about what, with what, and only when somebody waits."""

import re
from importlib.resources import files

import pytest

from tests.web.bodies import give_bodies
from web.api.messages import INTERNAL
from workflows.meetings import repository
from workflows.meetings.model import MeetingStatus


@pytest.fixture
def number(city):
    return city.offer().number


def message(name, key, **data):
    return {"name": name, "correlation_key": key, "data": data}


def test_an_agency_withdraws_its_case_by_message(program, number):
    answer = program("ine.vos").post(
        "/messages", message("svk_withdraws", number, reason="Verkocht")
    )
    case = program("an.peeters").get(f"/cases/{number}").json

    assert answer.json == {"name": "svk_withdraws", "correlation_key": number}
    assert (case["status"], case["outcome"]) == ("closed", "withdrawn")


REFUSED = [
    ("jef.mertens", "svk_withdraws", {"reason": "x"}, 403),
    ("bram.claes", "svk_withdraws", {"reason": "x"}, 403),
    ("ine.vos", "svk_withdraws", {}, 422),
    ("ine.vos", "svk_withdraws", {"reason": 1}, 422),
    ("ine.vos", "svk_withdraws", {"reason": "x", "outcome": "taken_in"}, 422),
    ("ine.vos", "applicant_withdraws", {"reason": "x"}, 422),
    ("ine.vos", "works_done", {"works_done_on": "gisteren"}, 422),
    ("ine.vos", "works_done", {"works_done_on": "2030-01-01"}, 422),
    ("ine.vos", "works_done", {"works_done_on": "2026-11-24"}, 409),
    ("chris.maes", "certificate_lapses", {"ground": "x"}, 404),
    ("an.peeters", "certificate_lapses", {"ground": "x"}, 404),
    ("dirk.wouters", "certificate_lapses", {"ground": "x"}, 403),
    ("dirk.wouters", "certificate_withdrawn", {"motivation": "x"}, 404),
    ("chris.maes", "certificate_withdrawn", {"motivation": "x"}, 403),
    ("chris.maes", "certificate_notified", {}, 403),
    ("ine.vos", "iets_anders", {}, 403),
    ("chris.maes", "iets_anders", {}, 409),
]


@pytest.mark.parametrize("sent", REFUSED, ids=lambda sent: f"{sent[0]}-{sent[1]}")
def test_a_message_is_refused_for_its_reason(program, number, sent):
    user, name, data, status = sent
    answer = program(user).post("/messages", message(name, number, **data))

    assert answer.status_code == status, answer.text
    assert answer.json["detail"]


def test_a_message_about_no_case_is_not_found(program):
    answer = program("ine.vos").post(
        "/messages", message("svk_withdraws", "2020-0001", reason="x")
    )

    assert answer.status_code == 404


def test_no_message_of_the_consultation_comes_from_outside():
    drawings = [
        each.read_text()
        for each in files("bpmn.consultation").iterdir()
        if each.name.endswith(".bpmn")
    ]
    drawn = re.findall(r'<bpmn:message [^>]*name="(\w+)"', "".join(drawings))

    assert drawn
    assert set(drawn) <= INTERNAL


def test_who_manages_processes_cancels_no_meeting_by_message(city, program):
    give_bodies(city)
    planned = {"body_key": "core_group", "day": "2027-03-11", "hour": "14:00"}
    secretary = city.client("an.peeters")
    secretary.post(
        "/overleg/vergaderingen/nieuw", data=planned | {"minutes_long": "90"}
    )
    answer = program("greet.smets").post(
        "/messages", message("meeting_cancelled", "KG-2027-1")
    )

    assert answer.status_code == 403
    assert "komt alleen van Woonflow zelf" in answer.json["detail"]
    with city.engine.reading() as work:
        found = repository.meeting(work.session, "KG-2027-1")
    assert found.status is MeetingStatus.PLANNED
