"""Events that wait: start, intermediate, receive, boundary, event sub-process start."""

import json
from collections.abc import Callable, Mapping

from SpiffWorkflow.bpmn.specs.defaults import (
    BoundaryEvent,
    IntermediateCatchEvent,
    ReceiveTask,
    StartEvent,
)
from SpiffWorkflow.util.task import TaskState as State

from engine.spiff.event import (
    CancelEvent,
    CompensateEvent,
    ConditionalEvent,
    ErrorEvent,
    EscalationEvent,
    Event,
    MessageEvent,
    SignalEvent,
    TerminateEvent,
    TimerEvent,
)
from engine.spiff.flow import Flow, holds
from engine.spiff.subscriptions import subscribe_message, subscribe_signal
from engine.spiff.task import CaseTask
from engine.spiff.timers import arm_timer, rearm_timer

TRIGGER = "(event)"
"""The hidden variable that carries a payload into an event sub-process."""


def _watch(task: CaseTask, event: ConditionalEvent) -> None:
    bus = task.workflow.top_workflow.bus
    bus.add_task(task)
    bus.look(task)


def _wait(task: CaseTask, event: Event) -> None:
    """Do nothing: what climbs finds its catcher by itself."""


ARM: dict[type[Event], Callable[..., None]] = {
    TimerEvent: arm_timer,
    MessageEvent: subscribe_message,
    SignalEvent: subscribe_signal,
    ConditionalEvent: _watch,
    ErrorEvent: _wait,
    EscalationEvent: _wait,
    CancelEvent: _wait,
    CompensateEvent: _wait,
    TerminateEvent: _wait,
}


class Waiting(Flow):
    """Waits for one of its events, or for all of them when *needs_all*.

    An element with several events waits with one child token per event, so
    that each has its own timer or subscription.
    """

    opens: str | None = None
    cancel_activity = True
    events: tuple[Event, ...] = ()
    needs_all = False
    parts: tuple[str, ...] = ()

    def arm(self, task: CaseTask) -> None:
        """Begin to wait."""
        task._set_state(State.WAITING)
        if not self.parts:
            self._arm_events(task)
            return
        for name in self.parts:
            child = task._add_child(task.workflow.spec.task_specs[name])
            child.scope = task.scope
            child.task_spec.arm(child)
            if not task.armed and task._state != State.WAITING:
                return

    def _arm_events(self, task: CaseTask) -> None:
        for event in self.events:
            ARM[type(event)](task, event)

    def intercepts(self, task: CaseTask, texts: Mapping[str, str]) -> bool:
        """Tell whether the event goes to a whole that this is a part of."""
        return False

    def condition_holds(self, task: CaseTask) -> bool:
        """Evaluate the condition of a conditional event."""
        conditions = [e for e in self.events if isinstance(e, ConditionalEvent)]
        return holds(task, conditions[0].condition)

    def has_come(self, task: CaseTask) -> None:
        """Tell that the event has come: the token was not cut off."""
        task.course.effects.close(task.id, told=task.told, completed=True)
        task.told = False

    def happened(self, task: CaseTask) -> None:
        """Write in the journal that the event came."""
        kinds = [type(event).__name__.removesuffix("Event") for event in self.events]
        task.tell("fired", {"event": "_or_".join(kinds).lower() or "none"})

    def _on_cancel(self, my_task: CaseTask) -> None:
        my_task.workflow.top_workflow.bus.remove_task(my_task)


class Catch(Waiting):
    """An element in the flow that waits for an event."""

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        if not self.events:
            return True
        self.arm(my_task)
        return False

    def _on_ready_hook(self, my_task: CaseTask) -> None:
        my_task.workflow.top_workflow.bus.remove_task(my_task)

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        self.happened(my_task)
        return True


class CatchEvent(Catch, IntermediateCatchEvent):
    """An intermediate catch event, or one behind an event-based gateway."""


class Receive(Catch, ReceiveTask):
    """A receive task."""


class Begin(Waiting, StartEvent):
    """A start event. What triggers it lies outside: it is passed at once.

    The payload that started its frame becomes the event's own result.
    """

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        text = my_task.course.variables.take(my_task.workflow.scope, TRIGGER)
        if text is not None:
            self.happened(my_task)
            self.give(my_task, json.loads(text))
        return True


class Listener(Waiting):
    """Waits on behalf of another element."""

    listens = True

    def rearm(self, task: CaseTask) -> None:
        """Go on waiting after the event came once, if it can come again."""
        if self.needs_all:
            _restart_parts(task)
        elif not self.parts:
            wait_again(task)

    def triggered(
        self, token: CaseTask, texts: Mapping[str, str], *, interrupts: bool
    ) -> None:
        """Prepare the token that carries on after the event."""
        token.internal_data["fired"] = True
        self.give(token, texts)

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        return True

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        self.happened(my_task)
        return True

    def _on_ready_hook(self, my_task: CaseTask) -> None:
        """Do nothing: the token that carries on waited for nothing."""


def wait_again(task: CaseTask) -> None:
    """Wait for the same event again; a timer that has come for good goes."""
    events = task.task_spec.events
    if any(isinstance(event, TimerEvent) for event in events) and not rearm_timer(task):
        task.task_spec.has_come(task)
        task.cancel()


def _restart_parts(task: CaseTask) -> None:
    for child in task.children:
        child.cancel()
    for name in ("seen", "given"):
        task.internal_data.pop(name, None)
    task.task_spec.arm(task)


class Boundary(Listener, BoundaryEvent):
    """A boundary event, armed as long as its activity lives."""


class HandlerStart(Listener, StartEvent):
    """Waits, in the frame around it, for what starts an event sub-process.

    *opens* names the event sub-process.
    """


class Part(Catch, IntermediateCatchEvent):
    """One of the several events of an element."""

    listens = True

    def intercepts(self, task: CaseTask, texts: Mapping[str, str]) -> bool:
        """Hand the event to the whole element, at once or when all are there."""
        whole, bus = task.parent, task.workflow.top_workflow.bus
        if whole.task_spec.needs_all:
            self._gather(task, whole, texts)
        elif whole.task_spec.listens and not whole.task_spec.cancel_activity:
            bus.fire(whole, texts)
            wait_again(task)
        else:
            self.has_come(task)
            bus.fire(whole, texts)
        return True

    def _gather(
        self, task: CaseTask, whole: CaseTask, texts: Mapping[str, str]
    ) -> None:
        seen = {*whole.internal_data.get("seen", ()), self.name}
        given = whole.internal_data.get("given", {}) | dict(texts)
        self.has_come(task)
        if len(seen) == len(whole.task_spec.parts):
            task.workflow.top_workflow.bus.fire(whole, given)
            return
        whole.internal_data.update(seen=sorted(seen), given=given)
        task.cancel()
