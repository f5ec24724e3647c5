"""Lists cut by the key of their last item, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import insert

from engine.persistence.identity import new_id
from engine.persistence.tables.instances import IncidentRow
from engine.persistence.tables.timers import TimerRow
from tests.factories import an_instance_row

COUNT = 5


@pytest.fixture
def rows(engine):
    """Timers and incidents of one instance; two of each at the same moment."""
    with engine.transaction() as work:
        instance_id = an_instance_row(work)
        for number in range(COUNT):
            at = work.now + timedelta(hours=number // 2)
            owner = {
                "id": new_id(work.now),
                "instance_id": instance_id,
                "token": number,
            }
            incident = {"kind": "job", "message": "stuk", "raised_at": at}
            timer = {
                "iteration": 1,
                "rule": "PT1H",
                "zone": "Europe/Brussels",
                "state": "armed",
                "due_at": at,
                "anchor_at": at,
                "armed_at": work.now,
                "attempts": 0,
            }
            work.session.execute(
                insert(IncidentRow), {**owner, "element_id": "x", **incident}
            )
            work.session.execute(
                insert(TimerRow), {**owner, "element_id": "x", **timer}
            )


def test_pages_of_timers_hold_each_once_in_order(engine, rows):
    seen, after = [], None
    with engine.reading() as work:
        while page := engine.timers.upcoming(work, limit=2, after=after):
            seen += [each.timer for each in page]
            after = (seen[-1].due_at, seen[-1].id)

    assert len({each.id for each in seen}) == len(seen) == COUNT
    assert [each.due_at for each in seen] == sorted(each.due_at for each in seen)


def test_timers_are_kept_to_some_cases(engine, rows):
    with engine.reading() as work:
        own = engine.timers.upcoming(work, business_keys=["2026-0001"])
        none = engine.timers.upcoming(work, business_keys=[])

    assert len(own) == COUNT
    assert none == []


def test_pages_of_incidents_hold_each_once_newest_first(engine, rows):
    seen, after = [], None
    with engine.reading() as work:
        while page := engine.incidents.open(work, limit=2, after=after):
            seen += page
            after = (seen[-1].raised_at, seen[-1].id)

    assert len({each.id for each in seen}) == len(seen) == COUNT
    moments = [each.raised_at for each in seen]
    assert moments == sorted(moments, reverse=True)
