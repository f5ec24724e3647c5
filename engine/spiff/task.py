"""A token: SpiffWorkflow's task without tree, prediction and data of its own."""

from collections.abc import Mapping

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState as State

from engine.feel.values import Value
from engine.spiff.course import Course
from engine.spiff.guard import truthful
from engine.spiff.variables import View

LIVE = State.FUTURE | State.WAITING | State.READY | State.STARTED | State.ERROR
"""A token in ERROR is live too: it has an incident and waits for a retry."""
FINISHED = State.COMPLETED | State.CANCELLED


@truthful
class CaseTask(Task):
    """One token; its id is its number in the instance.

    *scope* is the scope of variables in which it evaluates, its own when
    *owns_scope*. *told*: an earlier step announced it as waiting.
    *arrived_by* is the sequence flow that brought it.
    """

    _state: int

    def __init__(
        self,
        workflow: BpmnWorkflow,
        task_spec: TaskSpec,
        parent: "CaseTask | None" = None,
        state: int = State.FUTURE,
        id: int | None = None,  # noqa: A002 - the name upstream
    ) -> None:
        self.scope: int = workflow.scope
        self.owns_scope = False
        self.told = False
        self.arrived_by: str | None = None
        number = id or workflow.top_workflow.next_token()
        super().__init__(workflow, task_spec, parent, state, number)
        workflow.index(self)

    @property
    def course(self) -> Course:
        """The surroundings of the present step."""
        course: Course = self.workflow.top_workflow.course
        return course

    @property
    def data(self) -> View:
        """What the element sees. Upstream keeps a copy per task; ours has none."""
        return self.view()

    @data.setter
    def data(self, value: object) -> None:
        """Accept the empty dict of the constructor upstream, and nothing else."""
        if value:
            message = "variables are owned by scopes, not by tasks"
            raise TypeError(message)

    def view(self, **extra: Value) -> View:
        """Return what the element sees, with *extra* names before all others."""
        return View(self.course.variables, self.scope, extra)

    @property
    def is_live(self) -> bool:
        """Tell whether the token is still somewhere."""
        return bool(self._state & LIVE)

    @property
    def armed(self) -> bool:
        """Tell whether it listens on behalf of another element; it is no token then."""
        return bool(self.task_spec.listens) and self._state == State.WAITING

    @property
    def children(self) -> list["CaseTask"]:
        """The armed boundary events, parts and instances of this token."""
        found = map(self.workflow.tasks.get, self._children)
        return [child for child in found if child is not None]

    @children.setter
    def children(self, tasks: list["CaseTask"]) -> None:
        self._children = [task.id for task in tasks]

    def _add_child(self, task_spec: TaskSpec, state: int = State.FUTURE) -> "CaseTask":
        return CaseTask(self.workflow, task_spec, self, state)

    def _set_state(self, value: int) -> None:
        if value != self._state:
            self._state = value
            self.workflow.index(self)

    def _inherit_data(self) -> None:
        """Do nothing: there is no copy per task to inherit."""

    def tell(self, kind: str, facts: Mapping[str, object] | None = None) -> None:
        """Write a line for the journal about the element.

        A line from a called process says so: element ids are unique per process.
        """
        drawn, frame = self.task_spec.drawn, self.workflow
        about = dict(facts or {})
        if frame.spec.process_id != frame.top_workflow.spec.process_id:
            about["process"] = frame.spec.process_id
        self.course.effects.happen(kind, drawn.id, drawn.name, about)

    def own_scope(self) -> int:
        """Return the scope of this token alone, opened on first use."""
        if not self.owns_scope:
            self.scope = self.course.variables.open(self.scope)
            self.owns_scope = True
        return self.scope

    def outer_scope(self) -> int:
        """Return the scope around the token's own one."""
        if not self.owns_scope:
            return self.scope
        return self.course.variables.enclosing(self.scope)

    def close_scope(self) -> None:
        """Give up the scope of this token alone."""
        if self.owns_scope:
            outer = self.outer_scope()
            self.course.variables.close(self.scope)
            self.scope, self.owns_scope = outer, False

    def run(self) -> None:
        """Do the work of the element, then leave it.

        The work is done once: when leaving fails, a retry only leaves again.
        """
        if self._state != State.READY:
            message = f"{self.task_spec.name} is not ready"
            raise ValueError(message)
        if "worked" not in self.internal_data:
            done = self.task_spec._run(self)
            if not self._state & State.READY:
                return
            if done is None:
                self._set_state(State.STARTED)
                return
            self.internal_data["worked"] = True
        self.task_spec.leave(self)
        self.complete()

    def cancel(self) -> None:
        """Take the token away, with all that hangs on it."""
        if not self.is_live:
            return
        if self._is_waiting_visibly():
            self.task_spec.recall(self)
        self._set_state(State.CANCELLED)
        self.task_spec._on_cancel(self)
        self.release()

    def _is_waiting_visibly(self) -> bool:
        if self.task_spec.listens:
            return False
        started = self._state == State.STARTED
        return started or self.told or self.course.effects.announced(self.id)

    def release(self) -> None:
        """Take away what hangs on the token, and forget it."""
        for child in self.children:
            child.cancel()
        self.close_scope()
        completed = self._state == State.COMPLETED
        self.course.effects.close(self.id, told=self.told, completed=completed)
        self.workflow.forget(self)
