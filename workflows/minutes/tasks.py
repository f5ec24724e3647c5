"""Service tasks of minutes and of the college's note."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.calendar import ZONE
from workflows.minutes import service


def open_comments(call: ServiceCall) -> Variables:
    """Lay the draft before the members."""
    until = service.open_comments(call.work, _number(call), by=call.actor)
    return {"comments_until": until.astimezone(ZONE)}


def approve(call: ServiceCall) -> Variables:
    """Lock the minutes, and start what they decided."""
    service.approve(call, _number(call))
    return {}


def send(call: ServiceCall) -> Variables:
    """Send the minutes to whom they are for."""
    service.send(call.work, _number(call), by=call.actor)
    return {}


def make_note(call: ServiceCall) -> Variables:
    """Make the note for the college."""
    service.make_note(call.work, _number(call), by=call.actor)
    return {}


def note(call: ServiceCall) -> Variables:
    """Note that the college took note."""
    found = service.note(
        call.work,
        _number(call),
        on=inputs.day(call.inputs, "noted_on"),
        reference=inputs.required_text(call.inputs, "decision_reference"),
        by=call.actor,
    )
    return {"work_groups": found}


def _number(call: ServiceCall) -> str:
    return inputs.required_text(call.inputs, "meeting_number")


_MEETING = {"meeting_number": "nummer van de vergadering"}
_NEEDED = frozenset(_MEETING)

TASKS = (
    ServiceTask(
        type="minutes.open_comments",
        label="Ontwerp van verslag voorleggen",
        description=(
            "Mailt de leden dat het ontwerp klaarstaat en tot wanneer ze opmerkingen"
            " kunnen geven. Weigert zolang een punt niets zegt."
        ),
        run=open_comments,
        inputs=_MEETING,
        outputs={"comments_until": "tot wanneer de leden opmerkingen kunnen geven"},
        required=_NEEDED,
    ),
    ServiceTask(
        type="minutes.approve",
        label="Verslag vastleggen",
        description=(
            "Legt het verslag vast als de voorzitter het goedkeurt, schrijft de"
            " besluiten in het register en start de actiepunten."
        ),
        run=approve,
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="minutes.send",
        label="Verslag versturen",
        description=(
            "Maakt het verslag als PDF en als gegevens, en mailt het aan de leden en"
            " aan Wonen in Vlaanderen. Een partner krijgt alleen wat hij mag zien."
        ),
        run=send,
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="college.note",
        label="Nota voor het college maken",
        description="Maakt de nota voor het college, met de nieuwe werkgroepen.",
        run=make_note,
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="college.noted",
        label="Kennisname door het college vastleggen",
        description="Noteert wanneer en met welk besluit het college kennis nam.",
        run=note,
        inputs={
            **_MEETING,
            "noted_on": "dag van de kennisname",
            "decision_reference": "nummer van het collegebesluit",
        },
        outputs={"work_groups": "de werkgroepen die deze vergadering oprichtte"},
        required=_NEEDED | {"noted_on", "decision_reference"},
    ),
)
