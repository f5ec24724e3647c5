"""What each command does to a case."""

import json
from collections.abc import Callable, Mapping

from SpiffWorkflow.util.task import TaskState as State

from engine.errors import NotFoundError
from engine.spiff.activities import Service
from engine.spiff.case import Case
from engine.spiff.event import MessageEvent, SignalEvent
from engine.spiff.events import TRIGGER, Waiting
from engine.spiff.task import CaseTask
from engine.spiff.variables import written
from engine.step import (
    Cancel,
    Command,
    Complete,
    Deliver,
    FireTimer,
    Retry,
    Start,
    ThrowError,
)

TOKEN = "Token"  # noqa: S105 - a token of BPMN
START_EVENT = "Startgebeurtenis"


def carry_out(case: Case, command: Command) -> None:
    """Do what *command* asks, up to the first rest; raise ``NotFoundError``.

    A value that can't be stored raises ``CodecError``, before anything is done.
    """
    _DO[type(command)](case, command)


def _start(case: Case, command: Start) -> None:
    texts = written(command.variables)
    spec = case.spec
    case.course.effects.happen("started", spec.drawn.id, spec.drawn.name)
    if command.start_event is None:
        _put(case, texts)
    elif command.start_event not in spec.task_specs:
        raise NotFoundError(START_EVENT, command.start_event)
    else:
        case.course.variables.put(case.scope, TRIGGER, json.dumps(texts))
        if not spec.task_specs[command.start_event].drawn.facts.io.outputs:
            # Event sub-processes listen from the first moment on, and their
            # correlation keys are in the payload.
            _put(case, texts)
    case.begin(command.start_event)


def _put(case: Case, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        case.course.variables.put(case.scope, name, text)


def _complete(case: Case, command: Complete) -> None:
    task = _token(case, command.token)
    is_job = isinstance(task.task_spec, Service) and task._state == State.STARTED
    is_open = task.task_spec.waits_for_person and task._state == State.READY
    if not is_job and not is_open:
        raise NotFoundError(TOKEN, command.token)
    texts = written(command.variables)
    if is_job:
        task.internal_data["job_done"] = True
        task._set_state(State.READY)
    task.task_spec.give(task, texts)
    case.attempt(task, CaseTask.run)


def _fire_timer(case: Case, command: FireTimer) -> None:
    task = _waiting(case, command.token)
    timer = task.internal_data.get("timer")
    if timer is None or timer["iteration"] != command.iteration:
        raise NotFoundError(TOKEN, command.token)
    case.attempt(task, lambda waiting: case.bus.fire(waiting, {}))


def _deliver(case: Case, command: Deliver) -> None:
    task = _waiting(case, command.token)
    events = task.task_spec.events
    if not any(isinstance(event, MessageEvent | SignalEvent) for event in events):
        raise NotFoundError(TOKEN, command.token)
    texts = written(command.variables)
    case.attempt(task, lambda waiting: case.bus.fire(waiting, texts))


def _throw_error(case: Case, command: ThrowError) -> None:
    task = _token(case, command.token)
    if not isinstance(task.task_spec, Service) or task._state != State.STARTED:
        raise NotFoundError(TOKEN, command.token)
    case.bus.throw_error(task, command.error_code, command.message)


def _retry(case: Case, command: Retry) -> None:
    task = _token(case, command.token)
    stopped = task.internal_data.pop("stopped", None)
    if stopped is None:
        raise NotFoundError(TOKEN, command.token)
    task.tell("retried")
    case.course.effects.close(task.id, told=task.told, completed=True)
    task.told = False
    if stopped == "run":
        task._set_state(State.READY)
        case.attempt(task, CaseTask.run)
    else:
        task._set_state(State.FUTURE)
        task.task_spec._update(task)


def _cancel(case: Case, command: Cancel) -> None:
    case.cancelled = True
    case.completed = True
    case.interrupt()
    case.course.effects.happen("cancelled", case.spec.drawn.id, case.spec.drawn.name)


def _token(case: Case, number: int) -> CaseTask:
    task = case.tokens.get(number)
    if task is None:
        raise NotFoundError(TOKEN, number)
    return task


def _waiting(case: Case, number: int) -> CaseTask:
    task = _token(case, number)
    if not isinstance(task.task_spec, Waiting) or task._state != State.WAITING:
        raise NotFoundError(TOKEN, number)
    return task


_DO: dict[type[Command], Callable[..., None]] = {
    Start: _start,
    Complete: _complete,
    FireTimer: _fire_timer,
    Deliver: _deliver,
    ThrowError: _throw_error,
    Retry: _retry,
    Cancel: _cancel,
}
