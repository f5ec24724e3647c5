"""Gateways, conditions and default flows."""

from collections.abc import Iterator

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.dialect import condition
from engine.spiff.event import definitions, kind
from engine.spiff.graph import Graph
from engine.spiff.xml import Element, child, identifier, local

_DECIDE = frozenset({"exclusiveGateway", "inclusiveGateway"})
_AWAITED = frozenset({"message", "signal", "timer", "conditional"})


def gateways(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Check that each split knows where to go."""
    for graph in diagram.graphs:
        for key, node in graph.nodes.items():
            yield from _default(diagram, graph, key, node)
            if local(node) == "eventBasedGateway":
                yield from _event_based(diagram, graph, key, node)
            else:
                yield from _conditions(diagram, graph, key, node)


def _default(
    diagram: Diagram, graph: Graph, key: str, node: Element
) -> Iterator[Finding]:
    default = node.get("default")
    if not default:
        return
    flow = next((f for f in graph.outgoing[key] if identifier(f) == default), None)
    if flow is None:
        yield diagram.finding(node, "unknown_default", ref=default)
    elif condition(flow) is not None:
        yield diagram.finding(flow, "default_with_condition")
    elif local(node) not in _DECIDE and not any(
        condition(other) for other in graph.outgoing[key]
    ):
        yield diagram.finding(node, "default_without_choice")


def _conditions(
    diagram: Diagram, graph: Graph, key: str, node: Element
) -> Iterator[Finding]:
    outgoing = graph.outgoing[key]
    for flow in outgoing:
        written = child(flow, "conditionExpression") is not None
        if written and condition(flow) is None:
            yield diagram.finding(flow, "empty_condition")
        elif written and local(node) == "parallelGateway":
            yield diagram.finding(flow, "condition_after_parallel")
    if not outgoing or node.get("default"):
        return
    bare = [flow for flow in outgoing if condition(flow) is None]
    if local(node) == "exclusiveGateway":
        yield from _exclusive(diagram, node, outgoing, bare)
    elif not bare:
        code = "gateway_without_default"
        if local(node) not in _DECIDE:
            code = "task_without_default"
        yield diagram.finding(node, code)


def _exclusive(
    diagram: Diagram, node: Element, outgoing: list[Element], bare: list[Element]
) -> Iterator[Finding]:
    if not bare:
        yield diagram.finding(node, "gateway_without_default")
    elif len(outgoing) > 1 and bare != [outgoing[-1]]:
        for flow in bare:
            yield diagram.finding(flow, "flow_without_condition")
    elif len(outgoing) > 1:
        yield diagram.finding(bare[0], "assumed_default")


def _event_based(
    diagram: Diagram, graph: Graph, key: str, node: Element
) -> Iterator[Finding]:
    if not graph.outgoing[key]:
        yield diagram.finding(node, "event_gateway_without_events")
    for flow in graph.outgoing[key]:
        if child(flow, "conditionExpression") is not None:
            yield diagram.finding(flow, "condition_after_event_gateway")
        target = graph.nodes[flow.get("targetRef", "")]
        if not _waits(target):
            yield diagram.finding(target, "event_gateway_target", gateway=key)
        elif len(graph.incoming[identifier(target)]) > 1:
            yield diagram.finding(target, "event_gateway_target_shared", gateway=key)


def _waits(node: Element) -> bool:
    if local(node) == "receiveTask":
        return True
    return local(node) == "intermediateCatchEvent" and all(
        kind(definition) in _AWAITED for definition in definitions(node)
    )
