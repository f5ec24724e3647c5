"""The saved state of a case: live tokens and open scopes, versioned JSON.

The size depends on what is going on now, never on what has been. Texts of all
formats that were ever released load for ever: each format has a function that
lifts it to the next.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TypedDict, cast

from SpiffWorkflow.util.task import TaskState as State

from engine.errors import EngineError
from engine.spiff.case import Case
from engine.spiff.event import ConditionalEvent
from engine.spiff.frame import Frame
from engine.spiff.record import Record, SavedRecord
from engine.spiff.task import LIVE, CaseTask
from engine.spiff.variables import Scope, Variables

FORMAT = 1


class SavedToken(TypedDict):
    """The saved form of a token; *frame* is the token that holds its frame.

    *at* is the element for the outside, *armed* tells that it only listens,
    *by* is the flow that brought it.
    """

    id: int
    frame: int | None
    spec: str
    at: str
    armed: bool
    state: int
    parent: int | None
    scope: int
    owns: bool
    told: bool
    by: str | None
    data: dict[str, object]


class SavedFrame(TypedDict):
    """The saved form of a process or sub-process that runs."""

    host: int | None
    scope: int
    records: list[SavedRecord]


class SavedCase(TypedDict):
    """The saved form of a case, in the present format."""

    format: int
    process: str
    bindings: dict[str, str]
    last_token: int
    next_scope: int
    outcome: str | None
    scopes: list[tuple[int, int | None, str]]
    frames: list[SavedFrame]
    tokens: list[SavedToken]


Json = dict[str, object]

UPGRADES: dict[int, Callable[[Json], Json]] = {}
"""From a format to the next one."""


class UnknownFormatError(EngineError):
    """The state was written by a newer release, or it is no state at all."""

    code = "unknown_state_format"

    def __init__(self, found: object) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        return (
            f"De bewaarde toestand heeft formaat {self.found}; deze versie leest"
            f" formaat 1 tot {FORMAT}. Installeer een nieuwere versie van Woonflow."
        )


def fresh(process_id: str, bindings: Mapping[str, str]) -> SavedCase:
    """Return the state of a case that is about to start."""
    return {
        "format": FORMAT,
        "process": process_id,
        "bindings": dict(bindings),
        "last_token": 0,
        "next_scope": 1,
        "outcome": None,
        "scopes": [],
        "frames": [],
        "tokens": [],
    }


def read(text: str) -> SavedCase:
    """Parse a saved state and lift it to the present format."""
    try:
        state = json.loads(text)
    except ValueError as error:
        raise UnknownFormatError(text[:40]) from error
    found = state.get("format") if isinstance(state, dict) else None
    if not isinstance(found, int) or not 1 <= found <= FORMAT:
        raise UnknownFormatError(found)
    for number in range(found, FORMAT):
        state = UPGRADES[number](state)
    lifted: SavedCase = state
    return lifted


def restore_variables(
    state: SavedCase, texts: Mapping[int, Mapping[str, str]]
) -> Variables:
    """Return the open scopes with their variables, decoded only when used."""
    variables = Variables(state["next_scope"])
    for number, parent, flags in state["scopes"]:
        scope = Scope(parent, isolated="i" in flags, frozen="f" in flags)
        variables.restore(number, scope, texts.get(number, {}))
    return variables


def restore(state: SavedCase, case: Case) -> None:
    """Put tokens and frames back into an empty *case*."""
    case.last_token = state["last_token"]
    case.outcome = state["outcome"]
    tokens: dict[int | None, list[SavedToken]] = {}
    for saved in state["tokens"]:
        tokens.setdefault(saved["frame"], []).append(saved)
    for one in state["frames"]:
        frame = _frame(case, one)
        frame.records = [Record.of(record) for record in one["records"]]
        for token in tokens.get(one["host"], ()):
            _token(frame, token)


def _frame(case: Case, saved: SavedFrame) -> Frame:
    if saved["host"] is None:
        return case
    host = case.tokens[saved["host"]]
    body = host.task_spec.body
    if body is None:
        body, _ = case.lookup(*host.internal_data["called"])
    return case.create_subprocess(host, body, scope=saved["scope"])


def _token(frame: Frame, saved: SavedToken) -> None:
    parent = frame.tasks.get(saved["parent"] or 0)
    spec = frame.spec.task_specs[saved["spec"]]
    task = CaseTask(frame, spec, parent, State.FUTURE, saved["id"])
    task.scope, task.owns_scope = saved["scope"], saved["owns"]
    task.told, task.arrived_by = saved["told"], saved["by"]
    task.internal_data = saved["data"]
    task._set_state(saved["state"])
    watched = getattr(spec, "events", ())
    if task._state == State.WAITING and any(
        isinstance(event, ConditionalEvent) for event in watched
    ):
        frame.top_workflow.bus.add_task(task)


def dump(case: Case, process_id: str, bindings: Mapping[str, str]) -> str:
    """Return the state of *case* as text."""
    state: SavedCase = {
        "format": FORMAT,
        "process": process_id,
        "bindings": dict(bindings),
        "last_token": case.last_token,
        "next_scope": case.course.variables.next_number,
        "outcome": case.outcome,
        "scopes": _scopes(case.course.variables),
        "frames": [_dump_frame(frame) for frame in case.frames()],
        "tokens": [
            _dump_token(frame, task)
            for frame in case.frames()
            for task in frame.tasks.values()
            if task._state & LIVE
        ],
    }
    return json.dumps(state, separators=(",", ":"), ensure_ascii=False)


def _scopes(variables: Variables) -> list[tuple[int, int | None, str]]:
    return [
        (number, scope.parent, "i" * scope.isolated + "f" * scope.frozen)
        for number, scope in variables.scopes.items()
    ]


def _dump_frame(frame: Frame) -> SavedFrame:
    return {
        "host": frame.host.id if frame.host else None,
        "scope": frame.scope,
        "records": [cast("SavedRecord", asdict(record)) for record in frame.records],
    }


def _dump_token(frame: Frame, task: CaseTask) -> SavedToken:
    parent = task.parent
    return {
        "id": task.id,
        "frame": frame.host.id if frame.host else None,
        "spec": task.task_spec.name,
        "at": task.task_spec.drawn.id,
        "armed": task.armed,
        "state": task._state,
        "parent": parent.id if parent is not None else None,
        "scope": task.scope,
        "owns": task.owns_scope,
        "told": task.told or task.course.effects.announced(task.id),
        "by": task.arrived_by,
        "data": task.internal_data,
    }
