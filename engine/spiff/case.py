"""The case: its processes and sub-processes, and the step loop."""

from collections.abc import Callable

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState as State

from engine.errors import BpmnError
from engine.spiff.bus import Bus
from engine.spiff.compensation import Compensation
from engine.spiff.course import Course
from engine.spiff.frame import Frame
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
