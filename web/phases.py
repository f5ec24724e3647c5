"""The phases of a case that still follow on the normal path."""

from engine.persistence.unit_of_work import UnitOfWork
from web.course import CourseStep, StepState
from workflows.cases.model import Case
from workflows.cases.phases import PhaseState
from workflows.cases.progress import progress


def still_to_come(work: UnitOfWork, case: Case) -> list[CourseStep]:
    """Return the phases after the one where the case is; none once it is closed."""
    return [
        CourseStep(
            element_id="", name=phase.name, state=StepState.AHEAD, note="Volgt nog"
        )
        for phase in progress(work, case)
        if phase.state is PhaseState.NEXT
    ]
