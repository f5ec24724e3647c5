"""Service tasks: what a diagram may ask for, by name, and who does it.

Checks on forms as well: what the domain asks of answers, beyond the form itself.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from engine.persistence.identity import new_id
from engine.persistence.unit_of_work import UnitOfWork
from engine.step import Begun, Variables


class Mode(StrEnum):
    """Where a service task runs.

    ``TRANSACTION``: inside the step, touching our own rows only. ``JOB``: after
    the commit, leased, retried, and able to reach the outside world.
    """

    TRANSACTION = "transaction"
    JOB = "job"


def _refuse_start(_begun: Begun) -> None:
    message = "a service task that runs as a job starts no process"
    raise RuntimeError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCall:
    """What a service task gets to work with; *work* is the open unit of work.

    *begin* takes the processes that it starts; it is ``start`` that is called.
    """

    type: str
    instance_id: UUID
    business_key: str
    token: int
    element_id: str
    headers: Mapping[str, str]
    inputs: Variables
    actor: str
    now: datetime
    work: UnitOfWork
    begin: Callable[[Begun], None] = _refuse_start

    def start(
        self,
        *,
        bundle_key: str,
        process_id: str,
        variables: Variables,
        business_key: str,
        label: str,
    ) -> UUID:
        """Start a process of the newest version of a bundle; return its instance.

        It begins once the step of this task is stored, in the same transaction;
        when the task or the step fails, nothing begins.
        """
        begun = Begun(
            instance_id=new_id(self.now),
            bundle_key=bundle_key,
            process_id=process_id,
            variables=variables,
            business_key=business_key,
            label=label,
        )
        self.begin(begun)
        return begun.instance_id

    @property
    def idempotency_key(self) -> str:
        """The key of this piece of work: the same at each attempt, and no other's."""
        return f"{self.instance_id}:{self.token}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceTask:
    """A registered service task.

    *inputs* and *outputs* map a name to its Dutch description; *required*
    names the inputs that a diagram must map.
    """

    type: str
    label: str
    description: str
    run: Callable[[ServiceCall], Variables]
    mode: Mode = Mode.TRANSACTION
    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    required: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form as *by* wants to send it: *data* over the *variables* of its task."""

    instance_id: UUID
    by: str
    variables: Variables
    data: Variables
    work: UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCheck:
    """What the domain asks of a form; *run* gives a Dutch sentence per control."""

    form_id: str
    run: Callable[[Filled], Mapping[str, str]]


class Registry:
    """All service tasks by type; a double is refused when it is added."""

    def __init__(self) -> None:
        self._tasks: dict[str, ServiceTask] = {}
        self._checks: dict[str, FormCheck] = {}

    def __iter__(self) -> Iterator[ServiceTask]:
        return iter(self._tasks.values())

    def add(self, task: ServiceTask) -> None:
        """Register *task*; raise ``ValueError`` when its type is taken."""
        if task.type in self._tasks:
            message = f"service task {task.type} is registered twice"
            raise ValueError(message)
        self._tasks[task.type] = task

    def get(self, service_type: str) -> ServiceTask:
        """Return the task of this type; raise ``KeyError`` when there is none."""
        return self._tasks[service_type]

    def knows(self, service_type: str) -> bool:
        """Tell whether a service task of this type is registered."""
        return service_type in self._tasks

    def is_job(self, service_type: str) -> bool:
        """Tell whether this type runs outside the transaction."""
        return self._tasks[service_type].mode is Mode.JOB

    def required_inputs(self, service_type: str) -> frozenset[str]:
        """Name the inputs that a diagram must map."""
        return self._tasks[service_type].required

    def add_check(self, check: FormCheck) -> None:
        """Register *check*; raise ``ValueError`` when its form has one."""
        if check.form_id in self._checks:
            message = f"form {check.form_id} is checked twice"
            raise ValueError(message)
        self._checks[check.form_id] = check

    def check_of(self, form_id: str | None) -> FormCheck | None:
        """Return the check on a form; most have none."""
        return None if form_id is None else self._checks.get(form_id)
