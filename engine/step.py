"""What goes into one step of the process runner, and what comes out.

A step is a function from a saved state and a command to a new saved state and
a list of effects. It touches no database: the use cases store the effects.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from engine.zone import ZONE

Variables = Mapping[str, object]
"""FEEL values by name (see ``engine.feel.values``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The stored state of an instance.

    *state* is our own versioned JSON with the live tokens and open scopes;
    *variables* maps a scope number to its variables, each as JSON text
    (``engine.feel.codec``). Scope 1 is the scope of the process itself.
    """

    state: str
    variables: Mapping[int, Mapping[str, str]]


# --- commands -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Begin a process.

    *bindings* maps each process that can be reached by call activities and
    lies in another bundle to the hash of that bundle. *start_event* is the id
    of a message, signal or timer start event; without it the plain one is
    taken.
    """

    process_id: str
    variables: Variables = field(default_factory=dict)
    bindings: Mapping[str, str] = field(default_factory=dict)
    start_event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Complete:
    """Complete the user task or job of *token* with *variables*."""

    token: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class FireTimer:
    """The timer of *token* is due."""

    token: int
    iteration: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deliver:
    """A message or signal reaches the subscription of *token*."""

    token: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThrowError:
    """The job of *token* ends in a business error."""

    token: int
    error_code: str
    message: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Try again what raised the incident at *token*."""

    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancel:
    """End the instance: all tokens, tasks, timers and subscriptions go."""


Command = Start | Complete | FireTimer | Deliver | ThrowError | Retry | Cancel


# --- the world around a step ----------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceRequest:
    """A service task asks for its work: *type* and *headers* from the diagram."""

    type: str
    token: int
    element_id: str
    headers: Mapping[str, str]
    inputs: Variables


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a step may ask of its surroundings.

    *call* runs a service task inside the transaction and gives its outputs; it
    raises ``BpmnError`` for an error boundary event, any other exception
    becomes an incident. *is_job* tells whether a service task of that type
    runs outside the transaction. *zone* is the name of the local time zone.
    """

    now: datetime
    call: Callable[[ServiceRequest], Variables]
    is_job: Callable[[str], bool]
    zone: str = ZONE


# --- effects --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskOpened:
    """A user task waits for a person; dates are UTC."""

    token: int
    element_id: str
    process_id: str
    name: str
    lane: str | None
    assignee: str | None
    candidate_groups: tuple[str, ...]
    candidate_users: tuple[str, ...]
    due_at: datetime | None
    follow_up_at: datetime | None
    priority: int
    form_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerArmed:
    """A timer is to fire at *due_at* (UTC); *rule* is its ISO 8601 text."""

    token: int
    element_id: str
    iteration: int
    rule: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """A token waits for a message (with its correlation key) or a signal."""

    token: int
    element_id: str
    kind: str
    name: str
    correlation_key: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JobCreated:
    """A service task outside the transaction; *inputs* as JSON text by name."""

    token: int
    element_id: str
    type: str
    headers: Mapping[str, str]
    inputs: Mapping[str, str]
    retries: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Thrown:
    """A message or signal leaves the instance; the use cases route it."""

    kind: str
    name: str
    correlation_key: str | None
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A service task asked for a new instance; it starts once the step is stored."""

    instance_id: UUID
    bundle_key: str
    process_id: str
    variables: Variables
    business_key: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRaised:
    """The token stays where it is until somebody retries."""

    token: int
    element_id: str
    kind: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """A line for the journal: what happened to which element."""

    kind: str
    element_id: str | None
    element_name: str | None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The outcome of a step: only what changed.

    *changed* maps (scope, name) to JSON text, or to None where a variable is
    gone; *closed_scopes* lose all their variables. *closed* are tokens that
    wait no longer: their open task, timer, subscription, job and incident end
    with them, as completed when the token is in *completed* and as cancelled
    otherwise. *ended* is None while the instance runs, otherwise
    ``completed`` or ``cancelled``; *outcome* is the id of the last end event
    of the process itself.
    """

    state: str
    changed: Mapping[tuple[int, str], str | None] = field(default_factory=dict)
    closed_scopes: tuple[int, ...] = ()
    opened: tuple[TaskOpened, ...] = ()
    armed: tuple[TimerArmed, ...] = ()
    subscribed: tuple[Subscribed, ...] = ()
    jobs: tuple[JobCreated, ...] = ()
    thrown: tuple[Thrown, ...] = ()
    incidents: tuple[IncidentRaised, ...] = ()
    closed: frozenset[int] = frozenset()
    completed: frozenset[int] = frozenset()
    happenings: tuple[Happening, ...] = ()
    milestone: str | None = None
    ended: str | None = None
    outcome: str | None = None
