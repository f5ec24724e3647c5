"""One question to a graph of decisions, and the records that it leaves."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn import functions
from engine.dmn.nodes import Key, Kind, Node
from engine.dmn.reader import Graph
from engine.dmn.scope import BUDGET, Run
from engine.dmn.types import coerce
from engine.feel.budget import Meter
from engine.feel.run import Clock
from engine.feel.values import Value

MAX_RECORDS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one decision saw and gave, for the journal.

    A business knowledge model with a table leaves a record for each call.

    *inputs* are labels with values; *rules* the numbers (from 1) and ids of
    the rules that matched; *remarks* tell in Dutch which values became null
    because they were not of their type.
    """

    decision_id: str
    decision_name: str
    inputs: tuple[tuple[str, Value], ...]
    rules: tuple[tuple[int, str], ...]
    outputs: Value
    remarks: tuple[str, ...] = ()


class Session:
    """One evaluation: each decision at most once, in the order of need."""

    def __init__(
        self, graph: Graph, context: Mapping[str, Value], clock: Clock | None
    ) -> None:
        self._graph = graph
        self._context = dict(context)
        self._clock = clock
        self._known: dict[Key, Value] = {}
        self._meter = Meter(BUDGET)
        self.records: list[Record] = []

    def result(self, node: Node) -> Value:
        """Return the value of *node*, computed once."""
        if node.key not in self._known:
            self._known[node.key] = _VALUES[node.kind](self, node)
        return self._known[node.key]

    def decision(self, node: Node) -> Value:
        """Evaluate a decision and write its record."""
        needed = self._needed(node)
        run = self._run(node)
        raw = node.evaluate(self.scope(node), run) if node.evaluate else None
        value, fits = coerce(raw, node.type)
        if not fits:
            run.remarks.append("Het resultaat past niet bij het type en werd null.")
        self._remember(_record(node, run, tuple(needed.items()), value))
        return value

    def _run(self, node: Node) -> Run:
        return Run(decision=node.name, clock=self._clock, meter=self._meter)

    def _remember(self, record: Record) -> None:
        if len(self.records) < MAX_RECORDS:
            self.records.append(record)

    def _needed(self, node: Node) -> dict[str, Value]:
        """Return what the decision reads: variables, inputs and other decisions."""
        required = [self._graph[one.key] for one in node.requires]
        values = {
            one: self._context[one] for one in sorted(node.free & self._context.keys())
        }
        for one in required:
            if one.kind in {Kind.INPUT, Kind.DECISION}:
                value = self.result(one)
                for name in one.names:
                    values.pop(name, None)
                values[one.name] = value
        return values

    def scope(self, node: Node) -> dict[str, Value]:
        """Return the names that the logic of *node* may use."""
        context = {} if node.kind is Kind.KNOWLEDGE else dict(self._context)
        for requirement in node.requires:
            target = self._graph[requirement.key]
            bound = dict.fromkeys(reversed(target.names), self._bound(target))
            if requirement.prefix:
                own = context.get(requirement.prefix)
                bound = {**(own if isinstance(own, dict) else {}), **bound}
                context[requirement.prefix] = bound
            else:
                context.update(bound)
        return context

    def _bound(self, target: Node) -> Value:
        if target.kind is Kind.SERVICE:
            return self.service_function(target)
        return self.result(target)

    def input(self, node: Node) -> Value:
        """Return the given value of an input, made to conform."""
        name = next((name for name in node.names if name in self._context), None)
        return None if name is None else coerce(self._context[name], node.type)[0]

    def knowledge(self, node: Node) -> Value:
        """Return a business knowledge model as a function."""
        body = node.evaluate or (lambda _context, _run: None)

        def call(context: Mapping[str, Value], _outer: Run) -> Value:
            run = self._run(node)
            value = coerce(body({**self.scope(node), **context}, run), node.type)[0]
            if run.hits:
                self._remember(_record(node, run, (), value))
            return value

        return functions.closure(node.parameters, call, {}, self._run(node))

    def service(self, node: Node) -> Value:
        """Evaluate a decision service on the given context."""
        given = {one: self._given(self._graph[one]) for one in node.arguments}
        return self._serve(node, given)

    def _given(self, node: Node) -> Value:
        if node.kind is Kind.INPUT or any(name in self._context for name in node.names):
            return self.input(node)
        return self.result(node)

    def service_function(self, node: Node) -> Value:
        """Return a decision service as a function of its inputs."""
        names = [parameter.name for parameter in node.parameters]

        def call(context: Mapping[str, Value], _run: Run) -> Value:
            values = (context.get(name) for name in names)
            return self._serve(node, dict(zip(node.arguments, values, strict=True)))

        return functions.closure(node.parameters, call, {}, self._run(node))

    def _serve(self, node: Node, given: Mapping[Key, Value]) -> Value:
        inner = Session(self._graph, {}, self._clock)
        inner.records = self.records
        inner._meter = self._meter
        for key, value in given.items():
            inner._known[key] = coerce(value, self._graph[key].type)[0]
        results = {
            self._graph[key].names[0]: inner.result(self._graph[key])
            for key in node.outputs
        }
        value = next(iter(results.values())) if len(results) == 1 else results
        return coerce(value, node.type)[0]


_VALUES = {
    Kind.DECISION: Session.decision,
    Kind.INPUT: Session.input,
    Kind.KNOWLEDGE: Session.knowledge,
    Kind.SERVICE: Session.service,
}


def _record(
    node: Node, run: Run, needed: tuple[tuple[str, Value], ...], value: Value
) -> Record:
    inputs = tuple(pair for hits in run.hits for pair in hits.inputs)
    return Record(
        decision_id=node.id,
        decision_name=node.name,
        inputs=inputs or needed,
        rules=tuple(rule for hits in run.hits for rule in hits.rules),
        outputs=value,
        remarks=tuple(run.remarks),
    )
