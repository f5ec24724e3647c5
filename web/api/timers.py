"""Timers: which reminder or term comes next, in which case."""

from collections.abc import Mapping
from typing import Any

from engine.persistence.repositories.timers import UpcomingTimer
from web.api import cursors
from web.api.access import allowed, own_instances
from web.api.answer import Answer, Body
from web.api.resource import Resource
from web.api.schemas import running as schemas
from web.services import reading, services
from workflows.people.rights import Action

resource = Resource("timers", "Termijnen: wat wanneer afloopt.")

_TIMER = schemas.Timer()
_ORDER = "timers"


@resource.find("", schemas.TimerPage, query=schemas.TimerQuery, refusals=(400,))
def find_timers(asked: Mapping[str, Any]) -> Answer:
    """Find the armed timers of cases, soonest first; an agency finds its own."""
    who = allowed(Action.READ_CASE)
    cursor, case = asked.get("cursor"), asked.get("case")
    with reading() as work:
        found = services().engine.timers.upcoming(
            work,
            limit=asked["limit"] + 1,
            business_keys=None if case is None else [case],
            instance_ids=own_instances(work, who),
            after=cursors.read_place(cursor, _ORDER) if cursor else None,
        )
    shown = found[: asked["limit"]]
    more = len(found) > len(shown)
    return Answer(
        body={
            "items": [_body(each) for each in shown],
            "next_cursor": _cursor(shown[-1]) if more else None,
        }
    )


def _cursor(last: UpcomingTimer) -> str:
    return cursors.write_place(_ORDER, last.timer.due_at, last.timer.id)


def _body(upcoming: UpcomingTimer) -> Body:
    return _TIMER.one(
        upcoming.timer, case_number=upcoming.business_key, label=upcoming.label
    )
