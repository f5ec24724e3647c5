"""Service tasks of dwellings."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.calendar import local_day
from workflows.cases.calls import case_number
from workflows.cases.service import link_unit
from workflows.certificates.repository import valid_number
from workflows.dwellings.service import take_in_offer
from workflows.inspections.repository import reusable


def find_or_create(call: ServiceCall) -> Variables:
    """Find the dwelling of an offer, and what may be reused of earlier cases."""
    offer = inputs.context(call.inputs, "offer")
    unit = take_in_offer(call.work, offer)
    link_unit(call.work, case_number(call), unit, offer)
    today = local_day(call.now)
    recent = reusable(call.work.session, unit.id, on=today)
    return {
        "dwelling_id": str(unit.id),
        "valid_certificate_number": valid_number(call.work.session, unit.id, on=today),
        "recent_inspection_id": None if recent is None else str(recent),
    }


TASKS = (
    ServiceTask(
        type="dwelling.find_or_create",
        label="Woning opzoeken",
        description=(
            "Zoekt de woning op adres, of voegt ze toe. Geeft ook het geldige attest"
            " en het conforme onderzoek van minder dan een jaar oud, als die er zijn."
        ),
        run=find_or_create,
        inputs={"offer": "context met adres, soort woning en eigenaar"},
        outputs={
            "dwelling_id": "de woning",
            "valid_certificate_number": "nummer van het geldige attest, of null",
            "recent_inspection_id": "onderzoek dat hergebruikt kan worden, of null",
        },
        required=frozenset({"offer"}),
    ),
)
