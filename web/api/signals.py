"""Signals: what happened is told to every process that waits for it."""

from collections.abc import Mapping
from typing import Any

from engine.persistence.unit_of_work import UnitOfWork
from web.api.access import allowed
from web.api.answer import Answer
from web.api.once import changed
from web.api.resource import Resource
from web.api.schemas import running as schemas
from web.services import services
from workflows.errors import ForbiddenError
from workflows.people.rights import Action

resource = Resource("signals", "Signalen aan elk proces dat erop wacht.")

_BROADCAST = schemas.Broadcast()
_INTERNAL = "meeting_dropped_"
"""What the signals begin with that the process of a meeting throws itself."""


@resource.post("", schemas.Broadcast, body=schemas.Signal, refusals=(409,))
def throw_signal(asked: Mapping[str, Any]) -> Answer:
    """Throw a signal to each process that waits for it, and start those it begins.

    Nothing is kept: who doesn't wait yet misses it, and that is no refusal.
    """
    who = allowed(Action.SEND_MESSAGE)
    if asked["name"].startswith(_INTERNAL):
        reason = f"Het signaal ‘{asked['name']}’ komt alleen van een proces zelf."
        raise ForbiddenError(Action.SEND_MESSAGE, reason)

    def thrown(work: UnitOfWork) -> Answer:
        route = services().engine.messages.broadcast(
            work, signal=asked["name"], variables=asked["data"], by=who.name
        )
        places = {
            "reached": [str(key) for key in route.reached],
            "started": [str(key) for key in route.started],
        }
        return Answer(body=_BROADCAST.one(asked, **places))

    return changed(thrown)
