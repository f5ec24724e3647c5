"""Activities: work for people, scripts, decisions and services."""

from collections.abc import Mapping

from SpiffWorkflow.bpmn.specs.defaults import (
    ManualTask,
    NoneTask,
    ScriptTask,
    ServiceTask,
    UserTask,
)

from engine.errors import BpmnError
from engine.spiff.assignment import task_opened
from engine.spiff.flow import Flow, certain
from engine.spiff.obstacle import Cause, Obstacle
from engine.spiff.task import CaseTask
from engine.spiff.variables import encode
from engine.step import JobCreated, ServiceRequest

LONGEST_REASON = 500


class User(Flow, UserTask):
    """Waits for a person, who completes it with the data of a form."""

    waits_for_person = True

    def _on_ready_hook(self, my_task: CaseTask) -> None:
        """Open the task with the facts as they are now."""
        opened = task_opened(my_task, self.drawn)
        my_task.course.effects.announce(my_task.id, opened)

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        my_task.tell("completed")
        return True


class Manual(User, ManualTask):
    """A manual task waits for a person as well: somebody says that it is done."""


class Undetermined(Flow, NoneTask):
    """A plain task does nothing, as an engine must for a kind it isn't told.

    Upstream makes a person wait for it.
    """


class Script(Flow, ScriptTask):
    """Evaluates a FEEL expression into a variable."""

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        script = certain(self.drawn.facts.script)
        value = my_task.course.expressions.of(script.expression, my_task.view())
        if script.result_variable:
            self.give(my_task, encode({script.result_variable: value}))
        return True


class Rule(Flow, ScriptTask):
    """Evaluates a decision into a variable; its record goes into the journal."""

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        called = certain(self.drawn.facts.called_decision)
        frame = my_task.workflow
        value, records = frame.spec.decisions.decide(
            called.decision_id, my_task.view(), my_task.course
        )
        for facts in records:
            my_task.tell("decision", facts)
        if called.result_variable:
            self.give(my_task, encode({called.result_variable: value}))
        return True


class Service(Flow, ServiceTask):
    """Calls a registered service inside the step, or leaves it as a job."""

    def _run_hook(self, my_task: CaseTask) -> bool | None:
        if my_task.internal_data.pop("job_done", False):
            return True
        task = certain(self.drawn.facts.task)
        try:
            is_job = my_task.course.world.is_job(task.type)
        except KeyError as error:
            text = f"De dienst ‘{task.type}’ bestaat niet."
            raise Obstacle(Cause.SERVICE, text) from error
        if is_job:
            self._leave_job(my_task)
            return None
        self.give(my_task, encode(self._call(my_task)))
        return True

    def _call(self, task: CaseTask) -> Mapping[str, object]:
        facts = certain(self.drawn.facts.task)
        request = ServiceRequest(
            type=facts.type,
            token=task.id,
            element_id=self.drawn.id,
            headers=facts.headers,
            inputs=task.course.expressions.decoded(self.input_texts(task)),
        )
        try:
            results = task.course.world.call(request)
        except (BpmnError, Obstacle):
            raise
        except Exception as error:
            # Whatever a service does wrong stops this token, not the case.
            reason = str(error)[:LONGEST_REASON] or type(error).__name__
            text = f"De dienst ‘{facts.type}’ mislukte: {reason}"
            raise Obstacle(Cause.SERVICE, text) from error
        task.tell("completed", {"type": facts.type})
        return results or {}

    def _leave_job(self, task: CaseTask) -> None:
        facts = certain(self.drawn.facts.task)
        task.course.effects.announce(
            task.id,
            JobCreated(
                token=task.id,
                element_id=self.drawn.id,
                type=facts.type,
                headers=facts.headers,
                inputs=self.input_texts(task),
                retries=facts.retries,
            ),
        )
