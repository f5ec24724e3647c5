"""How a token enters, works in and leaves a drawn element.

One mixin puts our token semantics into SpiffWorkflow's task specs: the hooks
are theirs, what happens in them is ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from SpiffWorkflow.specs.base import TaskSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec
from SpiffWorkflow.util.event import Event

from engine.feel.values import Value
from engine.spiff.dialect import Facts, Mapped
from engine.spiff.obstacle import Cause, Obstacle, shown
from engine.spiff.task import CaseTask
from engine.spiff.texts import Feel
from engine.spiff.variables import encode

T = TypeVar("T")


def certain(value: T | None) -> T:
    """Return what an element must have: the check has seen that it does."""
    if value is None:
        message = "a checked element lacks a part"
        raise ValueError(message)
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceFlow:
    """A sequence flow to the task spec *target*."""

    id: str
    target: str
    condition: Feel | None = None
    is_default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What the diagram tells about an element, for people and for the journal.

    *is_added*: the normal form has it, nobody drew it.
    """

    id: str
    name: str | None = None
    lane: str | None = None
    is_added: bool = False
    facts: Facts


class Flow(TaskSpec):
    """The life of a token in one element: enter, work, leave.

    *listens*: armed on behalf of another element. *is_instance*: the inner
    element of a loop. *handler*: the element that compensates this one.
    """

    listens = False
    is_instance = False
    joins_lazily = False
    waits_for_person = False

    name: str
    completed_event: Event

    def __init__(
        self, wf_spec: WorkflowSpec, name: str, *, drawn: Drawn, **kwargs: object
    ) -> None:
        super().__init__(wf_spec, name, **kwargs)
        self.drawn = drawn
        self.flows: list[SequenceFlow] = []
        self.incoming: list[str] = []
        self.boundary: list[str] = []
        self.handler: str | None = None

    # Prediction and structure checks upstream walk the tree; there is none.

    def test(self) -> None:
        """Do nothing: the check has read the whole diagram."""

    def _predict(self, my_task: CaseTask, *args: object, **kwargs: object) -> None:
        """Do nothing: a task exists where a token is, nowhere else."""

    def _update(self, my_task: CaseTask) -> None:
        my_task.workflow.top_workflow.attempt(my_task, self.enter)

    def enter(self, task: CaseTask) -> None:
        """Bring the token in: mappings, boundary events, then the hook upstream."""
        self.reached(task)
        if self.is_instance:
            task.parent.task_spec.entered(task.parent, task)
        self._map_inputs(task)
        if self.boundary and not self._arm_boundary(task):
            return
        if self._update_hook(task):
            task._ready()

    def reached(self, task: CaseTask) -> None:
        """Write in the journal that a token came here."""
        if self.drawn.is_added:
            return
        task.tell("repeated" if self.is_instance else "reached")
        effects = task.course.effects
        effects.milestone = self.drawn.facts.milestone or effects.milestone

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        return True

    def _arm_boundary(self, task: CaseTask) -> bool:
        """Arm the boundary events; tell whether the token is still here after it."""
        for name in self.boundary:
            spec = task.workflow.spec.task_specs[name]
            child = task._add_child(spec)
            child.scope = task.scope
            spec.arm(child)
            if not task.is_live:
                return False
        return True

    def _map_inputs(self, task: CaseTask) -> None:
        inputs = self.drawn.facts.io.inputs
        if not inputs:
            return
        task.own_scope()
        for mapped in inputs:
            for name, text in encode(mapped_values(task, (mapped,))).items():
                task.course.variables.put(task.scope, name, text)

    def input_texts(self, task: CaseTask) -> dict[str, str]:
        """Return the mapped inputs, and nothing else, as JSON texts."""
        variables = task.course.variables
        names = [mapped.target for mapped in self.drawn.facts.io.inputs]
        return {name: variables.text(task.scope, name) or "null" for name in names}

    # --- work and leave

    def _run(self, my_task: CaseTask) -> bool | None:
        done: bool | None = self._run_hook(my_task)
        return done

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        return True

    def give(self, task: CaseTask, texts: Mapping[str, str]) -> None:
        """Take in JSON texts: local when outputs are mapped, else outwards."""
        variables = task.course.variables
        if self.drawn.facts.io.outputs:
            scope = task.own_scope()
            for name, text in texts.items():
                variables.put(scope, name, text)
        else:
            variables.propagate(task.scope, texts)

    def leave(self, task: CaseTask) -> None:
        """Map the outputs and choose the ways out, before anything is final."""
        task.chosen = self.select(task)
        results = mapped_values(task, self.drawn.facts.io.outputs)
        texts = encode(results)
        if self.is_instance:
            task.parent.task_spec.keep(task, texts)
        task.course.variables.propagate(task.outer_scope(), texts)
        if self.is_instance:
            task.parent.task_spec.foresee(task.parent, task)

    def select(self, task: CaseTask) -> list[SequenceFlow]:
        """Choose the ways out: all of them, but for gateways."""
        return self.flows

    def _on_complete(self, my_task: CaseTask) -> None:
        workflow = my_task.workflow
        self._on_complete_hook(my_task)
        if not self.is_instance and "compensates" not in my_task.internal_data:
            self.remember(my_task)
        self.tidy(my_task)
        my_task.release()
        self.go_on(my_task)
        workflow.top_workflow.compensation.handler_done(my_task)
        workflow.close_if_done()

    def go_on(self, task: CaseTask) -> None:
        """Send a token along each chosen way out."""
        if self.is_instance or "compensates" in task.internal_data:
            return
        specs = task.workflow.spec.task_specs
        born = []
        for flow in task.chosen:
            token = CaseTask(task.workflow, specs[flow.target])
            token.arrived_by = flow.id
            self.born(task, token)
            born.append(token)
        for token in born:
            if token.is_live:
                token.task_spec._update(token)

    def born(self, task: CaseTask, token: CaseTask) -> None:
        """Do nothing more with a *token* that *task* sends on."""

    def remember(self, task: CaseTask) -> None:
        """Note that this activity can be compensated."""
        if self.handler is not None:
            task.workflow.top_workflow.compensation.record(task, self.handler)

    def tidy(self, task: CaseTask) -> None:
        """Do nothing more when a token leaves."""

    def _on_cancel(self, my_task: CaseTask) -> None:
        """Do nothing more: the token itself goes."""

    def recall(self, task: CaseTask) -> None:
        """Write in the journal that a waiting element was cut off."""
        task.tell("cancelled")


def mapped_values(task: CaseTask, lines: tuple[Mapped, ...]) -> dict[str, object]:
    """Evaluate the lines of a mapping."""
    expressions, view = task.course.expressions, task.view()
    return {
        line.target: None if line.source is None else expressions.of(line.source, view)
        for line in lines
    }


def holds(
    task: CaseTask, condition: Feel, extra: Mapping[str, Value] | None = None
) -> bool:
    """Tell whether a condition is true; null counts as false.

    Anything but a boolean is an obstacle: a wrong type must not choose a way.
    """
    answer = task.course.expressions.of(condition, task.view(**(extra or {})))
    if answer is None:
        return False
    if not isinstance(answer, bool):
        message = (
            f"De voorwaarde ‘{condition.source}’ geeft geen ja of nee: {shown(answer)}."
        )
        raise Obstacle(Cause.EXPRESSION, message)
    return answer
