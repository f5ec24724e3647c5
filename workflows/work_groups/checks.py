"""What the founding of a work group must hold, and who can answer for it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from engine.persistence.unit_of_work import UnitOfWork
from engine.registry import Filled, FormCheck
from engine.step import Variables
from workflows import inputs
from workflows.calendar import local_day
from workflows.errors import InvalidDataError, UnknownError
from workflows.people import repository as people
from workflows.people import service as people_service
from workflows.people.model import Actor
from workflows.people.rights import Action, Subject, may
from workflows.work_groups.model import named_lines

LONGEST_NAME = 120
_MISSING: Mapping[str, str] = {
    "mandate": "Schrijf het mandaat: wat zoekt de werkgroep uit, wat mag ze beslissen?",
    "members": "Noem minstens één lid, met een naam per regel.",
    "frequency": "Vul in hoe vaak de werkgroep vergadert, zoals P1M voor elke maand.",
}
_PERIOD = re.compile(r"P\d{1,2}[WMY]|P\d{1,3}D", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """With what a work group begins."""

    responsible: str
    group_name: str
    mandate: str
    members: tuple[str, ...]
    frequency: str
    ends_on: date


def founding(work: UnitOfWork, given: Variables) -> Founding:
    """Read the founding of a work group; raise ``InvalidDataError`` for misfits."""
    problems = founding_problems(work, given)
    if problems:
        raise InvalidDataError(problems)
    return Founding(
        responsible=inputs.text(given, "responsible"),
        group_name=" ".join(inputs.text(given, "group_name").split()),
        mandate=inputs.text(given, "mandate"),
        members=tuple(named_lines(inputs.text(given, "members"))),
        frequency=_frequency(given),
        ends_on=inputs.day(given, "ends_on"),
    )


def founding_problems(work: UnitOfWork, given: Variables) -> dict[str, str]:
    """Tell per field what is missing or doesn't fit."""
    found = {
        "responsible": responsible_problem(work, inputs.text(given, "responsible")),
        "group_name": _name_problem(inputs.text(given, "group_name")),
        "ends_on": _end_problem(work, given),
    }
    found |= {
        name: "" if inputs.text(given, name) else sentence
        for name, sentence in _MISSING.items()
    }
    return {name: sentence for name, sentence in found.items() if sentence}


def responsible_problem(work: UnitOfWork, user_name: str) -> str:
    """Tell why somebody cannot answer for the feedback; empty when he can.

    He must have an account that is open, and a role that works on tasks: the
    request for feedback is a task of his.
    """
    if not user_name:
        return (
            "Wijs een verantwoordelijke aan: zonder verantwoordelijke voor de"
            " terugkoppeling wordt geen werkgroep opgericht."
        )
    try:
        actor = people_service.active_actor(work, user_name)
    except UnknownError:
        return (
            f"Er is geen gebruiker ‘{user_name}’. Vul de gebruikersnaam in van iemand"
            " met een account."
        )
    if actor is None:
        return f"Het account van {user_name} is gesloten. Kies iemand anders."
    if not _works_on_tasks(actor):
        return (
            f"{actor.full_name} heeft geen rol waarmee taken van de stad uitgevoerd"
            " worden. Kies iemand anders, of laat een beheerder een rol toekennen."
        )
    return ""


def appointed(filled: Filled) -> Mapping[str, str]:
    """Refuse to found a work group without a responsible, or with half a mandate."""
    return founding_problems(filled.work, filled.data)


def replaced(filled: Filled) -> Mapping[str, str]:
    """Refuse a new responsible who cannot do the work."""
    user_name = inputs.text(filled.data, "responsible")
    problem = responsible_problem(filled.work, user_name)
    return {"responsible": problem} if problem else {}


def candidates(work: UnitOfWork) -> list[tuple[str, str]]:
    """Return who can answer for the feedback of a work group: user name, full name."""
    return [
        (user.name, user.full_name)
        for user in people.users(work.session)
        if user.active and _works_on_tasks(people_service.actor(work, user.name))
    ]


def _works_on_tasks(actor: Actor) -> bool:
    """Tell whether a task that is put in somebody's hands can be done by him."""
    return may(actor, Action.WORK_TASK, Subject(assignee=actor.name))


def is_period(text: str) -> bool:
    """Tell whether a frequency is written as an ISO 8601 period."""
    return _PERIOD.fullmatch(text) is not None


def _name_problem(name: str) -> str:
    if not name:
        return "Geef de werkgroep een naam."
    if len(name) > LONGEST_NAME:
        return f"Houd de naam op hoogstens {LONGEST_NAME} tekens."
    return ""


def _frequency(given: Variables) -> str:
    """Return a period as it is written in capitals; other words as they are."""
    text = inputs.text(given, "frequency")
    return text.upper() if is_period(text) else text


def _end_problem(work: UnitOfWork, given: Variables) -> str:
    if given.get("ends_on") in {None, ""}:
        return "Vul de einddatum van de werkgroep in."
    try:
        ends_on = inputs.day(given, "ends_on")
    except InvalidDataError:
        return "Vul een datum in als jaar-maand-dag."
    if ends_on <= local_day(work.now):
        return "De einddatum ligt in het verleden: kies een dag na vandaag."
    return ""


CHECKS = (
    FormCheck(form_id="appoint_responsible", run=appointed),
    FormCheck(form_id="replace_responsible", run=replaced),
)
