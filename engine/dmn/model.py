"""Decisions, ready to be evaluated."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn import functions
from engine.dmn.errors import DecisionError
from engine.dmn.nodes import Key, Kind, Node
from engine.dmn.reader import Graph, read
from engine.dmn.scope import BUDGET, Run
from engine.dmn.types import coerce
from engine.errors import DefinitionRefusedError, NotFoundError
from engine.feel import FeelError
from engine.feel.budget import Meter
from engine.feel.run import Clock
from engine.feel.values import Value, from_python
from engine.model import Finding, Severity

MAX_RECORDS = 1_000
_KIND_NAME = "Beslissing"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The result of a decision, with a record of each decision on the way."""

    value: Value
    records: tuple[Record, ...]


class Model:
    """The decisions of one or more files; immutable, safe to share and to cache."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._roots = {
            name: node
            for kind in (Kind.SERVICE, Kind.DECISION)
            for attribute in ("name", "id")
            for node in graph.values()
            if node.kind is kind
            for name in [getattr(node, attribute)]
        }

    @property
    def decisions(self) -> Mapping[str, str]:
        """Return the name of each decision by its id."""
        return {
            node.id: node.name
            for node in self._graph.values()
            if node.kind is Kind.DECISION
        }

    def variables(self, decision: str) -> frozenset[str]:
        """Return the names that *decision* reads from the context it is given.

        The decisions that it requires are included; their own results are not.
        """
        own = self._find(decision)
        names: set[str] = set()
        bound: set[str] = set()
        for node in _closure(self._graph, own):
            names.update(node.free)
            bound.update(node.names if node.kind is not Kind.INPUT else ())
        return frozenset(names - bound)

    def evaluate(
        self,
        decision: str,
        context: Mapping[str, object],
        *,
        clock: Clock | None = None,
    ) -> Evaluation:
        """Evaluate a decision or decision service by id or name.

        *context* holds FEEL values by name. Raises ``NotFoundError`` for an
        unknown decision and ``DecisionError`` when there is no answer: two
        rules of a UNIQUE table match, a value that is not allowed. *clock*
        gives the moment, aware, for ``now()`` and ``today()``.
        """
        node = self._find(decision)
        given = {name: from_python(value) for name, value in context.items()}
        session = _Session(self._graph, given, clock)
        try:
            value = session.result(node)
        except (FeelError, RecursionError) as error:
            raise DecisionError(node.name, str(error)) from error
        return Evaluation(value=value, records=tuple(session.records))

    def _find(self, decision: str) -> Node:
        try:
            return self._roots[decision]
        except KeyError:
            raise NotFoundError(_KIND_NAME, decision) from None


def load(*files: bytes) -> Model:
    """Compile DMN files; raise ``DefinitionRefusedError`` with all findings."""
    named = {f"bestand {n}": content for n, content in enumerate(files, 1)}
    graph, findings = read(named)
    if any(finding.severity is Severity.ERROR for finding in findings):
        raise DefinitionRefusedError(tuple(findings))
    return Model(graph)


def check(
    name: str, content: bytes, others: Mapping[str, bytes] | None = None
) -> list[Finding]:
    """Return the findings on one file; *others* are the files it may refer to."""
    _, findings = read({**(others or {}), name: content})
    return [finding for finding in findings if finding.file == name]


def _closure(graph: Graph, start: Node) -> list[Node]:
    found: dict[Key, Node] = {}
    waiting = [start.key]
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = graph[key]
            waiting.extend(one.key for one in graph[key].requires)
            waiting.extend(graph[key].outputs)
    return list(found.values())


class _Session:
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
        inner = _Session(self._graph, {}, self._clock)
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
    Kind.DECISION: _Session.decision,
    Kind.INPUT: _Session.input,
    Kind.KNOWLEDGE: _Session.knowledge,
    Kind.SERVICE: _Session.service,
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
