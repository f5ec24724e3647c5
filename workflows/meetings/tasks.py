"""Service tasks of meetings."""

from collections.abc import Callable

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.bodies import repository as bodies
from workflows.bodies.model import DECIDING
from workflows.meetings import agenda, checks, dates, repository, steps
from workflows.work_groups import feedback
from workflows.work_groups import repository as work_groups
from workflows.work_groups.model import FeedbackState


def count_dates(call: ServiceCall) -> Variables:
    """Count the terms of a meeting."""
    meeting = repository.meeting(call.work.session, _number(call))
    return {"dates": dates.as_variable(steps.terms(call.work, meeting))}


def find_work_groups(call: ServiceCall) -> Variables:
    """Name the work groups that owe this meeting a note: those without one yet.

    A meeting that moved asks again, but not for a note that was given already.
    """
    session = call.work.session
    meeting = repository.meeting(session, _number(call))
    if bodies.body(session, meeting.body_key).kind not in DECIDING:
        return {"work_groups": []}
    told = {
        each.question_number
        for each in work_groups.feedback_for(session, meeting.number)
        if each.state is FeedbackState.GIVEN
    }
    active = [group.question_number for group in work_groups.active(session)]
    return {"work_groups": [number for number in active if number not in told]}


def ask_feedback(call: ServiceCall) -> Variables:
    """Note that a work group owes this meeting a note."""
    number = _number(call)
    meeting = repository.meeting(call.work.session, number)
    at = dates.as_variable(steps.terms(call.work, meeting))["invite_at"]
    question_number = inputs.required_text(call.inputs, "question_number")
    feedback.expect(call.work, question_number, number, by=call.actor, due_at=at)
    return {}


def check_selection(call: ServiceCall) -> Variables:
    """Refuse a selected case that no partner may see."""
    number = _number(call)
    checks.require(checks.unseen_cases, call.work, number, "selection_remarks")
    return {}


def check_next(call: ServiceCall) -> Variables:
    """Refuse as long as the next meeting has no date."""
    checks.require(checks.without_next, call.work, _number(call), "next_remarks")
    return {}


def remind(call: ServiceCall) -> Variables:
    """Mail a reminder and note it."""
    steps.remind(
        call.work,
        _number(call),
        to=inputs.texts(call.inputs, "to"),
        what=inputs.required_text(call.inputs, "what"),
        by=call.actor,
    )
    return {}


def _number(call: ServiceCall) -> str:
    return inputs.required_text(call.inputs, "meeting_number")


def _step(step: Callable[..., None]) -> Callable[[ServiceCall], Variables]:
    """Make a service task of a step that asks for the meeting only."""

    def run(call: ServiceCall) -> Variables:
        step(call.work, _number(call), by=call.actor)
        return {}

    return run


_MEETING = {"meeting_number": "nummer van de vergadering"}
_NEEDED = frozenset(_MEETING)

TASKS = (
    ServiceTask(
        type="meeting.dates",
        label="Termijnen berekenen",
        description=(
            "Telt de termijnen van een vergadering uit haar datum en de instellingen."
            " Wat voor de vergadering valt, gaat naar de werkdag ervoor."
        ),
        run=count_dates,
        inputs=_MEETING,
        outputs={"dates": f"context met de tijdstippen {', '.join(dates.NAMES)}"},
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.open_agenda",
        label="Agenda voorstellen",
        description=(
            "Stelt de vaste punten voor met wanneer ze laatst besproken zijn, de"
            " terugkoppelingen, beleidsvragen, opmerkingen en open actiepunten."
            " Wat er al staat, blijft staan."
        ),
        run=_step(agenda.open_agenda),
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.call_for_items",
        label="Punten vragen aan de leden",
        description="Mailt de leden dat ze punten kunnen indienen, en tot wanneer.",
        run=_step(steps.call_for_items),
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.work_groups",
        label="Actieve werkgroepen opzoeken",
        description="Zoekt de werkgroepen die bij deze vergadering terugkoppelen.",
        run=find_work_groups,
        inputs=_MEETING,
        outputs={"work_groups": "lijst van nummers van beleidsvragen"},
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.ask_feedback",
        label="Terugkoppeling verwachten",
        description="Noteert dat een werkgroep deze vergadering een nota schuldig is.",
        run=ask_feedback,
        inputs={**_MEETING, "question_number": "nummer van de beleidsvraag"},
        required=_NEEDED | {"question_number"},
    ),
    ServiceTask(
        type="meeting.approve_agenda",
        label="Goedkeuring van de agenda vastleggen",
        description="Noteert wie de agenda goedkeurde; een lege agenda kan niet.",
        run=_step(steps.approve_agenda),
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.check_selection",
        label="Selectie nakijken",
        description="Weigert een gekozen dossier dat geen enkele partner mag zien.",
        run=check_selection,
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.invite",
        label="Uitnodigen met bundel",
        description=(
            "Maakt de bundel per publiek en mailt ze met de uitnodiging; een tweede"
            " keer alleen voor een nieuwe datum."
        ),
        run=_step(steps.invite),
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.held",
        label="Zitting vastleggen",
        description=(
            "Legt vast dat de vergadering gehouden is. Weigert zonder aanwezigheid van"
            " elk lid; noteert wie moest komen en niemand stuurde."
        ),
        run=_step(steps.hold),
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.check_next",
        label="Volgende datum nakijken",
        description="Weigert zolang de volgende vergadering geen datum heeft.",
        run=check_next,
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.remind",
        label="Herinneren",
        description="Mailt een herinnering over de vergadering en noteert ze.",
        run=remind,
        inputs={
            **_MEETING,
            "to": "lijst uit secretary, chair, alderman, head_of_service, members",
            "what": "wat er moet gebeuren, in een zin",
        },
        required=_NEEDED | {"to", "what"},
    ),
    ServiceTask(
        type="meeting.close",
        label="Vergadering afsluiten",
        description="Sluit de vergadering af: er wijzigt niets meer.",
        run=_step(steps.close),
        inputs=_MEETING,
        required=_NEEDED,
    ),
    ServiceTask(
        type="meeting.cancelled",
        label="Afgelasting meedelen",
        description=(
            "Mailt wie uitgenodigd of opgeroepen was dat de vergadering niet doorgaat."
        ),
        run=_step(steps.tell_cancelled),
        inputs=_MEETING,
        required=_NEEDED,
    ),
)
