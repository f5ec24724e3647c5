"""What runs: a process, or a sub-process inside it."""

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.event import Event
from SpiffWorkflow.util.task import TaskState as State

from engine.spiff.process import ProcessSpec
from engine.spiff.record import Record
from engine.spiff.task import CaseTask


class Frame:
    """A process or sub-process that runs: its tokens and what it may undo.

    *scope* owns its variables; *records* is what it may undo.
    """

    spec: ProcessSpec
    tasks: dict[int, CaseTask]
    completed: bool
    completed_event: Event
    top_workflow: BpmnWorkflow
    host: CaseTask | None = None
    """The token outside that holds this frame; None for the instance itself."""

    def _open(self, scope: int) -> None:
        self.scope = scope
        self.live: dict[int, CaseTask] = {}
        self.records: list[Record] = []

    @property
    def is_handler(self) -> bool:
        """Tell whether it is an event sub-process."""
        return self.host is not None and bool(self.host.task_spec.is_handler)

    @property
    def interrupts(self) -> bool:
        """Tell whether it has cut off the rest of the frame around it."""
        return self.host is not None and bool(self.host.internal_data.get("interrupts"))

    def begin(self, start_event: str | None = None) -> CaseTask:
        """Put the first token into the frame."""
        token = CaseTask(self, self.spec.start)
        if start_event is not None:
            token.internal_data["start_event"] = start_event
        token.task_spec._update(token)
        return token

    def index(self, task: CaseTask) -> None:
        """Keep the registers of live and runnable tokens."""
        top = self.top_workflow
        if task.is_live:
            self.live[task.id] = top.tokens[task.id] = task
        else:
            self.live.pop(task.id, None)
            top.tokens.pop(task.id, None)
        queue = top.queue
        if task._state == State.READY and not task.task_spec.waits_for_person:
            queue[task.id] = task
        else:
            queue.pop(task.id, None)

    def forget(self, task: CaseTask) -> None:
        """Drop a finished token: history is the journal's."""
        parent = self.tasks.get(task._parent)
        if parent is not None and task.id in parent._children:
            parent._children.remove(task.id)
        self.tasks.pop(task.id, None)

    def interrupt(self, keep: CaseTask | None = None) -> None:
        """Take all tokens away, but for *keep*."""
        for task in list(self.live.values()):
            if task is not keep:
                task.cancel()

    def close_if_done(self) -> None:
        """Complete the frame when no token is left in it."""
        if self.completed or any(not task.armed for task in self.live.values()):
            return
        self.interrupt()
        self.completed = True
        self.completed_event(self)

    def end(self) -> None:
        """Take the frame away: its tokens, and its scope unless the host owns it."""
        self.completed = True
        self.interrupt()
        if self.host is not None and self.host.scope != self.scope:
            self.top_workflow.course.variables.close(self.scope)

    def _task_completed_notify(self, task: CaseTask) -> None:
        """Do nothing: upstream walks the tree here."""
