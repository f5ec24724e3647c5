"""Service tasks of the agenda."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.agenda import service
from workflows.cases.calls import case_number


def add(call: ServiceCall) -> Variables:
    """Put the case on the list of the next meeting."""
    reason = inputs.required_text(call.inputs, "reason")
    service.add(call.work, case_number(call), reason=reason)
    return {}


TASKS = (
    ServiceTask(
        type="agenda.add",
        label="Op de agenda zetten",
        description="Zet het dossier op de lijst van het volgende wekelijkse overleg.",
        run=add,
        inputs={"reason": "waarom het dossier besproken moet worden"},
        required=frozenset({"reason"}),
    ),
)
