"""Sub-processes, event sub-processes, transactions and called processes."""

import json
from collections.abc import Mapping

from SpiffWorkflow.bpmn.specs.defaults import (
    CallActivity,
    SubWorkflowTask,
    TransactionSubprocess,
)
from SpiffWorkflow.util.task import TaskState as State

from engine.errors import EngineError
from engine.spiff.events import TRIGGER
from engine.spiff.flow import Flow, certain
from engine.spiff.frame import Frame
from engine.spiff.obstacle import Cause, Obstacle
from engine.spiff.process import ProcessSpec
from engine.spiff.task import CaseTask

CALL_DEPTH = 32
"""Processes within processes; a process that calls itself is stopped."""


class Host(Flow):
    """Holds a frame: the token stays here until the frame is done.

    *body* is the spec of what is inside.
    """

    body: ProcessSpec | None = None
    is_handler = False

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        my_task._set_state(State.STARTED)
        self.start_workflow(my_task)
        return False

    def start_workflow(self, my_task: CaseTask) -> None:
        """Open the frame; its variables are in the token's own scope."""
        top = my_task.workflow.top_workflow
        frame = top.create_subprocess(my_task, self.body)
        inner = my_task.internal_data.get("undo_inside")
        if inner is None:
            frame.begin()
        else:
            top.compensation.begin_inside(frame, inner)

    def _on_subworkflow_completed(self, subworkflow: Frame, my_task: CaseTask) -> None:
        if my_task.is_live:
            my_task._set_state(State.READY)

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        my_task.tell("completed")
        return True

    def remember(self, task: CaseTask) -> None:
        """Note what can be undone in the finished frame."""
        top = task.workflow.top_workflow
        if self.handler is not None:
            super().remember(task)
        elif not self.is_handler:
            top.compensation.record_frame(task, top.subprocesses[task.id])

    def tidy(self, task: CaseTask) -> None:
        """Drop the finished frame."""
        task.workflow.top_workflow.subprocesses.pop(task.id, None)

    def _on_cancel(self, my_task: CaseTask) -> None:
        frame = my_task.workflow.top_workflow.subprocesses.pop(my_task.id, None)
        if frame is not None:
            frame.end()


class Embedded(Host, SubWorkflowTask):
    """An embedded sub-process."""


class Transaction(Host, TransactionSubprocess):
    """A transaction: a cancel end event inside undoes what it has finished."""


class Handler(Host, SubWorkflowTask):
    """An event sub-process that was started by its event."""

    is_handler = True

    def triggered(
        self, token: CaseTask, texts: Mapping[str, str], *, interrupts: bool
    ) -> None:
        """Prepare the token: the payload waits for the start event inside."""
        token.internal_data["interrupts"] = interrupts
        token.course.variables.put(token.own_scope(), TRIGGER, json.dumps(dict(texts)))


class Call(Host, CallActivity):
    """A call activity: the called process runs in the same case.

    It sees nothing of its caller but what is handed over on entry. Its bundle
    was bound when the instance started.
    """

    def start_workflow(self, my_task: CaseTask) -> None:
        """Open the called process in an isolated scope."""
        top, called = (
            my_task.workflow.top_workflow,
            certain(self.drawn.facts.called_element),
        )
        frame_hash = _bundle_of(my_task)
        body, found_in = self._find(my_task, called.process_id, frame_hash)
        variables = my_task.course.variables
        handed = self._handed(my_task)
        scope = variables.open(my_task.own_scope(), isolated=True)
        for name, text in handed.items():
            variables.put(scope, name, text)
        frame = top.create_subprocess(my_task, body, scope=scope)
        my_task.internal_data["called"] = [called.process_id, found_in]
        frame.begin()

    def _find(
        self, task: CaseTask, process_id: str, caller: str | None
    ) -> tuple[ProcessSpec, str | None]:
        if task.workflow.depth >= CALL_DEPTH:
            text = f"Processen roepen elkaar meer dan {CALL_DEPTH} niveaus diep op."
            raise Obstacle(Cause.CALL_DEPTH, text)
        try:
            found: tuple[ProcessSpec, str | None]
            found = task.workflow.top_workflow.lookup(process_id, caller)
        except (EngineError, KeyError) as error:
            text = f"Het opgeroepen proces ‘{process_id}’ is niet gevonden."
            raise Obstacle(Cause.CALLED_PROCESS, text) from error
        return found

    def _handed(self, task: CaseTask) -> dict[str, str]:
        variables = task.course.variables
        if certain(self.drawn.facts.called_element).propagate_all_parent_variables:
            return variables.visible(task.scope)
        if not self.drawn.facts.io.inputs:
            return {}
        return dict(variables.scopes[task.scope].texts)

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        frame = my_task.workflow.top_workflow.subprocesses[my_task.id]
        texts = my_task.course.variables.scopes[frame.scope].texts
        self._take_over(my_task, dict(texts))
        return super()._run_hook(my_task)

    def _take_over(self, task: CaseTask, texts: dict[str, str]) -> None:
        """Hand the variables of the called process to the caller."""
        facts = self.drawn.facts
        if facts.io.outputs:
            self.give(task, texts)
        elif certain(facts.called_element).propagate_all_child_variables:
            task.course.variables.propagate(task.outer_scope(), texts)

    def remember(self, task: CaseTask) -> None:
        """Note the handler only: what a called process did is its own affair."""
        Flow.remember(self, task)

    def tidy(self, task: CaseTask) -> None:
        """Drop the called process and its scope."""
        frame = task.workflow.top_workflow.subprocesses[task.id]
        super().tidy(task)
        task.course.variables.close(frame.scope)


def _bundle_of(task: CaseTask) -> str | None:
    """Return the hash of the bundle that the element is drawn in."""
    host = task.workflow.host
    while host is not None:
        if "called" in host.internal_data:
            found: str | None = host.internal_data["called"][1]
            return found
        host = host.workflow.host
    return None
