"""Whoever comes second hears who was first, by the name he knows, and when."""

import pickle
from datetime import UTC, datetime
from uuid import UUID

import pytest

from engine.errors import (
    InstanceNotRunningError,
    StaleInstanceError,
    TaskClaimedError,
    TaskNotOpenError,
)
from web.authorship import known_name
from workflows.errors import NotAllowedNowError

AT = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
KEY = UUID(int=1)
REFUSALS = [
    StaleInstanceError(KEY, 4, "an", AT),
    TaskNotOpenError(KEY, "completed", "an", AT),
    TaskNotOpenError(KEY, "cancelled", "an", AT),
    TaskClaimedError(KEY, "an", AT),
    InstanceNotRunningError(KEY, "suspended", "an", AT),
    InstanceNotRunningError(KEY, "cancelled", "an", AT),
    NotAllowedNowError("2026-0001", "closed", "Dat kan niet meer.", "an", AT),
]


@pytest.fixture
def number(city):
    return city.offer().number


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.code)
def test_each_refusal_tells_who_and_when_and_bears_another_name(error):
    named = pickle.loads(pickle.dumps(error.named("An Peeters")))

    assert "An Peeters" in str(named)
    assert "25" in str(named)
    assert "12" in str(named)
    assert (named.by, named.at) == ("An Peeters", AT)


@pytest.mark.parametrize(
    ("reader", "author", "name"),
    [
        ("an.peeters", "chris.maes", "Chris Maes"),
        ("an.peeters", "ine.vos", "Ine Vos"),
        ("ine.vos", "ine.vos", "Ine Vos"),
        ("ine.vos", "an.peeters", "Stad Mechelen"),
        ("ine.vos", "timer", "de tijd"),
    ],
)
def test_an_agency_knows_the_city_and_the_city_its_people(city, reader, author, name):
    with city.engine.reading() as work:
        assert known_name(work, city.actor(reader), author) == name


def test_who_completes_a_task_of_a_stopped_case_reads_who_stopped_it(city, number):
    task = city.tasks(number)["check_completeness"]
    with city.engine.transaction() as work:
        city.engine.instances.cancel(
            work, task.instance_id, by="chris.maes", reason="Dubbel"
        )
    answer = city.client("an.peeters").post(
        f"/taken/{task.id}", data={"complete": "true"}
    )

    assert answer.status_code == 409
    assert "vervallen (door Chris Maes op 25-11-2026 om 12:00)" in answer.text


def test_the_slower_of_two_who_stop_a_case_reads_who_was_first(city, number):
    path = f"/dossiers/{number}/verloop/stopzetten"
    city.client("chris.maes").post(path, data={"reason": "Dubbel"})
    answer = city.client("chris.maes").post(path, data={"reason": "Nog eens"})

    assert answer.status_code == 409
    assert "De laatste stap was van Chris Maes, op woensdag 25 november" in answer.text


def test_an_agency_that_withdraws_too_late_hears_of_the_city_and_when(city, number):
    path = f"/dossiers/{number}/verloop/stopzetten"
    city.client("chris.maes").post(path, data={"reason": "Dubbel"})
    answer = city.client("ine.vos").post(
        f"/dossiers/{number}/intrekken",
        data={"reason": "Verkocht"},
        headers={"Accept": "application/json"},
    )

    assert answer.status_code == 409
    assert answer.json["by_name"] == "Stad Mechelen"
    assert answer.json["at"] == "2026-11-25T11:00:00+00:00"
    assert "Chris" not in answer.text
