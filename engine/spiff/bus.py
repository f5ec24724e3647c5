"""Where an event meets who waits for it.

Errors and escalations climb from the element that throws them: its own boundary
events, the event sub-processes around it, the boundary events of what holds
those, and so on outwards. Messages and signals come from outside, by token.
"""

from collections.abc import Iterator, Mapping

from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    CodeEventDefinition,
    ErrorEventDefinition,
    EscalationEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.simple import CancelEventDefinition
from SpiffWorkflow.bpmn.util.event import EventManager
from SpiffWorkflow.util.task import TaskState as State

from engine.spiff.obstacle import Cause, Obstacle
from engine.spiff.task import CaseTask


class Bus(EventManager):
    """Delivers events within one case.

    Upstream matches messages here, by name, and lets a report for one case into
    another; ours are matched in SQL and arrive for one token.
    """

    def __init__(self, workflow: object) -> None:
        super().__init__(workflow)
        self._looked_at = -1

    def catch(self, event: object, internal: bool = True) -> int:  # noqa: FBT001, FBT002
        """Refuse: an event is thrown by ``throw_…`` and delivered by ``fire``."""
        message = "events are delivered by token"
        raise NotImplementedError(message)

    # --- what climbs

    def throw_error(self, task: CaseTask, code: str, message: str = "") -> None:
        """Throw a business error; without a catcher it is an incident at *task*."""
        task.tell("error", {"code": code, "message": message})
        catcher = self._nearest(task, ErrorEventDefinition("error", code))
        if catcher is not None:
            self.fire(catcher, {})
            return
        detail = f": {message}" if message else ""
        text = f"Geen enkele gebeurtenis vangt de fout ‘{code}’ op{detail}."
        self.workflow.stop(task, Obstacle(Cause.UNCAUGHT_ERROR, text))

    def throw_escalation(self, task: CaseTask, code: str | None) -> None:
        """Throw an escalation; without a catcher it has no effect, by the standard."""
        task.tell("escalation", {"code": code})
        catcher = self._nearest(task, EscalationEventDefinition("escalation", code))
        if catcher is not None:
            self.fire(catcher, {})

    def throw_cancel(self, task: CaseTask) -> None:
        """Leave a cancelled transaction by its cancel event."""
        catcher = self._nearest(task, CancelEventDefinition())
        if catcher is None:
            text = "De geannuleerde transactie heeft geen annulatiegebeurtenis."
            raise Obstacle(Cause.UNCAUGHT_CANCEL, text)
        self.fire(catcher, {})

    def _nearest(self, task: CaseTask, event: object) -> CaseTask | None:
        for level in self._levels(task):
            parts = [part for one in level for part in one.children or (one,)]
            hits = [one for one in parts if one.armed and _catches(one, event)]
            if hits:
                return min(hits, key=_generality)
        return None

    def _levels(self, task: CaseTask | None) -> Iterator[list[CaseTask]]:
        while task is not None:
            yield [one for one in task.children if one.task_spec.listens]
            if task.task_spec.is_instance:
                task = task.parent
                continue
            frame = task.workflow
            # A handler doesn't catch what comes out of itself.
            inside = task.task_spec.name
            yield [
                one
                for one in frame.live.values()
                if one.task_spec.listens and one.task_spec.opens not in {None, inside}
            ]
            task = frame.host

    # --- what is delivered

    def fire(self, task: CaseTask, texts: Mapping[str, str]) -> None:
        """Let the event happen that *task* waits for."""
        spec = task.task_spec
        if spec.intercepts(task, texts):
            return
        if spec.listens:
            self._fire_listener(task, texts)
            return
        spec.give(task, texts)
        self._end_race(task)
        task._ready()

    def _fire_listener(self, task: CaseTask, texts: Mapping[str, str]) -> None:
        spec, frame, host = task.task_spec, task.workflow, task.parent
        token = CaseTask(frame, frame.spec.task_specs[spec.opens or spec.name])
        token.task_spec.triggered(token, texts, interrupts=spec.cancel_activity)
        if not spec.cancel_activity:
            spec.rearm(task)
        else:
            spec.has_come(task)
            if host is not None:
                host.cancel()
            else:
                frame.interrupt(keep=token)
        token.task_spec._update(token)

    def _end_race(self, task: CaseTask) -> None:
        race = task.internal_data.get("race")
        if race is None:
            return
        for other in list(task.workflow.live.values()):
            if other is not task and other.internal_data.get("race") == race:
                other.cancel()

    # --- conditions

    def check_conditions(self) -> None:
        """Fire the conditional events whose condition has become true.

        Looked at only when a variable has changed since the last time.
        """
        variables = self.workflow.course.variables
        while self.tasks and self._looked_at != variables.revision:
            self._looked_at = variables.revision
            for task in list(self.tasks.values()):
                if task._state == State.WAITING:
                    self.workflow.attempt(task, self.look)

    def look(self, task: CaseTask) -> None:
        """Evaluate one condition; it fires when it turns from false to true."""
        was = task.internal_data.get("was", False)
        now = task.task_spec.condition_holds(task)
        task.internal_data["was"] = now
        if now and not was:
            self.fire(task, {})


def _catches(task: CaseTask, event: object) -> bool:
    definition = task.task_spec.event_definition
    return type(definition) is type(event) and definition == event


def _generality(task: CaseTask) -> tuple[bool, int]:
    definition = task.task_spec.event_definition
    is_general = isinstance(definition, CodeEventDefinition) and definition.code is None
    return is_general, task.id
