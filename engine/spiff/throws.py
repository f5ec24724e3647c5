"""Events that are thrown: intermediate throw events, end events, send tasks."""

from collections.abc import Callable

from SpiffWorkflow.bpmn.specs.defaults import (
    EndEvent,
    IntermediateThrowEvent,
    SendTask,
)

from engine.spiff.event import (
    CancelEvent,
    CompensateEvent,
    ErrorEvent,
    EscalationEvent,
    Event,
    MessageEvent,
    SignalEvent,
    TerminateEvent,
)
from engine.spiff.flow import Flow
from engine.spiff.subscriptions import correlation, message_name
from engine.spiff.task import CaseTask
from engine.step import Thrown


class Throwing(Flow):
    """Throws its events, in file order."""

    events: tuple[Event, ...] = ()

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        done: bool | None = True
        for event in self.events:
            done = THROW[type(event)](my_task, event)
            if not my_task.is_live:
                return None
        return done


class ThrowEvent(Throwing, IntermediateThrowEvent):
    """An intermediate throw event."""


class Send(Throwing, SendTask):
    """A send task."""


class End(Throwing, EndEvent):
    """An end event; the last one of the process itself tells its outcome."""

    def go_on(self, task: CaseTask) -> None:
        """Note the outcome: nothing leads on from here."""
        frame = task.workflow
        while frame.interrupts and frame.host is not None:
            frame = frame.host.workflow
        if frame.host is None and not self.drawn.is_added:
            frame.outcome = self.drawn.id

    def _on_complete_hook(self, my_task: CaseTask) -> None:
        """Do nothing: upstream ends and cancels the workflow here by itself."""


def _throw_message(task: CaseTask, event: MessageEvent) -> bool:
    name, key = message_name(task, event), correlation(task, event)
    _leave(task, "message", name, key)
    return True


def _throw_signal(task: CaseTask, event: SignalEvent) -> bool:
    _leave(task, "signal", message_name(task, event), None)
    return True


def _leave(task: CaseTask, kind: str, name: str, key: str | None) -> None:
    """Send the event out, with the mapped inputs as its only payload."""
    payload = task.task_spec.input_texts(task)
    task.course.effects.thrown.append(
        Thrown(kind=kind, name=name, correlation_key=key, variables=payload)
    )
    task.tell("thrown", {"kind": kind, "name": name, "correlation_key": key})


def _throw_error(task: CaseTask, event: ErrorEvent) -> None:
    task.workflow.top_workflow.bus.throw_error(task, event.code or "")


def _throw_escalation(task: CaseTask, event: EscalationEvent) -> bool:
    task.workflow.top_workflow.bus.throw_escalation(task, event.code)
    return True


def _terminate(task: CaseTask, event: TerminateEvent) -> bool:
    task.workflow.interrupt(keep=task)
    return True


def _compensate(task: CaseTask, event: CompensateEvent) -> bool | None:
    done: bool | None = task.workflow.top_workflow.compensation.throw(
        task, event.activity
    )
    return done


def _cancel(task: CaseTask, event: CancelEvent) -> bool | None:
    """Undo the transaction, then leave it by its cancel event."""
    top = task.workflow.top_workflow
    if "undone" not in task.internal_data:
        task.workflow.interrupt(keep=task)
        if not top.compensation.throw(task, None):
            return None
    top.bus.throw_cancel(task)
    return None


THROW: dict[type[Event], Callable[..., bool | None]] = {
    MessageEvent: _throw_message,
    SignalEvent: _throw_signal,
    ErrorEvent: _throw_error,
    EscalationEvent: _throw_escalation,
    TerminateEvent: _terminate,
    CompensateEvent: _compensate,
    CancelEvent: _cancel,
}
