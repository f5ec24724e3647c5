"""How an instance comes into being."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from engine.definitions import PROCESS, Definitions
from engine.errors import NotFoundError
from engine.feel.values import from_python
from engine.model import Instance, InstanceStatus
from engine.persistence.identity import new_id
from engine.persistence.repositories.instances import InstanceRepository, LiveInstance
from engine.persistence.unit_of_work import UnitOfWork
from engine.step import Begun, Start
from engine.steps import Order, Steps, Taken


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What an instance begins with; called processes are bound when it does."""

    bundle_hash: str
    command: Start
    business_key: str
    label: str
    by: str
    instance_id: UUID | None = None


class Starts:
    """Begins instances."""

    def __init__(self, *, steps: Steps, definitions: Definitions) -> None:
        self._steps = steps
        self._definitions = definitions

    def begin_newest(self, work: UnitOfWork, begun: Begun, *, by: str) -> Taken:
        """Begin what a service task asked for, in the newest version of its bundle."""
        deployment = self._definitions.latest(work, begun.bundle_key)
        compiled = self._definitions.compiled(work, deployment.content_hash)
        if begun.process_id not in compiled.processes:
            raise NotFoundError(PROCESS, begun.process_id)
        given = {name: from_python(each) for name, each in begun.variables.items()}
        beginning = Beginning(
            bundle_hash=deployment.content_hash,
            command=Start(process_id=begun.process_id, variables=given),
            business_key=begun.business_key,
            label=begun.label,
            by=by,
            instance_id=begun.instance_id,
        )
        return self.begin(work, beginning)

    def begin(self, work: UnitOfWork, beginning: Beginning) -> Taken:
        """Insert an instance and take its first step; nothing is routed yet."""
        process_id = beginning.command.process_id
        compiled = self._definitions.compiled(work, beginning.bundle_hash)
        bindings = self._definitions.bindings(work, compiled, process_id)
        instance = _newborn(beginning, work.now)
        InstanceRepository(work.session).add(instance, bindings)
        live = LiveInstance(
            instance=instance,
            state="",
            bindings=bindings,
            waits={},
            sequence=0,
            digest="",
        )
        command = replace(beginning.command, bindings=bindings)
        order = Order(command=command, by=beginning.by)
        return self._steps.take(work, live, order)


def _newborn(beginning: Beginning, now: datetime) -> Instance:
    return Instance(
        id=beginning.instance_id or new_id(now),
        bundle_hash=beginning.bundle_hash,
        process_id=beginning.command.process_id,
        business_key=beginning.business_key,
        label=beginning.label,
        status=InstanceStatus.RUNNING,
        version=0,
        milestone=None,
        outcome=None,
        started_at=now,
        started_by=beginning.by,
        ended_at=None,
    )
