"""Sequence flows: where they may begin and end, and that each node is reached."""

from collections.abc import Iterator

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.event import SUFFIX, definitions
from engine.spiff.graph import Graph
from engine.spiff.nodes import (
    is_compensation_boundary,
    is_compensation_handler,
    is_event_subprocess,
    is_free,
    is_handler,
)
from engine.spiff.xml import Element, bpmn, child, children, identifier, local


def flows(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Check the flows, the links and the reachability of each scope."""
    everywhere = {key for graph in diagram.graphs for key in graph.nodes}
    for graph in diagram.graphs:
        yield from _dangling(diagram, graph, everywhere)
        yield from _forbidden(diagram, graph)
        yield from _links(diagram, graph)
        yield from _starts(diagram, graph)
        yield from _reach(diagram, graph)
        yield from _stores(diagram, graph)


def _dangling(
    diagram: Diagram, graph: Graph, everywhere: set[str]
) -> Iterator[Finding]:
    for flow in graph.dangling:
        for end in ("sourceRef", "targetRef"):
            key = flow.get(end, "")
            if key not in graph.nodes:
                code = "flow_crosses_scope" if key in everywhere else "dangling_flow"
                yield diagram.finding(flow, code, end=_ENDS[end], ref=key or "–")


_ENDS = {"sourceRef": "begin", "targetRef": "einde"}


def _forbidden(diagram: Diagram, graph: Graph) -> Iterator[Finding]:
    for key, node in graph.nodes.items():
        into, out = graph.incoming[key], graph.outgoing[key]
        if is_handler(node) and (out or into):
            yield diagram.finding((into + out)[0], "flow_at_handler", node=key)
        elif into and local(node) in {"startEvent", "boundaryEvent"}:
            yield diagram.finding(into[0], "flow_into_event", node=key)
        elif out and local(node) == "endEvent":
            yield diagram.finding(out[0], "flow_out_of_end", node=key)


def _links(diagram: Diagram, graph: Graph) -> Iterator[Finding]:
    catches: set[str] = set()
    throws: list[tuple[Element, str]] = []
    for key, node, name in _named_links(graph):
        throwing = local(node) != "intermediateCatchEvent"
        if not name:
            yield diagram.finding(node, "link_without_name")
        elif throwing:
            throws.append((node, name))
        elif name in catches:
            yield diagram.finding(node, "double_link", link=name)
        else:
            catches.add(name)
        if (graph.outgoing if throwing else graph.incoming)[key]:
            yield diagram.finding(node, "flow_at_link")
    for node, name in throws:
        if name not in catches:
            yield diagram.finding(node, "link_without_target", link=name)


def _named_links(graph: Graph) -> Iterator[tuple[str, Element, str]]:
    for key, node in graph.nodes.items():
        link = child(node, f"link{SUFFIX}")
        if link is not None:
            yield key, node, (link.get("name") or "").strip()


def starts_of(graph: Graph) -> list[Element]:
    """Return the start events of a scope."""
    return [node for node in graph.nodes.values() if local(node) == "startEvent"]


def _starts(diagram: Diagram, graph: Graph) -> Iterator[Finding]:
    starts = starts_of(graph)
    if is_event_subprocess(graph.element):
        if len(starts) != 1 or len(definitions(starts[0])) != 1:
            yield diagram.finding(graph.element, "event_subprocess_start")
        return
    plain = [node for node in starts if not definitions(node)]
    for extra in plain[1:]:
        yield diagram.finding(extra, "several_plain_starts", first=identifier(plain[0]))
    if local(graph.element) != "process":
        for node in starts:
            if definitions(node):
                yield diagram.finding(node, "event_start_in_subprocess")
    if not graph.nodes:
        yield diagram.finding(graph.element, "empty_scope")


def _is_link_target(node: Element) -> bool:
    return (
        local(node) == "intermediateCatchEvent"
        and child(node, f"link{SUFFIX}") is not None
    )


def _reach(diagram: Diagram, graph: Graph) -> Iterator[Finding]:
    starts = [identifier(node) for node in starts_of(graph)]
    first = starts or [
        key
        for key, node in graph.nodes.items()
        if is_free(node) and not graph.incoming[key] and not _is_link_target(node)
    ]
    aside = [key for key, node in graph.nodes.items() if is_handler(node)]
    reached = graph.reachable([*first, *aside], _jumps(graph))
    for key, node in graph.nodes.items():
        if key not in reached and not _unhosted(node, graph):
            yield diagram.finding(node, "unreachable")


def _unhosted(node: Element, graph: Graph) -> bool:
    """Tell whether *node* is a boundary event of an unknown host: another finding."""
    return (
        local(node) == "boundaryEvent"
        and node.get("attachedToRef", "") not in graph.nodes
    )


def _jumps(graph: Graph) -> dict[str, str]:
    """Map each throwing link to the node that catches it."""
    links = list(_named_links(graph))
    catches = {name: key for key, node, name in links if _is_link_target(node)}
    return {
        key: catches[name]
        for key, node, name in links
        if name in catches and not _is_link_target(node)
    }


def _stores(diagram: Diagram, graph: Graph) -> Iterator[Finding]:
    stores = {identifier(e) for e in children(graph.element, "dataStoreReference")}
    if not stores:
        return
    for node in graph.nodes.values():
        for reference in node.iter(bpmn("sourceRef"), bpmn("targetRef")):
            if (reference.text or "").strip() in stores:
                yield diagram.finding(node, "data_store_flow")


def associated(graph: Graph) -> dict[str, list[str]]:
    """Map each source of an association to its targets."""
    found: dict[str, list[str]] = {}
    for association in children(graph.element, "association"):
        found.setdefault(association.get("sourceRef", ""), []).append(
            association.get("targetRef", "")
        )
    return found


def compensations(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Check that each undo activity hangs on exactly one boundary event."""
    for graph in diagram.graphs:
        leads = associated(graph)
        handled: set[str] = set()
        for key, node in graph.nodes.items():
            if not is_compensation_boundary(node):
                continue
            handlers = [
                target
                for target in leads.get(key, ())
                if target in graph.nodes
                and is_compensation_handler(graph.nodes[target])
            ]
            handled.update(handlers)
            if len(handlers) != 1:
                yield diagram.finding(node, "compensation_without_handler")
        for key, node in graph.nodes.items():
            if is_compensation_handler(node) and key not in handled:
                yield diagram.finding(node, "handler_without_boundary")
