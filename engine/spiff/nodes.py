"""The kinds of flow nodes, and what can be told from one node alone."""

from engine.spiff.event import SUFFIX
from engine.spiff.xml import Element, bpmn, child, flag, local

TASKS = frozenset(
    {
        "task",
        "userTask",
        "manualTask",
        "scriptTask",
        "serviceTask",
        "businessRuleTask",
        "sendTask",
        "receiveTask",
    }
)
SCOPES = frozenset({"subProcess", "transaction"})
ACTIVITIES = TASKS | SCOPES | {"callActivity"}
GATEWAYS = frozenset(
    {"exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway"}
)
CATCHES = frozenset({"startEvent", "intermediateCatchEvent", "boundaryEvent"})
THROWS = frozenset({"intermediateThrowEvent", "endEvent"})
EVENTS = CATCHES | THROWS
FLOW_NODES = ACTIVITIES | GATEWAYS | EVENTS

_TAGS = tuple(bpmn(name) for name in sorted(FLOW_NODES))


def nodes_of(scope: Element) -> list[Element]:
    """Return the flow nodes that lie directly in *scope*, in file order."""
    return list(scope.iterchildren(*_TAGS))


def is_event_subprocess(node: Element) -> bool:
    """Tell whether *node* is started by an event, not by a flow."""
    return flag(node, "triggeredByEvent")


def is_compensation_handler(node: Element) -> bool:
    """Tell whether *node* runs only to undo something."""
    return flag(node, "isForCompensation")


def is_compensation_boundary(node: Element) -> bool:
    """Tell whether *node* is the boundary event that points to a handler."""
    return (
        local(node) == "boundaryEvent"
        and child(node, f"compensate{SUFFIX}") is not None
    )


def is_handler(node: Element) -> bool:
    """Tell whether no sequence flow may touch *node*."""
    return (
        is_event_subprocess(node)
        or is_compensation_handler(node)
        or is_compensation_boundary(node)
    )


def is_free(node: Element) -> bool:
    """Tell whether *node* gets a token when its scope starts without a start event."""
    return local(node) != "boundaryEvent" and not is_handler(node)
