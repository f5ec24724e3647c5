"""Events: which kind may happen where, and what it must name."""

from collections.abc import Iterator

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.event import TIMES, definitions, kind
from engine.spiff.graph import Graph
from engine.spiff.nodes import (
    ACTIVITIES,
    CATCHES,
    EVENTS,
    THROWS,
    is_event_subprocess,
    is_handler,
)
from engine.spiff.texts import feel, value
from engine.spiff.xml import Element, child, child_text, children, flag, local

ALLOWED = {
    "startEvent": "message signal timer conditional error escalation compensate",
    "endEvent": "message signal error escalation terminate cancel compensate",
    "intermediateCatchEvent": "message signal timer conditional link",
    "intermediateThrowEvent": "message signal escalation link compensate",
    "boundaryEvent": (
        "message signal timer conditional error escalation cancel compensate"
    ),
}
"""The kinds of event that run, per kind of node."""

_ONLY_HANDLERS = frozenset({"error", "escalation", "compensate", "conditional"})
"""Kinds that nothing outside of a running case can start a process with."""
_COMBINABLE = {
    True: frozenset({"message", "signal", "timer", "conditional"}),
    False: frozenset({"message", "signal", "escalation"}),
}
_NAMED = {"message": "messages", "signal": "signals"}
_CODED = {"error": "errors", "escalation": "escalations"}


def occurrences(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Check each event node and its definitions."""
    for graph in diagram.graphs:
        for node in graph.nodes.values():
            if local(node) in EVENTS:
                yield from _node(diagram, graph, node)


def _node(diagram: Diagram, graph: Graph, node: Element) -> Iterator[Finding]:
    if child(node, "eventDefinitionRef") is not None:
        yield diagram.finding(node, "unknown_event_reference")
        return
    found = definitions(node)
    kinds = [kind(definition) for definition in found]
    if not found and local(node) in {"boundaryEvent", "intermediateCatchEvent"}:
        yield diagram.finding(node, "catches_nothing")
    for definition in found:
        if kind(definition) in ALLOWED[local(node)].split():
            yield from _definition(diagram, graph, node, definition)
        else:
            yield diagram.finding(node, "event_not_allowed", kind=kind(definition))
    if local(node) == "startEvent" and flag(node, "parallelMultiple"):
        yield diagram.finding(node, "start_needs_all")
    catching = local(node) in CATCHES
    if len(kinds) > 1 and not set(kinds) <= _COMBINABLE[catching]:
        yield diagram.finding(node, "events_not_combinable")
    if local(node) == "boundaryEvent":
        yield from _boundary(diagram, graph, node, kinds)


def _definition(
    diagram: Diagram, graph: Graph, node: Element, definition: Element
) -> Iterator[Finding]:
    what = kind(definition)
    yield from _reference(diagram, node, definition, what)
    if what == "timer":
        yield from _timer(diagram, node, definition)
    if what == "conditional" and feel(child_text(definition, "condition")) is None:
        yield diagram.finding(node, "empty_condition")
    if local(node) == "startEvent":
        yield from _start(diagram, graph, node, what)
    if what == "cancel" and local(node) == "endEvent" and not _in_transaction(graph):
        yield diagram.finding(node, "cancel_outside_transaction")
    if what == "compensate":
        yield from _compensated(diagram, graph, node, definition)


def _start(
    diagram: Diagram, graph: Graph, node: Element, what: str
) -> Iterator[Finding]:
    handler = is_event_subprocess(graph.element)
    if what in _ONLY_HANDLERS and not handler:
        yield diagram.finding(node, "handler_start_only", kind=what)
    interrupts = flag(node, "isInterrupting", default=True)
    if handler and what == "error" and not interrupts:
        yield diagram.finding(node, "error_interrupts")


def _in_transaction(graph: Graph) -> bool:
    return local(graph.element) == "transaction"


def _reference(
    diagram: Diagram, node: Element, definition: Element, what: str
) -> Iterator[Finding]:
    reference = definition.get(f"{what}Ref", "")
    if what in _NAMED:
        known = getattr(diagram.declarations, _NAMED[what])
        if reference not in known:
            yield diagram.finding(node, f"{what}_missing", ref=reference or "–")
    elif what in _CODED:
        known = getattr(diagram.declarations, _CODED[what])
        throws = local(node) in THROWS
        if (reference and reference not in known) or (throws and not reference):
            yield diagram.finding(node, f"{what}_missing", ref=reference or "–")
        elif reference and known[reference].code is None:
            yield diagram.finding(node, f"{what}_without_code", ref=reference)


def _timer(diagram: Diagram, node: Element, definition: Element) -> Iterator[Finding]:
    times = [name for name in TIMES if value(child_text(definition, name))]
    if len(times) != 1 or len(list(children(definition, *TIMES))) != 1:
        yield diagram.finding(node, "timer_needs_one_time")
    elif times == ["timeCycle"] and not _may_repeat(node):
        yield diagram.finding(node, "cycle_not_allowed")


def _may_repeat(node: Element) -> bool:
    if local(node) == "boundaryEvent":
        return not flag(node, "cancelActivity", default=True)
    if local(node) != "startEvent":
        return False
    scope = node.getparent()
    handler = scope is not None and is_event_subprocess(scope)
    return not (handler and flag(node, "isInterrupting", default=True))


def _compensated(
    diagram: Diagram, graph: Graph, node: Element, definition: Element
) -> Iterator[Finding]:
    activity = definition.get("activityRef")
    if not activity or local(node) in {"boundaryEvent", "startEvent"}:
        return
    known = activity in graph.nodes
    if not known and is_event_subprocess(graph.element):
        known = any(
            one.element is graph.element.getparent() and activity in one.nodes
            for one in diagram.graphs
        )
    if not known:
        yield diagram.finding(node, "compensates_nothing", ref=activity)


def _boundary(
    diagram: Diagram, graph: Graph, node: Element, kinds: list[str]
) -> Iterator[Finding]:
    host = graph.nodes.get(node.get("attachedToRef", ""))
    if host is None or local(host) not in ACTIVITIES:
        yield diagram.finding(node, "boundary_without_host")
        return
    if is_handler(host):
        yield diagram.finding(node, "boundary_on_handler")
    interrupts = flag(node, "cancelActivity", default=True)
    if "error" in kinds and not interrupts:
        yield diagram.finding(node, "error_interrupts")
    if "cancel" in kinds and (local(host) != "transaction" or not interrupts):
        yield diagram.finding(node, "cancel_needs_transaction")
