"""The case: its processes and sub-processes, and the step loop."""

from collections.abc import Callable

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState as State

from engine.errors import BpmnError
from engine.spiff.bus import Bus
from engine.spiff.compensation import Compensation, Record
from engine.spiff.course import Course
from engine.spiff.guard import truthful
from engine.spiff.obstacle import Cause, Obstacle
from engine.spiff.process import ProcessSpec
from engine.spiff.task import CaseTask
from engine.step import IncidentRaised

STEP_BUDGET = 20_000
"""Elements that one step may pass; a process that never rests is stopped."""
MOST_TOKENS = 100_000
"""Tokens that one step may make; repetitions within repetitions multiply."""

Lookup = Callable[[str, str | None], tuple[ProcessSpec, str | None]]
"""Finds a process for a caller, whose bundle has a hash; None is the own bundle."""


class Frame:
    """A process or sub-process that runs: its tokens and what it may undo.

    *scope* owns its variables; *records* is what it may undo.
    """

    def _open(self, scope: int) -> None:
        self.scope = scope
        self.live: dict[int, CaseTask] = {}
        self.records: list[Record] = []

    host: CaseTask | None = None
    """The token outside that holds this frame; None for the instance itself."""

    @property
    def is_handler(self) -> bool:
        """Tell whether it is an event sub-process."""
        return self.host is not None and self.host.task_spec.is_handler

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


@truthful
class CaseSub(Frame, BpmnSubWorkflow):
    """A sub-process, event sub-process, transaction or called process.

    *host* is the token outside that holds it.
    """

    host: CaseTask

    def __init__(self, spec: ProcessSpec, host: CaseTask, scope: int) -> None:
        self._open(scope)
        self.host = host
        top = host.workflow.top_workflow
        super().__init__(spec, host.id, top, deserializing=True)
        self.task_tree = None

    @property
    def parent_workflow(self) -> Frame:
        """The frame around it."""
        frame: Frame = self.host.workflow
        return frame

    def _calculate_depth(self) -> int:
        depth: int = self.host.workflow.depth + 1
        return depth


@truthful
class Case(Frame, BpmnWorkflow):
    """An instance of a process during one step."""

    def __init__(self, spec: ProcessSpec, course: Course, lookup: Lookup) -> None:
        self.course = course
        self.lookup = lookup
        self.queue: dict[int, CaseTask] = {}
        self.tokens: dict[int, CaseTask] = {}
        self.last_token = 0
        self.outcome: str | None = None
        self.cancelled = False
        self._open(scope=1)
        super().__init__(spec, {}, course.expressions, deserializing=True)
        self.task_tree = None
        self.event_manager = self.bus = Bus(self)
        self.compensation = Compensation(self)

    def next_token(self) -> int:
        """Number the next token."""
        self.last_token += 1
        return self.last_token

    def frames(self) -> tuple[Frame, ...]:
        """Return the process and all that runs in it."""
        return (self, *self.subprocesses.values())

    def get_task_from_id(self, task_id: int) -> CaseTask | None:
        """Return the live token with this number."""
        return self.tokens.get(task_id)

    def create_subprocess(
        self, my_task: CaseTask, spec: ProcessSpec, *, scope: int | None = None
    ) -> CaseSub:
        """Open a frame inside *my_task*; *scope* owns its variables."""
        frame = CaseSub(spec, my_task, scope or my_task.own_scope())
        self.subprocesses[my_task.id] = frame
        frame.completed_event.connect(
            my_task.task_spec._on_subworkflow_completed, my_task
        )
        return frame

    # --- the step loop

    def attempt(self, task: CaseTask, act: Callable[[CaseTask], None]) -> None:
        """Let a token do something; what stops it becomes an error or an incident."""
        try:
            act(task)
        except BpmnError as error:
            self.bus.throw_error(task, error.error_code, error.message)
        except Obstacle as obstacle:
            self.stop(task, obstacle)

    def stop(self, task: CaseTask, obstacle: Obstacle) -> None:
        """Raise an incident: the token stays where it is."""
        if not task.is_live:
            return
        entered = task._state in {State.READY, State.STARTED}
        task.internal_data["stopped"] = "run" if entered else "enter"
        for child in task.children:
            if not entered:
                child.cancel()
        if not entered:
            task.close_scope()
        self.course.effects.close(task.id, told=task.told, completed=True)
        task._set_state(State.ERROR)
        kind = obstacle.cause.value
        task.tell("incident", {"kind": kind, "message": obstacle.message})
        self.course.effects.announce(
            task.id,
            IncidentRaised(
                token=task.id,
                element_id=task.task_spec.drawn.id,
                kind=kind,
                message=obstacle.message,
            ),
        )

    def settle(self) -> None:
        """Run until every token waits."""
        budget, most = STEP_BUDGET, self.last_token + MOST_TOKENS
        while not self.completed:
            self.bus.check_conditions()
            if not self.queue:
                if not self._release_join():
                    return
                continue
            task = next(iter(self.queue.values()))
            if budget == 0 or self.last_token > most:
                self._stop_all()
                return
            budget -= 1
            self.attempt(task, CaseTask.run)

    def _stop_all(self) -> None:
        for task in list(self.queue.values()):
            message = (
                f"Het proces kwam na {STEP_BUDGET} stappen niet tot rust."
                " Kijk na of er een lus zonder wachtmoment getekend is."
            )
            self.stop(task, Obstacle(Cause.BUDGET, message))

    def _release_join(self) -> bool:
        for frame in self.frames():
            joins = [
                task
                for task in frame.live.values()
                if task.task_spec.joins_lazily and task._state == State.WAITING
            ]
            if joins and type(joins[0].task_spec).release_one(joins):
                return True
        return False
