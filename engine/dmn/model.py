"""Decisions, ready to be evaluated."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dmn.errors import DecisionError
from engine.dmn.nodes import Key, Kind, Node
from engine.dmn.reader import Graph, read
from engine.dmn.session import Record, Session
from engine.errors import DefinitionRefusedError, NotFoundError
from engine.feel import FeelError
from engine.feel.run import Clock
from engine.feel.values import Value, from_python
from engine.model import Finding, Severity

_WHAT = "Beslissing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """The result of a decision, with a record of each decision on the way."""

    value: Value
    records: tuple[Record, ...]


class Model:
    """The decisions of one or more files; immutable, safe to share and to cache."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        callable_kinds = (Kind.SERVICE, Kind.DECISION)
        roots = [node for node in graph.values() if node.kind in callable_kinds]
        self._roots = {node.name: node for node in roots}
        self._roots |= {node.id: node for node in roots}

    @property
    def decisions(self) -> Mapping[str, str]:
        """Return the name of each decision by its id."""
        return {
            node.id: node.name
            for node in self._graph.values()
            if node.kind is Kind.DECISION
        }

    def variables(self, decision: str) -> frozenset[str]:
        """Return all names that *decision* may read from the context it is given.

        The decisions that it requires are included; their own results are not.
        A context of these names gives the same answer as a larger one.
        """
        start = self._find(decision)
        names = {name for key in start.arguments for name in self._graph[key].names}
        for node in _closure(self._graph, start):
            names |= node.free - self._bound(node)
            names.update(node.names if node.kind is Kind.INPUT else ())
        return frozenset(names)

    def _bound(self, node: Node) -> frozenset[str]:
        """Return the names that the requirements of *node* give, inputs apart."""
        required = [(self._graph[one.key], one.prefix) for one in node.requires]
        return frozenset(
            name
            for target, prefix in required
            if target.kind is not Kind.INPUT
            for name in ((prefix,) if prefix else target.names)
        )

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
        session = Session(self._graph, given, clock)
        try:
            value = session.result(node)
        except (FeelError, RecursionError) as error:
            raise DecisionError(node.name, str(error)) from error
        return Evaluation(value=value, records=tuple(session.records))

    def _find(self, decision: str) -> Node:
        try:
            return self._roots[decision]
        except KeyError:
            raise NotFoundError(_WHAT, decision) from None


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
