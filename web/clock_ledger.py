"""What happened while the training clock was moved, in words."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from engine.persistence.unit_of_work import UnitOfWork
from web.diagram import element_names
from web.services import services

LONGEST = 200
"""More lines than this nobody reads after a jump."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A term that ran out on the way: when, in which case, at which step."""

    at: datetime
    case: str
    step: str


def passed_since(work: UnitOfWork, moment: datetime) -> list[Passed]:
    """Return the terms that ran out after *moment*, in the order of time."""
    engine = services().engine
    fired = engine.timers.fired_since(work, moment, limit=LONGEST)
    names: dict[str, Mapping[str, str]] = {}
    bundles: dict[UUID, str] = {}
    lines = []
    for each in fired:
        timer = each.timer
        if timer.instance_id not in bundles:
            instance = engine.instances.get(work, timer.instance_id)
            bundles[timer.instance_id] = instance.bundle_hash
        bundle = bundles[timer.instance_id]
        if bundle not in names:
            names[bundle] = _names(work, bundle)
        step = names[bundle].get(timer.element_id, timer.element_id)
        at = timer.fired_at or timer.due_at
        lines.append(Passed(at=at, case=each.business_key, step=step))
    return lines


def _names(work: UnitOfWork, bundle: str) -> Mapping[str, str]:
    files = services().engine.definitions.get(work, bundle).files
    drawn = (each for name, each in files.items() if name.endswith(".bpmn"))
    return dict(ChainMap(*(element_names(content) for content in drawn)))
