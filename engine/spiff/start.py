"""What each process and sub-process begins with, before its drawn start event."""

from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin

from engine.spiff.flow import Flow, SequenceFlow
from engine.spiff.task import CaseTask


class Start(Flow, BpmnSpecMixin):
    """Arms the event sub-processes of its frame, then starts.

    In a finished sub-process that is compensated, it runs the handlers instead.
    """

    def reached(self, task: CaseTask) -> None:
        """Leave no line: this element is not drawn."""

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        if "undo" in my_task.internal_data:
            done: bool | None = my_task.workflow.top_workflow.compensation.go_on(
                my_task
            )
            return done
        return self._arm_listeners(my_task)

    def _arm_listeners(self, task: CaseTask) -> bool:
        frame = task.workflow
        for armed in [other for other in frame.live.values() if other.armed]:
            armed.cancel()  # what a first try armed before it was stopped
        for name in frame.spec.listeners:
            listener = CaseTask(frame, frame.spec.task_specs[name])
            listener.task_spec.arm(listener)
            if not task.is_live:
                break
        return True

    def select(self, task: CaseTask) -> list[SequenceFlow]:
        """Begin at the drawn start, or at the event that started the instance."""
        if "undo" in task.internal_data:
            return []
        chosen = task.internal_data.get("start_event")
        if chosen is None:
            return self.flows
        return [SequenceFlow(id="", target=chosen)]
