"""Undoing finished activities: last one first, with the data of then.

What a handler reads is a snapshot, taken when its activity was finished; what
it writes goes to the variables of today.
"""

from dataclasses import asdict

from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState as State

from engine.spiff.frame import Frame
from engine.spiff.record import Record, SavedRecord
from engine.spiff.task import CaseTask


class Compensation:
    """Records what can be undone in a case, and undoes it."""

    def __init__(self, case: BpmnWorkflow) -> None:
        self._case = case

    def record(self, task: CaseTask, handler: str) -> None:
        """Note that *task* can be undone by *handler*."""
        snapshot = task.course.variables.visible(task.scope)
        name = task.task_spec.name
        task.workflow.records.append(
            Record(activity=name, runs=handler, snapshot=snapshot)
        )

    def record_frame(self, task: CaseTask, frame: Frame) -> None:
        """Note what can be undone inside a finished sub-process."""
        if not frame.records and frame.spec.compensator is None:
            return
        name = task.task_spec.name
        snapshot = dict(task.course.variables.scopes[frame.scope].texts)
        task.workflow.records.append(
            Record(activity=name, runs=name, snapshot=snapshot, inner=frame.records)
        )

    def throw(self, task: CaseTask, activity: str | None) -> bool | None:
        """Undo *activity*, or all of the frame; True when all is undone.

        While it lasts the thrower waits: None.
        """
        if "undone" in task.internal_data:
            return True
        frame = task.workflow
        while frame.is_handler:
            frame = frame.host.workflow
        found = [r for r in frame.records if activity in {None, r.activity}]
        frame.records = [r for r in frame.records if r not in found]
        self._plan(task, frame, found)
        return self.go_on(task)

    def begin_inside(self, frame: Frame, inner: list[SavedRecord]) -> None:
        """Undo a finished sub-process that was opened again for it.

        Its own event sub-process for compensation does it, when it has one.
        """
        frame.records = [Record.of(one) for one in inner]
        todo, compensator = frame.records, frame.spec.compensator
        if compensator is None:
            frame.records = []
        else:
            todo = [Record(activity=compensator, runs=compensator)]
        token = CaseTask(frame, frame.spec.start)
        self._plan(token, frame, todo)
        token.task_spec._update(token)

    def _plan(self, task: CaseTask, frame: Frame, records: list[Record]) -> None:
        task.internal_data["undo"] = [asdict(record) for record in records]
        task.internal_data["undo_in"] = frame.host.id if frame.host else None

    def go_on(self, task: CaseTask) -> bool | None:
        """Run the next handler; True when none is left."""
        todo = task.internal_data["undo"]
        if not todo:
            task.internal_data["undone"] = True
            return True
        self._run(task, Record.of(todo.pop()))
        return None

    def _run(self, thrower: CaseTask, record: Record) -> None:
        host = thrower.internal_data["undo_in"]
        frame = self._case if host is None else self._case.subprocesses[host]
        token = CaseTask(frame, frame.spec.task_specs[record.runs])
        token.internal_data["compensates"] = thrower.id
        if record.inner is not None:
            token.internal_data["undo_inside"] = [asdict(one) for one in record.inner]
        variables = token.course.variables
        scope = token.own_scope()
        for name, text in record.snapshot.items():
            variables.put(scope, name, text)
        variables.scopes[scope].frozen = record.inner is None
        token.tell("compensating")
        token.task_spec._update(token)

    def handler_done(self, task: CaseTask) -> None:
        """Go on undoing after a handler, or let the thrower go on."""
        thrower = self._case.tokens.get(task.internal_data.get("compensates"))
        if thrower is None or thrower._state != State.STARTED:
            return
        if self.go_on(thrower):
            thrower._set_state(State.READY)
