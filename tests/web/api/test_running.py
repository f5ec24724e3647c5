"""Timers, incidents and the training clock."""

import pytest

from engine.persistence.identity import new_id
from engine.persistence.tables.instances import IncidentRow
from engine.registry import ServiceTask
from tests.factories import begin, deploy
from tests.unit.engine.spiff.drawing import (
    chain,
    end,
    extended,
    node,
    process,
    start,
    zeebe,
)


class Printer:
    """A service task that fails until it is repaired."""

    def __init__(self):
        self.broken = True
        self.printed = 0

    def run(self, call):
        if self.broken:
            message = "het papier is op"
            raise RuntimeError(message)
        self.printed += 1
        return {}


@pytest.fixture
def incidents(city):
    """Three incidents, the oldest first."""
    case = city.offer()
    keys = []
    with city.engine.transaction() as work:
        for number in range(3):
            key = new_id(work.now)
            work.session.add(
                IncidentRow(
                    id=key,
                    instance_id=case.instance_id,
                    token=number + 1,
                    element_id="check",
                    kind="job",
                    message="De mailserver antwoordt niet.",
                    raised_at=work.now,
                )
            )
            keys.append(str(key))
    return sorted(keys)


def pages(program, path):
    cursor = None
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        page = program.get(f"{path}?limit=1{more}").json
        yield from page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return


def test_pages_of_incidents_follow_each_other(program, incidents):
    found = [one["id"] for one in pages(program("greet.smets"), "/incidents")]

    assert found == incidents[::-1]


def test_an_incident_is_retried_and_the_second_to_try_changes_nothing(city, program):
    printer = Printer()
    task = ServiceTask(type="print", label="Print", description="", run=printer.run)
    city.engine.registry.add(task)
    printing = extended(zeebe("taskDefinition", type="print"))
    body = start() + node("serviceTask", "print", printing) + end()
    deploy(city.engine, process(body + chain("s", "print", "e")))
    begin(city.engine)
    greet, hugo = program("greet.smets"), program("hugo.leys")
    (incident,) = greet.get("/incidents").json["items"]
    printer.broken = False
    first = greet.post(f"/incidents/{incident['id']}/retry")
    second = hugo.post(f"/incidents/{incident['id']}/retry")

    assert incident["message"]
    assert first.status_code == second.status_code == 200
    assert first.json["resolved_by"] == second.json["resolved_by"] == "greet.smets"
    assert greet.get("/incidents").json["items"] == []
    assert printer.printed == 1


def test_pages_of_timers_follow_each_other_soonest_first(city, program):
    for house in ("1", "2", "3"):
        number = city.offer(house_number=house).number
        city.complete(
            number, "check_completeness", "an.peeters", complete=False, missing="EPC"
        )
    found = list(pages(program("an.peeters"), "/timers"))
    moments = [(one["due_at"], one["id"]) for one in found]

    assert len(found) == len(set(moments)) >= 3
    assert moments == sorted(moments)
    assert {one["case_number"] for one in found} == {
        "2026-0001",
        "2026-0002",
        "2026-0003",
    }


@pytest.mark.parametrize("path", ["/timers", "/incidents", "/cases", "/definitions"])
@pytest.mark.parametrize("cursor", ["x", "WyJ0aW1lcnMiLCJ4IiwieCJd", "e30", "%00"])
def test_a_made_up_cursor_is_refused(program, path, cursor):
    answer = program("chris.maes").get(f"{path}?cursor={cursor}")

    assert answer.status_code in {400, 422}


def test_the_clock_moves_and_tells_what_happened(training, program):
    hugo = program("hugo.leys")
    key = {"Idempotency-Key": "jump"}
    first, again = (hugo.post("/clock", {"days": 3}, headers=key) for _ in range(2))

    assert first.status_code == 200, first.text
    assert first.json["now"] == again.json["now"] == "2026-11-28T11:00:00+00:00"
    assert first.json["complete"] is True
    assert hugo.post("/clock", {"to": "2026-12-01T00:00:00+01:00"}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"days": 1, "to": "2026-12-01T00:00:00Z"},
        {"days": 0},
        {"days": 401},
        {"to": "2026-11-01T00:00:00Z"},
        {"to": "2030-01-01T00:00:00Z"},
        {"to": "2026-12-01T00:00:00"},
    ],
)
def test_an_impossible_move_of_the_clock_is_refused(training, program, body):
    answer = program("hugo.leys").post("/clock", body)

    assert answer.status_code == 422
