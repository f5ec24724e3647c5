"""Process instances: where one stands and what it knows."""

from uuid import UUID

from engine.feel.values import from_python
from engine.model import Instance
from engine.persistence.unit_of_work import UnitOfWork
from web.api.access import SeenInstance, see_instance
from web.api.answer import Answer, Body
from web.api.resource import Resource
from web.api.schemas import running as schemas
from web.api.values import to_json
from web.auth import actor
from web.services import reading, services
from workflows.people.rights import Action, may

resource = Resource("instances", "Procesinstanties: waar een proces staat.")

_INSTANCE = schemas.Instance()


@resource.get("/<uuid:instance_id>", schemas.Instance)
def get_instance(instance_id: UUID) -> Answer:
    """Get a process instance; the city also sees its variables."""
    with reading() as work:
        return Answer(body=_body(work, see_instance(work, instance_id)))


def new_body(work: UnitOfWork, instance: Instance) -> Body:
    """Return an instance that was just started, without a case."""
    return _body(work, SeenInstance(instance=instance, case=None))


def _body(work: UnitOfWork, seen: SeenInstance) -> Body:
    case = seen.case
    inside = case is None or may(actor(), Action.READ_JOURNAL, case.subject)
    return _INSTANCE.one(
        seen.instance,
        case_number=None if case is None else case.number,
        **_inside(work, seen.instance.id)
        if inside
        else {"waiting_at": None, "variables": None},
    )


def _inside(work: UnitOfWork, instance_id: UUID) -> dict[str, object]:
    instances = services().engine.instances
    variables = instances.variables(work, instance_id)
    return {
        "waiting_at": instances.waiting_at(work, instance_id),
        "variables": {
            name: to_json(from_python(each)) for name, each in variables.items()
        },
    }
