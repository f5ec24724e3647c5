"""What is said when a case isn't in the state that somebody counted on."""

from engine.journal import last_step
from engine.persistence.unit_of_work import UnitOfWork
from workflows.cases.model import Case
from workflows.errors import NotAllowedNowError


def not_now(work: UnitOfWork, case: Case, sentence: str) -> NotAllowedNowError:
    """Return the refusal with *sentence*, and with who took the last step, and when.

    Most often that is who was first: of two who stop a case, one is too late.
    """
    by, at = last_step(work, case.instance_id)
    return NotAllowedNowError(case.number, case.status, sentence, by, at)
