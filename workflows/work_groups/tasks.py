"""Service tasks of policy questions, work groups and their feedback."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs
from workflows.bodies.contacts import account
from workflows.calendar import day_in_words, local_day
from workflows.meetings import repository as meetings
from workflows.people import repository as people
from workflows.work_groups import agenda, closing, feedback, founding, mails, repository
from workflows.work_groups.checks import founding as read_founding

_NUMBER = {"question_number": "nummer van de beleidsvraag (BV-2026-1)"}
_NOTE = _NUMBER | {"meeting_number": "nummer van de vergadering"}


def put_on_agenda(call: ServiceCall) -> Variables:
    """Put a question on the agenda of the next coordination meeting."""
    question = repository.question(call.work.session, _number(call))
    keys = agenda.coordination_keys(call.work)
    point = agenda.question_point(question)
    meeting = agenda.put(call.work, point, keys, by=call.actor)
    if meeting is not None:
        mails.tell_on_agenda(call.work, question, meeting)
    return {}


def answer(call: ServiceCall) -> Variables:
    """Give the asker his answer."""
    closing.answer(call.work, _number(call), inputs.text(call.inputs, "answer"))
    return {}


def found(call: ServiceCall) -> Variables:
    """Found a work group; not without a responsible."""
    number = _number(call)
    given = read_founding(call.work, call.inputs)
    founding.found(call.work, number, given, by=call.actor)
    _tell_responsible(call, number, given.responsible)
    question = repository.question(call.work.session, number)
    mails.write(
        call.work,
        "founded",
        number,
        account(call.work, question.asked_by),
        responsible=people.full_name(call.work.session, given.responsible),
    )
    return {}


def noted(call: ServiceCall) -> Variables:
    """Note that the college knows of a work group."""
    founding.note(call.work, _number(call))
    return {}


def without_responsible(call: ServiceCall) -> Variables:
    """Note that a work group has no responsible, and ask for another."""
    number = _number(call)
    until = founding.lose_responsible(call.work, number)
    mails.write(
        call.work,
        "without_responsible",
        number,
        mails.head_of_service(call.work),
        until=day_in_words(local_day(until), weekday=True),
    )
    return {"replace_until": until}


def replace(call: ServiceCall) -> Variables:
    """Appoint another responsible, who gets the open tasks."""
    number = _number(call)
    responsible = inputs.text(call.inputs, "responsible")
    founding.replace_responsible(call.work, number, responsible)
    _tell_responsible(call, number, responsible)
    return {}


def propose_closing(call: ServiceCall) -> Variables:
    """Put the proposal to close on the agenda of the next coordination meeting."""
    closing.propose(
        call.work,
        _number(call),
        final_report=inputs.required_text(call.inputs, "final_report"),
        answer=inputs.required_text(call.inputs, "answer"),
        by=call.actor,
    )
    return {}


def close(call: ServiceCall) -> Variables:
    """Close a work group, with its final report as a PDF."""
    closing.close(call.work, _number(call), by=call.actor)
    return {}


def remind(call: ServiceCall) -> Variables:
    """Write a reminder about a work group."""
    number = _number(call)
    to = mails.contacts(call.work, number, inputs.texts(call.inputs, "to"))
    what = inputs.required_text(call.inputs, "what")
    mails.write(call.work, "reminder", number, to, what=what)
    return {}


def feedback_given(call: ServiceCall) -> Variables:
    """Put the note of a work group on the agenda."""
    number, meeting_number = _number(call), _meeting(call)
    text = inputs.required_text(call.inputs, "note")
    feedback.give(call.work, number, meeting_number, text=text, by=call.actor)
    return {}


def feedback_missing(call: ServiceCall) -> Variables:
    """Turn the point of a work group red, and tell the head of service."""
    return _missed(call, over=False)


def feedback_missed(call: ServiceCall) -> Variables:
    """Keep that a meeting passed without the note of a work group."""
    return _missed(call, over=True)


def _missed(call: ServiceCall, *, over: bool) -> Variables:
    number, meeting_number = _number(call), _meeting(call)
    turned = feedback.miss(call.work, number, meeting_number, over=over, by=call.actor)
    if turned:
        group = repository.group(call.work.session, number)
        meeting = meetings.meeting(call.work.session, meeting_number)
        mails.write(
            call.work,
            "feedback_missed" if over else "feedback_missing",
            number,
            mails.head_of_service(call.work),
            meeting=f"{meeting.body_name} {meeting.number}",
            day=day_in_words(local_day(meeting.starts_at), weekday=True),
            responsible=people.full_name(call.work.session, group.responsible),
        )
    return {}


def _tell_responsible(call: ServiceCall, number: str, user_name: str) -> None:
    to = account(call.work, user_name)
    mails.write(call.work, "appointed", number, to)


def _number(call: ServiceCall) -> str:
    return inputs.required_text(call.inputs, "question_number")


def _meeting(call: ServiceCall) -> str:
    return inputs.required_text(call.inputs, "meeting_number")


TASKS = (
    ServiceTask(
        type="question.put_on_agenda",
        label="Beleidsvraag op de agenda zetten",
        description=(
            "Zet de vraag op de agenda van de volgende coördinatievergadering."
            " Is er geen gepland, dan wacht ze tot een agenda opent."
        ),
        run=put_on_agenda,
        inputs=_NUMBER,
        required=frozenset(_NUMBER),
    ),
    ServiceTask(
        type="question.answer",
        label="Beleidsvraag beantwoorden",
        description="Bewaart het antwoord en mailt het aan wie de vraag stelde.",
        run=answer,
        inputs=_NUMBER | {"answer": "het antwoord, of waarom er geen werkgroep komt"},
        required=frozenset(_NUMBER),
    ),
    ServiceTask(
        type="work_group.found",
        label="Werkgroep oprichten",
        description=(
            "Richt de werkgroep op als overlegorgaan. Weigert zonder verantwoordelijke"
            " voor de terugkoppeling die taken kan uitvoeren."
        ),
        run=found,
        inputs=_NUMBER
        | {
            "responsible": "gebruikersnaam van de verantwoordelijke",
            "group_name": "naam van de werkgroep",
            "mandate": "wat ze uitzoekt en wat ze mag beslissen",
            "members": "leden, een naam per regel",
            "frequency": "hoe vaak ze vergadert (P1M, of in woorden)",
            "ends_on": "einddatum",
        },
        required=frozenset(_NUMBER) | {"responsible", "group_name", "mandate"},
    ),
    ServiceTask(
        type="work_group.noted",
        label="Kennisname van de werkgroep noteren",
        description="Het college nam kennis van de werkgroep door het verslag.",
        run=noted,
        inputs=_NUMBER,
        required=frozenset(_NUMBER),
    ),
    ServiceTask(
        type="work_group.without_responsible",
        label="Werkgroep zonder verantwoordelijke",
        description="Noteert dat niemand terugkoppelt, en verwittigt het diensthoofd.",
        run=without_responsible,
        inputs=_NUMBER,
        outputs={"replace_until": "tot wanneer een nieuwe kan worden aangewezen"},
        required=frozenset(_NUMBER),
    ),
    ServiceTask(
        type="work_group.replace",
        label="Verantwoordelijke vervangen",
        description="Wijst een nieuwe verantwoordelijke aan, die de open taken krijgt.",
        run=replace,
        inputs=_NUMBER | {"responsible": "gebruikersnaam van de nieuwe"},
        required=frozenset(_NUMBER) | {"responsible"},
    ),
    ServiceTask(
        type="work_group.propose_closing",
        label="Afsluiten van de werkgroep voorstellen",
        description="Zet het voorstel op de agenda van de coördinatievergadering.",
        run=propose_closing,
        inputs=_NUMBER
        | {
            "final_report": "het eindverslag",
            "answer": "het voorgestelde antwoord op de beleidsvraag",
        },
        required=frozenset(_NUMBER) | {"final_report", "answer"},
    ),
    ServiceTask(
        type="work_group.close",
        label="Werkgroep afsluiten",
        description="Sluit de werkgroep af, met het eindverslag als PDF.",
        run=close,
        inputs=_NUMBER,
        required=frozenset(_NUMBER),
    ),
    ServiceTask(
        type="work_group.remind",
        label="Herinnering over een werkgroep",
        description="Mailt een herinnering.",
        run=remind,
        inputs=_NUMBER
        | {
            "to": "lijst van bestemmelingen: responsible, chair, head_of_service",
            "what": "de zin waar het om gaat",
        },
        required=frozenset(_NUMBER) | {"to", "what"},
    ),
    ServiceTask(
        type="feedback.given",
        label="Terugkoppeling op de agenda zetten",
        description="Zet de nota van de werkgroep bij haar punt op de agenda.",
        run=feedback_given,
        inputs=_NOTE | {"note": "de nota"},
        required=frozenset(_NOTE) | {"note"},
    ),
    ServiceTask(
        type="feedback.missing",
        label="Terugkoppeling ontbreekt",
        description="Kleurt het punt rood op de agenda en verwittigt het diensthoofd.",
        run=feedback_missing,
        inputs=_NOTE,
        required=frozenset(_NOTE),
    ),
    ServiceTask(
        type="feedback.missed",
        label="Vergadering zonder terugkoppeling",
        description="Noteert dat de vergadering voorbijging zonder nota.",
        run=feedback_missed,
        inputs=_NOTE,
        required=frozenset(_NOTE),
    ),
)
