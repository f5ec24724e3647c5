"""The interface on PostgreSQL, which is stricter than SQLite about texts and keys."""

from datetime import timedelta

from tests.web.api.conftest import Program
from tests.web.city import found
from workflows.people import tokens


def test_lists_keys_and_refusals_are_the_same_on_postgresql(postgres_url):
    city = found(postgres_url)
    numbers = []
    for house in ("1", "2", "3"):
        numbers.append(city.offer(house_number=house).number)
        city.clock.advance(timedelta(minutes=1))
    with city.engine.transaction() as work:
        token = tokens.issue_token(work, "an.peeters", label="test")
    an = Program(client=city.app.test_client(), token=token)

    shown, path = [], "/cases?limit=2"
    while path:
        page = an.get(path).json
        shown += [case["number"] for case in page["items"]]
        cursor = page["next_cursor"]
        path = f"/cases?limit=2&cursor={cursor}" if cursor else None
    task = an.get("/tasks?limit=1").json["items"][0]
    done = [
        an.post(
            f"/tasks/{task['id']}/completion",
            {"data": {"complete": True}},
            headers={"Idempotency-Key": "once"},
        )
        for _ in range(2)
    ]
    statuses = [
        an.get(path).status_code
        for path in ("/cases/%00", "/cases?q=%00", "/tasks?q=%00", "/timers?case=%00")
    ]
    city.engine.database.dispose()

    assert shown == numbers[::-1]
    assert [answer.status_code for answer in done] == [200, 200]
    assert done[0].data == done[1].data
    assert statuses == [400, 400, 400, 400]
