"""Which steps of a case broke down, so that it waits for a repair."""

from engine.persistence.unit_of_work import UnitOfWork
from web.services import services
from workflows.cases.model import Case


def broken_steps(work: UnitOfWork, case: Case) -> list[str]:
    """Return the elements that can't go on before somebody repairs what is wrong."""
    found = services().engine.incidents.of_instance(work, case.instance_id)
    waiting = (each.element_id for each in found if each.resolved_at is None)
    return list(dict.fromkeys(each for each in waiting if each))
