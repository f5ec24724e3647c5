"""Service tasks of action points."""

from engine.registry import ServiceCall, ServiceTask
from engine.step import Variables
from workflows import inputs, letters
from workflows.actions import repository, service
from workflows.actions.model import ActionPoint, ActionState
from workflows.bodies import repository as bodies
from workflows.bodies.contacts import account, people_of
from workflows.bodies.model import Contact
from workflows.calendar import day_in_words, local_day
from workflows.letters import Letter


def remind(call: ServiceCall) -> Variables:
    """Mail the owner of an action point, or else the secretary of its body."""
    action = repository.action(call.work.session, inputs.key(call.inputs, "action_id"))
    if action.state is not ActionState.OPEN:
        return {}
    body = bodies.body(call.work.session, action.body_key)
    late = action.due_on < local_day(call.now)
    letter = Letter(
        subject="actions",
        template="reminder",
        about=action.number,
        facts={
            "number": action.number,
            "due": day_in_words(action.due_on),
            "state": _LATE if late else _NEAR,
            "text": action.text,
            "body": body.name,
        },
    )
    letters.send(call.work, letter, _owner(call, action), instance_id=call.instance_id)
    return {}


def finish(call: ServiceCall) -> Variables:
    """Note that an action point was done."""
    service.finish(
        call.work,
        inputs.key(call.inputs, "action_id"),
        result=inputs.required_text(call.inputs, "result"),
        by=call.actor,
    )
    return {}


_NEAR = "Dit actiepunt staat op uw naam."
_LATE = "De dag waarop dit actiepunt gedaan moest zijn, is voorbij."


def _owner(call: ServiceCall, action: ActionPoint) -> list[Contact]:
    own = account(call.work, action.owner)
    return own or people_of(call.work, action.body_key, "secretary")


_ACTION = {"action_id": "verwijzing naar het actiepunt"}

TASKS = (
    ServiceTask(
        type="action.remind",
        label="Trekker herinneren",
        description=(
            "Mailt wie het actiepunt moet doen; zonder account krijgt de secretaris"
            " van het overleg de mail."
        ),
        run=remind,
        inputs=_ACTION,
        required=frozenset(_ACTION),
    ),
    ServiceTask(
        type="action.finish",
        label="Actiepunt afwerken",
        description=(
            "Noteert dat het actiepunt gedaan is, en hoe; bij het dossier leest alleen"
            " de stad dat."
        ),
        run=finish,
        inputs={**_ACTION, "result": "wat er gedaan is"},
        required=frozenset(_ACTION) | {"result"},
    ),
)
