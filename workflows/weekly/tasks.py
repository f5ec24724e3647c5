"""Service tasks of the weekly meeting."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.bodies.contacts import people_of
from workflows.meetings import mails
from workflows.meetings import repository as meetings
from workflows.weekly import closing, service


def build_list(call: ServiceCall) -> Variables:
    """Make the list of all running cases, and tell the members."""
    number = inputs.required_text(call.inputs, "meeting_number")
    count = service.build_list(call.work, number)
    meeting = meetings.meeting(call.work.session, number)
    mails.write(
        call.work,
        meeting,
        "list_ready",
        people_of(call.work, meeting.body_key, "members"),
        subject="weekly",
        cases=f"{count} {'dossier' if count == 1 else 'dossiers'}",
    )
    return {}


def close(call: ServiceCall) -> Variables:
    """Carry out what was decided, and close the meeting."""
    number = inputs.required_text(call.inputs, "meeting_number")
    closing.close(call, number)
    return {}


_MEETING = {"meeting_number": "nummer van het overleg"}
_REQUIRED = frozenset(_MEETING)

TASKS = (
    ServiceTask(
        type="weekly.build_list",
        label="Lijst van dossiers maken",
        description=(
            "Zet alle lopende dossiers in de volgorde van het wekelijks overleg en"
            " laat de leden weten dat de lijst klaarstaat."
        ),
        run=build_list,
        inputs=_MEETING,
        required=_REQUIRED,
    ),
    ServiceTask(
        type="weekly.close",
        label="Wekelijks overleg afsluiten",
        description=(
            "Weigert zolang een lopend dossier niet besproken is of te weinig leden"
            " aanwezig waren. Voert alle besluiten en planningen uit, maakt de"
            " besluitenlijst, stuurt die naar wie afwezig was en plant het volgende"
            " overleg, alles in één transactie."
        ),
        run=close,
        inputs=_MEETING,
        required=_REQUIRED,
    ),
)
