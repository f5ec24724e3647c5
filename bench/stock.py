"""Stock SpiffWorkflow with its own parser and JSON serializer, one row per case.

It is used as its documentation shows: the whole state is read, made into an
object, advanced, made into JSON and written, in one transaction. Its limits
are lifted, as it stops by itself after 250 rounds (197 with the timer).
"""

import sys
from contextlib import contextmanager

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.util.task import BpmnTaskIterator
from SpiffWorkflow.util.task import TaskIterator, TaskState

from bench.loop import DATA
from tests.unit.engine.spiff.drawing import (
    boundary,
    chain,
    diagram,
    end,
    flow,
    node,
    process,
    start,
    timer,
    user,
)

DEEP = 1_000_000
SERIALIZER = BpmnWorkflowSerializer()


@contextmanager
def without_limits():
    """Let cases grow beyond 1,000 tasks for a while."""
    starts = [one.__init__ for one in (TaskIterator, BpmnTaskIterator)]
    before = sys.getrecursionlimit(), [one.__defaults__ for one in starts]
    sys.setrecursionlimit(100_000)
    for one in starts:
        one.__defaults__ = tuple(DEEP if d == 1000 else d for d in one.__defaults__)
    yield
    sys.setrecursionlimit(before[0])
    for one, given in zip(starts, before[1], strict=True):
        one.__defaults__ = given


def drawing():
    """Draw the loop of ``bench.loop`` in the words of the stock parser."""
    return process(
        start(),
        node("exclusiveGateway", "again"),
        user("work"),
        boundary("late", "work", timer(text='"P14D"')),
        node("exclusiveGateway", "done", default="done_again"),
        end(),
        end("late_end"),
        chain("s", "again", "work", "done"),
        flow("done", "again"),
        flow("done", "e", "result == 'stop'"),
        flow("late", "late_end"),
    )


def begun(rounds):
    """Return the JSON of a case after *rounds* rounds."""
    parser = BpmnParser()
    parser.add_bpmn_str(diagram(drawing()))
    flowing = BpmnWorkflow(parser.get_spec("p"), parser.get_subprocess_specs("p"))
    flowing.do_engine_steps()
    _ready(flowing).data.update(DATA)
    for _ in range(rounds):
        advance(flowing)
    return SERIALIZER.serialize_json(flowing)


def advance(flowing):
    """Complete the ready task."""
    task = _ready(flowing)
    task.data["result"] = "again"
    task.run()
    flowing.do_engine_steps()


def _ready(flowing):
    tasks = flowing.tasks.values()
    return next(t for t in tasks if t.state == TaskState.READY and t.task_spec.manual)


def complete(row):
    """Complete durably: read the row, advance, write the row, commit."""
    with row.transaction() as text:
        flowing = SERIALIZER.deserialize_json(text.read())
        advance(flowing)
        text.write(SERIALIZER.serialize_json(flowing))
