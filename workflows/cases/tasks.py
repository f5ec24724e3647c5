"""Service tasks of cases."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.cases.calls import case_number
from workflows.cases.service import add_line


def note(call: ServiceCall) -> Variables:
    """Add a line to the case."""
    text = inputs.required_text(call.inputs, "text")
    add_line(call.work, case_number(call), by=call.actor, text=text)
    return {}


TASKS = (
    ServiceTask(
        type="case.note",
        label="Notitie toevoegen",
        description="Voegt een regel toe aan de notities van het dossier.",
        run=note,
        inputs={"text": "de tekst van de notitie"},
        required=frozenset({"text"}),
    ),
)
