"""What may be told to a case from outside: what its process waits for now."""

from engine.persistence.unit_of_work import UnitOfWork
from web.services import services
from workflows.cases.model import WITHDRAWALS, Case, CaseStatus
from workflows.people.model import Actor
from workflows.people.rights import Action, may

WORKS_DONE = "works_done"
"""The message that a process waits for while works are under way."""


def awaits_works(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the case stands still until somebody reports its works done."""
    return _waits(work, case, WORKS_DONE)


def can_report_works(work: UnitOfWork, actor: Actor, case: Case) -> bool:
    """Tell whether *actor* can report now that the works are finished."""
    allowed = may(actor, Action.REPORT_WORKS_DONE, case.subject)
    return allowed and awaits_works(work, case)


def can_withdraw(work: UnitOfWork, actor: Actor, case: Case) -> bool:
    """Tell whether *actor* can withdraw the case now."""
    allowed = may(actor, Action.WITHDRAW_CASE, case.subject)
    return allowed and _waits(work, case, WITHDRAWALS[case.kind])


def _waits(work: UnitOfWork, case: Case, message: str) -> bool:
    if case.status is not CaseStatus.OPEN:
        return False
    return message in services().engine.messages.expected(work, case.instance_id)
