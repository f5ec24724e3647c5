"""Message flows: drawings between pools, that must not promise what does not happen."""

from collections.abc import Iterator

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.event import SUFFIX
from engine.spiff.xml import Element, bpmn, child, local

_MESSAGE = f"message{SUFFIX}"
_SENDS = frozenset({"intermediateThrowEvent", "endEvent"})
_RECEIVES = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})


def message_flows(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Warn where a drawn message flow leaves or meets a node that has no message."""
    nodes = {key: node for g in diagram.graphs for key, node in g.nodes.items()}
    for flow in diagram.root.iter(bpmn("messageFlow")):
        source = nodes.get(flow.get("sourceRef", ""))
        target = nodes.get(flow.get("targetRef", ""))
        if source is not None and not _has_message(source, _SENDS, "sendTask"):
            yield diagram.finding(flow, "message_flow_sends_nothing")
        elif target is not None and not _has_message(target, _RECEIVES, "receiveTask"):
            yield diagram.finding(flow, "message_flow_received_by_none")


def _has_message(node: Element, kinds: frozenset[str], task: str) -> bool:
    # A service task may send in its own way, a user task by a person's hand.
    if local(node) in {task, "serviceTask", "userTask"}:
        return True
    return local(node) in kinds and child(node, _MESSAGE) is not None
