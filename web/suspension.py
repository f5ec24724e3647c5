"""Why a case stands still, for each page on which somebody could wonder."""

from dataclasses import dataclass
from datetime import datetime

from engine.persistence.unit_of_work import UnitOfWork
from web.services import services
from workflows.cases.model import Case, CaseStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """Since when a case is suspended, by whom (a user name), and why."""

    since: datetime
    by: str
    reason: str


def suspension_of(work: UnitOfWork, case: Case | None) -> Suspension | None:
    """Return the suspension that holds *case* now, None when it isn't held."""
    if case is None or case.status is not CaseStatus.SUSPENDED:
        return None
    entries = services().engine.journal.of(work, case.instance_id)
    held = (each for each in reversed(entries) if each.kind == "instance_suspended")
    for entry in held:
        reason = str(entry.facts.get("reason") or "")
        return Suspension(since=entry.at, by=entry.actor, reason=reason)
    return None
