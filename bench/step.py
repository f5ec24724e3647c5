"""The cost of one step of the runner in memory, young against old.

A case with some data goes round a loop: a user task with a boundary timer, a
script, a gateway. A step is what a completion costs without a database: restore
the state, complete the task, run until all rests, write the state. Run it with
``python -m bench.step``.
"""

from statistics import median
from time import perf_counter

from engine.feel.codec import dumps
from engine.model import Bundle
from engine.spiff.runner import SpiffRunner
from engine.step import Complete, Saved, Start, World
from engine.testing import NEW_YEAR, Anything

AGES = (10, 100, 500, 1000)
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
        self.do(Start(process_id="p", variables=data))

    def do(self, command):
        """Carry out one command; return the seconds of the step alone."""
        before = perf_counter()
        step = self.runner.advance(
            self.bundle, self.saved, command, self.world, lambda _: None
        )
        spent = perf_counter() - before
        for scope in step.closed_scopes:
            self.variables.pop(scope, None)
        for (scope, name), text in step.changed.items():
            self.variables.setdefault(scope, {})[name] = text
        self.saved = Saved(state=step.state, variables=self.variables)
        self.step = step
        return spent


def loop_at(ages):
    """Return the milliseconds of a step and the bytes of the state at each age."""
    bench = Bench(LOOP, {"n": 0, **DATA})
    found = {}
    for age in range(1, max(ages) + SAMPLES):
        spent = bench.do(Complete(token=bench.step.opened[0].token))
        for start in ages:
            if start <= age < start + SAMPLES:
                found.setdefault(start, []).append((spent, len(bench.saved.state)))
    return {
        age: (1000 * median(s for s, _ in samples), max(b for _, b in samples))
        for age, samples in found.items()
    }


def many(count):
    """Return the milliseconds and bytes of a step beside *count* open instances."""
    bench = Bench(MANY, {"items": list(range(count)), **DATA})
    tokens = [task.token for task in bench.step.opened]
    spent = [bench.do(Complete(token=token)) for token in tokens[: count // 2]]
    return 1000 * median(spent), len(bench.saved.state)


def main():
    size = sum(len(dumps(value)) for value in DATA.values())
    print(f"case data {size} bytes; median of {SAMPLES} steps, in memory")
    rounds = loop_at(AGES)
    for age, (spent, length) in rounds.items():
        print(f"loop round {age:5}: {spent:.3f} ms, state {length} bytes")
    ratio = rounds[AGES[-1]][0] / rounds[AGES[0]][0]
    print(f"round {AGES[-1]} against round {AGES[0]}: {ratio:.2f} x")
    for count in (10, 100, 500):
        spent, length = many(count)
        print(f"{count:4} parallel instances: {spent:.3f} ms, state {length} bytes")


if __name__ == "__main__":
    main()
