"""Service tasks of notices."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.cases.calls import case_number
from workflows.notices import model, service


def send(call: ServiceCall) -> Variables:
    """Write a notice to each recipient."""
    sending = service.Sending(
        case_number=case_number(call),
        template=inputs.required_text(call.inputs, "template"),
        to=tuple(model.addressees(inputs.texts(call.inputs, "to"))),
        data=inputs.context(call.inputs, "data"),
        instance_id=call.instance_id,
    )
    service.send(call.work, sending)
    return {}


TASKS = (
    ServiceTask(
        type="notice.send",
        label="Bericht sturen",
        description=(
            "Schrijft een bericht aan elke bestemmeling. Wie geen mailadres heeft,"
            " komt op de lijst van brieven die met de post gaan."
        ),
        run=send,
        inputs={
            "template": f"naam van het bericht: {', '.join(model.template_names())}",
            "to": f"lijst van bestemmelingen: {', '.join(model.Addressee)}",
            "data": "context met gegevens voor het bericht (mag ontbreken)",
        },
        required=frozenset({"template", "to"}),
    ),
)
