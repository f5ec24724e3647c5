"""The cost of one step of the runner in memory, young against old.

A case with some data goes round a loop: a user task with a boundary timer, a
script, a gateway. A step is what a completion costs without a database: restore
the state, complete the task, run until all rests, write the state.
"""

from bench.row import Spent, ratio_row, spent_row
from bench.timing import timed
from engine.model import Bundle
from engine.spiff.runner import SpiffRunner
from engine.step import Complete, Saved, Start, World
from engine.testing import NEW_YEAR, Anything

TITLE = "A step of the runner in memory"
SAMPLES = 200
LOOP = """\
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="n">
<process id="p" isExecutable="true">
<startEvent id="s"/><userTask id="u"/>
<boundaryEvent id="b" attachedToRef="u" cancelActivity="false"><timerEventDefinition>
<timeDuration>P30D</timeDuration></timerEventDefinition></boundaryEvent>
<endEvent id="late"/><scriptTask id="c"><extensionElements>
<zeebe:script expression="=n + 1" resultVariable="n"/></extensionElements></scriptTask>
<exclusiveGateway id="x" default="f6"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="u"/>
<sequenceFlow id="f2" sourceRef="u" targetRef="c"/>
<sequenceFlow id="f3" sourceRef="c" targetRef="x"/>
<sequenceFlow id="f4" sourceRef="x" targetRef="u"><conditionExpression>=n &lt; 99999
</conditionExpression></sequenceFlow>
<sequenceFlow id="f5" sourceRef="b" targetRef="late"/>
<sequenceFlow id="f6" sourceRef="x" targetRef="e"/>
</process></definitions>"""
MANY = """\
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="n">
<process id="p" isExecutable="true"><startEvent id="s"/><userTask id="u">
<multiInstanceLoopCharacteristics id="l"><extensionElements>
<zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/>
</extensionElements></multiInstanceLoopCharacteristics></userTask><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="u"/>
<sequenceFlow id="f2" sourceRef="u" targetRef="e"/></process></definitions>"""
DATA = {f"field_{n}": {"label": f"Label {n}", "value": "x" * 60} for n in range(12)}


class Bench:
    """One case, its state and its variables as the database would hold them."""

    def __init__(self, content, data):
        self.runner = SpiffRunner()
        bundle = Bundle(key="bench", files={"p.bpmn": content.encode()})
        self.bundle = self.runner.compile(bundle, Anything())
        self.world = World(now=NEW_YEAR, call=lambda _: {}, is_job=lambda _: False)
        self.variables = {}
        self.saved = None
        self.round = -1
        self.do(Start(process_id="p", variables=data))

    def do(self, command):
        """Carry out one command; return the milliseconds of the step alone."""
        made = []
        spent = timed(lambda: made.append(self._advance(command)))
        (step,) = made
        for scope in step.closed_scopes:
            self.variables.pop(scope, None)
        for (scope, name), text in step.changed.items():
            self.variables.setdefault(scope, {})[name] = text
        self.saved = Saved(state=step.state, variables=self.variables)
        self.step = step
        self.round += 1
        return spent

    def at(self, age, samples):
        """Return what steps take from round *age* on, and the bytes of the state."""
        while self.round < age:
            self.do(self._complete())
        spent = self.spent([None] * samples)
        return spent, len(self.saved.state)

    def spent(self, tokens):
        """Complete the tasks of *tokens*; None stands for the one that is open."""
        pairs = [self.do(self._complete(token)) for token in tokens]
        walls, cpus = zip(*pairs, strict=True)
        return Spent(wall=list(walls), cpu=list(cpus))

    def _complete(self, token=None):
        return Complete(token=token or self.step.opened[0].token)

    def _advance(self, command):
        return self.runner.advance(
            self.bundle, self.saved, command, self.world, lambda _: None
        )


def measure(place):
    """Measure a case as it ages, and one among ever more parallel tasks."""
    young, old = place.size((10, 1_000), (2, 4))
    samples = place.size(SAMPLES, 2)
    bench = Bench(LOOP, {"n": 0, **DATA})
    found = {age: bench.at(age, samples) for age in (young, old)}
    for age, (spent, length) in found.items():
        what = f"a step in loop round {age:,}, state of {length} bytes"
        yield spent_row(what, spent)
    what = f"round {old:,} against round {young}"
    yield ratio_row(what, found[old][0], found[young][0], 1.2)
    for count in place.size((10, 500), (2, 4)):
        spent, length = many(count)
        what = f"a step beside {count} parallel tasks, state of {length} bytes"
        yield spent_row(what, spent)


def many(count):
    """Return what a step takes beside *count* open tasks, and the bytes."""
    bench = Bench(MANY, {"items": list(range(count)), **DATA})
    tokens = [task.token for task in bench.step.opened]
    return bench.spent(tokens[: count // 2]), len(bench.saved.state)
