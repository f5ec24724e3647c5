"""Cases through the interface: found, opened, annotated, withdrawn, and their journal."""

from datetime import timedelta

import pytest

from tests.web.api.test_svk_case import OFFER
from workflows.people import repository
from workflows.people.model import OrganisationKind


@pytest.fixture
def an(program):
    return program("an.peeters")


def agency_of(city):
    with city.engine.reading() as work:
        kinds = [OrganisationKind.RENTAL_AGENCY]
        return str(repository.organisations(work.session, kinds=kinds)[0].id)


def test_an_agency_opens_its_own_case_and_the_city_names_one(city, an, program):
    body = {"kind": "svk_intake", "data": {"offer": OFFER}}
    own = program("ine.vos").post("/cases", body)
    nobody = an.post("/cases", body)
    named = an.post("/cases", body | {"organisation_id": agency_of(city)})

    assert own.status_code == named.status_code == 201
    assert own.json["organisation_name"] == "SVK De Sleutel"
    assert own.headers["Location"] == f"/api/v1/cases/{own.json['number']}"
    assert an.get(f"/cases/{own.json['number']}").json == own.json
    assert nobody.status_code == 422
    assert nobody.json["errors"][0]["field"] == "organisation_id"


def test_a_case_needs_what_its_form_asks(an):
    offer = OFFER | {"owner_name": "", "bedrooms": "veel", "verzonnen": 1}
    answer = an.post("/cases", {"kind": "svk_intake", "data": {"offer": offer}})
    fields = {error["field"] for error in answer.json["errors"]}

    assert answer.status_code == 422
    assert fields == {"offer.owner_name", "offer.bedrooms", "offer.verzonnen"}
    assert an.get("/cases").json["total"] == 0


def test_the_same_key_opens_one_case(an, program):
    body = {"kind": "svk_intake", "data": {"offer": OFFER}}
    key = {"Idempotency-Key": "offer-84"}
    answers = [program("ine.vos").post("/cases", body, headers=key) for _ in range(2)]

    assert {answer.status_code for answer in answers} == {201}
    assert answers[0].json == answers[1].json
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert answers[0].headers["ETag"] == answers[1].headers["ETag"]
    assert an.get("/cases").json["total"] == 1


def test_a_certificate_is_requested_through_its_form(an):
    request = {"channel": "email", "received_on": "2026-11-24"}
    data = {"offer": OFFER, "request": request | {"applicant_capacity": "owner"}}
    answer = an.post("/cases", {"kind": "certificate", "data": data})

    assert answer.status_code in {201, 422}, answer.text
    assert answer.status_code == 201 or answer.json["errors"]


def test_pages_of_cases_follow_each_other_while_new_ones_come(city, an):
    numbers = []
    for number in range(3):
        numbers.append(city.offer(house_number=str(number)).number)
        city.clock.advance(timedelta(minutes=1))
    first = an.get("/cases?limit=2").json
    city.offer(house_number="9")
    second = an.get(f"/cases?limit=2&cursor={first['next_cursor']}").json
    oldest = an.get("/cases?limit=1&sort=oldest").json
    after = an.get(f"/cases?limit=9&sort=oldest&cursor={oldest['next_cursor']}").json

    def shown(page):
        return [case["number"] for case in page["items"]]

    assert shown(first) == numbers[:0:-1]
    assert shown(second) == numbers[:1]
    assert second["next_cursor"] is None
    assert shown(oldest) + shown(after) == [*numbers, "2026-0004"]


def test_cases_are_found_by_each_filter(city, an):
    number = city.offer().number

    def found(query):
        return [case["number"] for case in an.get(f"/cases?{query}").json["items"]]

    for query in (
        "q=Meibloem",
        "kind=svk_intake",
        "status=open",
        "opened_from=2026-11-25",
        "opened_until=2026-11-25",
        "overdue=false",
    ):
        assert found(query) == [number], query
    for query in (
        "q=Elders",
        "kind=certificate",
        "status=closed",
        "inspector=bram.claes",
        "milestone=x",
        "outcome=x",
        "opened_from=2026-11-26",
        "overdue=true",
    ):
        assert found(query) == [], query


def test_a_journal_tells_what_happened_in_words_page_by_page(city, an):
    case = city.offer()
    city.complete(case.number, "check_completeness", "an.peeters", complete=True)
    whole = an.get(f"/cases/{case.number}/journal").json
    first = an.get(f"/cases/{case.number}/journal?limit=2").json
    cursor = first["next_cursor"]
    rest = an.get(f"/cases/{case.number}/journal?cursor={cursor}").json
    other = an.get(f"/cases/{case.number}/journal?cursor=WyJ4IiwieCIsIngiXQ")

    assert first["items"] + rest["items"] == whole["items"]
    assert whole["next_cursor"] is None
    assert {"task_completed"} <= {line["kind"] for line in whole["items"]}
    assert all(line["sentence"] for line in whole["items"])
    assert other.status_code == 400


def test_a_note_and_a_withdrawal_obey_the_version_that_was_seen(city, an, program):
    number = city.offer().number
    path = f"/cases/{number}"
    seen = {"If-Match": an.get(path).headers["ETag"]}
    noted = an.post(f"{path}/notes", {"text": "Gebeld."}, headers=seen)
    city.complete(number, "check_completeness", "an.peeters", complete=True)
    late = an.post(f"{path}/withdrawal", {"reason": "Weg"}, headers=seen)
    done = program("ine.vos").post(f"{path}/withdrawal", {"reason": "Weg"})
    again = an.post(f"{path}/withdrawal", {"reason": "Weg"})

    assert noted.status_code == 201
    assert late.status_code == 412
    assert (done.status_code, done.json["status"]) == (200, "closed")
    assert again.status_code == 409


def test_lists_ask_as_many_statements_for_many_as_for_one(city, an, program, count_sql):
    paths = ("/cases", "/tasks", "/timers", "/incidents", "/definitions")

    def counts(caller):
        found = {}
        for path in paths:
            with count_sql(city.engine.database) as counted:
                caller.get(path)
            found[path] = len(counted.statements)
        return found

    city.offer()
    caller = program("chris.maes")
    caller.get("/tasks")
    one = counts(caller)
    for number in range(8):
        city.offer(house_number=str(number))
    many = counts(caller)

    assert many == one
    assert max(one.values()) <= 12, one
