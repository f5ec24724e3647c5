"""Who stands in for somebody sees and does his tasks, in his own name."""

from datetime import UTC, datetime

import pytest

from workflows.people import service
from workflows.people.model import Role

VISIT = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def task(city):
    """A task in the hands of An."""
    number = city.offer().number
    task = city.tasks(number)["check_completeness"]
    with city.engine.transaction() as work:
        city.engine.tasks.claim(work, task.id, by="an.peeters")
    return task


@pytest.fixture
def deputy(city):
    """Bram, who stands in for An; he holds none of her roles."""
    with city.engine.transaction() as work:
        service.set_deputy(work, "an.peeters", "bram.claes")
    return city.client("bram.claes")


def test_a_deputy_finds_the_tasks_of_the_absent(city, task, deputy):
    for path in ("/taken", "/taken?wie=vervanging"):
        assert f"t-{task.id}" in deputy.get(path).text
    assert f"t-{task.id}" not in deputy.get("/taken?wie=mij").text


def test_a_colleague_who_is_nobodys_deputy_finds_nothing(city, task):
    client = city.client("bram.claes")

    assert f"t-{task.id}" not in client.get("/taken?wie=vervanging").text
    assert "Als vervanger" not in client.get("/taken").text


def test_a_deputy_completes_in_his_own_name_on_behalf_of_the_absent(city, task, deputy):
    page = deputy.get(f"/taken/{task.id}").text
    answer = deputy.post(f"/taken/{task.id}", data={"complete": "true"})
    journal = deputy.get(f"/dossiers/{task.business_key}").text

    assert "U vervangt An Peeters" in page
    assert answer.status_code == 302, answer.text
    assert "Bram Claes namens An Peeters werkte de taak" in journal


def test_a_deputy_takes_a_task_over(city, task, deputy):
    deputy.post(f"/taken/{task.id}/opnemen")
    journal = deputy.get(f"/dossiers/{task.business_key}").text

    assert city.tasks(task.business_key)["check_completeness"].assignee == "bram.claes"
    assert "Bram Claes namens An Peeters nam de taak" in journal


def test_a_deputy_keeps_a_draft(city, task, deputy):
    deputy.post(f"/taken/{task.id}/concept", data={"complete": "true"})

    with city.engine.reading() as work:
        assert city.engine.tasks.draft(work, task.id) is not None


def test_once_nobody_stands_in_any_more_the_task_is_closed_to_him(city, task, deputy):
    with city.engine.transaction() as work:
        service.set_deputy(work, "an.peeters", None)
    answer = deputy.post(f"/taken/{task.id}", data={"complete": "true"})

    assert answer.status_code == 403
    assert "check_completeness" in city.tasks(task.business_key)


def test_a_colleague_of_the_group_still_does_not_take_what_another_has(city, task):
    with city.engine.transaction() as work:
        service.set_deputy(work, "an.peeters", "bram.claes")
        city_id = min(service.actor(work, "chris.maes").organisation_ids)
        service.add_membership(
            work,
            "chris.maes",
            role=Role.ADMIN,
            organisation_id=city_id,
            since=datetime(2026, 1, 1, tzinfo=UTC).date(),
        )
    answer = city.client("chris.maes").post(
        f"/taken/{task.id}", data={"complete": "true"}
    )

    assert answer.status_code == 409
