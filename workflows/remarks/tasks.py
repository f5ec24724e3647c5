"""Service tasks of remarks."""

from engine import drafts
from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs, letters
from workflows.bodies.contacts import account
from workflows.letters import Letter
from workflows.remarks import repository, service
from workflows.work_groups import agenda

_NUMBER = {"remark_number": "nummer van de opmerking (OPM-2026-1)"}


def put_on_agenda(call: ServiceCall) -> Variables:
    """Put a remark on the agenda of the body that owns the process."""
    remark = repository.remark(call.work.session, _number(call))
    point = service.agenda_point(remark)
    agenda.put(call.work, point, [remark.body_key], by=call.actor)
    return {}


def draft(call: ServiceCall) -> Variables:
    """Open a draft change of the process, linked with the remark."""
    row = repository.remark_row(call.work.session, _number(call))
    drafts.open_draft(call.work, row.bundle_key, by=call.actor)
    row.draft_opened_at = call.now
    call.work.session.flush()
    return {}


def answer(call: ServiceCall) -> Variables:
    """Tell the author what was done with his remark."""
    row = repository.remark_row(call.work.session, _number(call))
    row.answer = inputs.required_text(call.inputs, "answer")
    row.answered_at = call.now
    call.work.session.flush()
    remark = repository.remark(call.work.session, row.number)
    facts = {
        "number": remark.number,
        "step": remark.step.element_name,
        "process": remark.step.process_name,
        "text": remark.text,
        "answer": remark.answer,
        "outcome": remark.status_name.lower(),
    }
    letter = Letter(
        subject="remarks", template="answered", about=remark.number, facts=facts
    )
    author = account(call.work, remark.author)
    letters.send(call.work, letter, author, instance_id=call.instance_id)
    return {}


def _number(call: ServiceCall) -> str:
    return inputs.required_text(call.inputs, "remark_number")


TASKS = (
    ServiceTask(
        type="remark.put_on_agenda",
        label="Opmerking op de agenda zetten",
        description=(
            "Zet de opmerking op de agenda van het overleg dat over het proces beslist."
        ),
        run=put_on_agenda,
        inputs=_NUMBER,
        required=frozenset(_NUMBER),
    ),
    ServiceTask(
        type="remark.draft",
        label="Ontwerp van een wijziging openen",
        description="Opent een ontwerp van de bundel, verbonden met de opmerking.",
        run=draft,
        inputs=_NUMBER,
        required=frozenset(_NUMBER),
    ),
    ServiceTask(
        type="remark.answer",
        label="Opmerking beantwoorden",
        description="Mailt de auteur wat er met zijn opmerking gebeurde.",
        run=answer,
        inputs=_NUMBER | {"answer": "wat er veranderde, of waarom het zo blijft"},
        required=frozenset(_NUMBER) | {"answer"},
    ),
)
