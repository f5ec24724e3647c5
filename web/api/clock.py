"""The training clock; outside the training mode this resource doesn't exist."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import abort

from web.api.access import allowed
from web.api.answer import Answer
from web.api.once import Memory, asked_key
from web.api.resource import Resource
from web.api.schemas import running as schemas
from web.errors import FormRefusedError
from web.services import services, writing
from workflows.people.rights import Action

resource = Resource("clock", "De oefenklok: alleen in de oefenmodus.")

ONE_OF = "Geef een moment (to) of een aantal dagen (days), en niet allebei."
_MOVED = schemas.ClockMoved()


@resource.post("", schemas.ClockMoved, body=schemas.ClockMove, refusals=(404, 409))
def move_clock(asked: Mapping[str, Any]) -> Answer:
    """Move the clock forward; everything due on the way happens in its order.

    The jump is many transactions, so a key is taken before it and answered
    after it: a second request in between is refused with 409.
    """
    allowed(Action.MOVE_CLOCK)
    target = _target(asked)
    key = asked_key()
    if key is None:
        return _move(target)
    with writing() as work:
        memory = Memory(work, key)
        if not memory.is_new:
            return memory.answer()
    answer = _move(target)
    with writing() as work:
        Memory(work, key).keep(answer)
    return answer


def _target(asked: Mapping[str, Any]) -> datetime:
    if len(asked) != 1:
        raise FormRefusedError((("to", ONE_OF),))
    now = services().clock.now()
    found: datetime = asked.get("to") or now + timedelta(days=asked["days"])
    return found


def _move(target: datetime) -> Answer:
    training = services().training
    if training is None:
        abort(404)
    who = allowed(Action.MOVE_CLOCK)
    jump = training.advance_to(target, by=who.name)
    body = _MOVED.one(
        {
            "now": services().clock.now(),
            "fired": len(jump.fired),
            "sent": jump.sent,
            "ran": jump.ran,
            "complete": jump.complete,
        }
    )
    return Answer(body=body)
