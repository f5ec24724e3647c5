"""The nodes of one scope with the flows between them."""

from collections.abc import Iterable, Mapping

from lxml import etree

from engine.spiff.nodes import nodes_of
from engine.spiff.xml import Element, bpmn, children, identifier, local


class Graph:
    """The flow nodes of a process or sub-process, by id, and its sequence flows.

    A flow that does not join two nodes of this scope is in *dangling* only.
    """

    def __init__(self, element: Element) -> None:
        self.element = element
        self.nodes = {identifier(node): node for node in nodes_of(element)}
        self.outgoing: dict[str, list[Element]] = {key: [] for key in self.nodes}
        self.incoming: dict[str, list[Element]] = {key: [] for key in self.nodes}
        self.dangling: list[Element] = []
        for flow in children(element, "sequenceFlow"):
            source, target = flow.get("sourceRef", ""), flow.get("targetRef", "")
            if source in self.nodes and target in self.nodes:
                self.outgoing[source].append(flow)
                self.incoming[target].append(flow)
            else:
                self.dangling.append(flow)
        self.hosted: dict[str, list[str]] = {}
        for key, node in self.nodes.items():
            if local(node) == "boundaryEvent":
                self.hosted.setdefault(node.get("attachedToRef", ""), []).append(key)

    def targets(self, key: str) -> list[str]:
        """Return the ids of the nodes that the flows out of *key* lead to."""
        return [flow.get("targetRef", "") for flow in self.outgoing[key]]

    def reachable(
        self, first: Iterable[str], jumps: Mapping[str, str] | None = None
    ) -> set[str]:
        """Return all nodes that a token can reach from *first*, boundaries included.

        *jumps* are further steps, from a node to a node.
        """
        further = jumps or {}
        found: set[str] = set()
        todo = list(first)
        while todo:
            key = todo.pop()
            if key not in found:
                found.add(key)
                todo += self.targets(key)
                todo += self.hosted.get(key, ())
                if key in further:
                    todo.append(further[key])
        return found

    def add_node(self, tag: str, key: str) -> str:
        """Add a node and return its id."""
        self.nodes[key] = etree.SubElement(self.element, bpmn(tag), id=key)
        self.outgoing[key] = []
        self.incoming[key] = []
        return key

    def add_flow(self, key: str, source: str, target: str) -> str:
        """Add a sequence flow and return its id."""
        flow = etree.SubElement(
            self.element, bpmn("sequenceFlow"), id=key, sourceRef=source
        )
        flow.set("targetRef", target)
        self.outgoing[source].append(flow)
        self.incoming[target].append(flow)
        return key

    def move_outgoing(self, source: str, target: str) -> None:
        """Let the flows out of *source* leave *target* instead."""
        for flow in self.outgoing[source]:
            flow.set("sourceRef", target)
        self.outgoing[target] += self.outgoing[source]
        self.outgoing[source] = []

    def move_incoming(self, source: str, target: str) -> None:
        """Let the flows into *source* go to *target* instead."""
        for flow in self.incoming[source]:
            flow.set("targetRef", target)
        self.incoming[target] += self.incoming[source]
        self.incoming[source] = []
