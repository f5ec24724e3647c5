"""Declarations: the messages, signals, errors and escalations that events name."""

from collections.abc import Iterator

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.event import definitions
from engine.spiff.nodes import CATCHES, is_event_subprocess
from engine.spiff.texts import Feel, value
from engine.spiff.xml import Element, bpmn, children, identifier, local

_NAMED = frozenset({"message", "signal"})
_REFERENCES = ("messageRef", "signalRef", "errorRef", "escalationRef")


def declared(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Check each declaration that an executable process uses."""
    used = {
        element.get(name)
        for process in diagram.processes
        for element in process.iter(bpmn("*"))
        for name in _REFERENCES
    }
    for tag in ("message", "signal", "error", "escalation"):
        for element in children(diagram.root, tag):
            if element.get("id") in used:
                yield from _declaration(diagram, element, tag)
    yield from _computed_starts(diagram)
    yield from _correlations(diagram)


def _declaration(diagram: Diagram, element: Element, tag: str) -> Iterator[Finding]:
    if tag in _NAMED and not (element.get("name") or "").strip():
        yield diagram.finding(element, "declaration_without_name")
    if element.get(f"{tag}Code", "").strip().startswith("="):
        yield diagram.finding(element, "code_is_expression")


def _computed_starts(diagram: Diagram) -> Iterator[Finding]:
    """Refuse a name by FEEL where no case exists yet to evaluate it."""
    computed = {
        identifier(element)
        for element in children(diagram.root, *_NAMED)
        if isinstance(value(element.get("name")), Feel)
    }
    for process in diagram.processes:
        for start in children(process, "startEvent"):
            if computed & _references(start):
                yield diagram.finding(start, "start_name_is_expression")


def _references(node: Element) -> set[str]:
    return {
        d.get(name, "")
        for d in definitions(node)
        for name in ("messageRef", "signalRef")
    }


def _correlations(diagram: Diagram) -> Iterator[Finding]:
    """Warn where a running case waits for a message that any case may get."""
    awaited = _awaited(diagram)
    for message in children(diagram.root, "message"):
        key = identifier(message)
        if key in awaited and not diagram.declarations.messages[key].correlation_key:
            yield diagram.finding(message, "message_without_key")


def _awaited(diagram: Diagram) -> set[str]:
    """Return the messages that a case waits for once it runs."""
    found: set[str] = set()
    for graph in diagram.graphs:
        begins = not is_event_subprocess(graph.element)
        for node in graph.nodes.values():
            if local(node) == "receiveTask":
                found.add(node.get("messageRef", ""))
            elif local(node) in CATCHES - ({"startEvent"} if begins else set()):
                found |= _references(node)
    return found
