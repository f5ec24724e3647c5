"""A signal reaches whoever waits for it, by whom may send it, once per key."""

import pytest

from tests.factories import begin, deploy, open_task
from tests.unit.engine.spiff.drawing import (
    SIGNAL,
    chain,
    end,
    node,
    process,
    start,
    user,
)


@pytest.fixture
def waiting(city):
    """An instance that waits for the signal ``sig``."""
    catch = node("intermediateCatchEvent", "c", SIGNAL)
    body = [start(), catch, user("u"), end()]
    deploy(city.engine, process(*body, chain("s", "c", "u", "e")))
    return begin(city.engine)


def test_a_signal_brings_its_data_to_each_process_that_waits(city, program, waiting):
    answer = program("greet.smets").post(
        "/signals", {"name": "sig", "data": {"reason": "storm"}}
    )

    assert answer.status_code == 200
    assert answer.json == {
        "name": "sig",
        "reached": [str(waiting.id)],
        "started": [],
    }
    assert open_task(city.engine, waiting).element_id == "u"
    with city.engine.reading() as work:
        entries = city.engine.journal.of(work, waiting.id)
    assert "greet.smets" in {entry.actor for entry in entries}


def test_a_signal_that_nobody_expects_is_no_refusal(program):
    answer = program("chris.maes").post("/signals", {"name": "sig"})

    assert answer.status_code == 200
    assert answer.json["reached"] == answer.json["started"] == []


def test_the_same_key_throws_a_signal_once(city, program, waiting):
    headers = {"Idempotency-Key": "een"}
    program("greet.smets").post("/signals", {"name": "sig"}, headers=headers)
    again = program("greet.smets").post("/signals", {"name": "sig"}, headers=headers)

    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json["reached"] == [str(waiting.id)]


@pytest.mark.parametrize("user_name", ["an.peeters", "ine.vos", "dirk.wouters"])
def test_who_may_send_no_message_throws_no_signal(program, waiting, user_name):
    assert program(user_name).post("/signals", {"name": "sig"}).status_code == 403


@pytest.mark.parametrize(
    "body", [{}, {"name": ""}, {"name": "sig", "data": []}, {"name": "sig", "key": "x"}]
)
def test_a_signal_that_is_not_well_formed_is_refused(program, body):
    assert program("greet.smets").post("/signals", body).status_code == 422


def test_only_its_own_process_drops_a_meeting(program):
    answer = program("greet.smets").post(
        "/signals", {"name": "meeting_dropped_KG-2026-1"}
    )

    assert answer.status_code == 403
