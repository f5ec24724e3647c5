"""Rewrites a checked diagram into its normal form; drawn ids stay.

In the normal form each scope has a start event, only gateways split and join,
each token ends in an end event, links are sequence flows, a condition sits on a
flow out of an exclusive or inclusive gateway, and event definitions are in the
event that uses them. Added parts are called ``<id>__<what>0``, as in
``approve__gateway0``.
"""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from engine.spiff.dialect import extensions
from engine.spiff.event import SUFFIX, Declarations, declarations, definitions
from engine.spiff.nodes import (
    GATEWAYS,
    SCOPES,
    is_free,
    is_handler,
    nodes_of,
)
from engine.spiff.xml import (
    Element,
    bpmn,
    child,
    children,
    flag,
    identifier,
    local,
    parse,
    text,
)

GLOBAL_TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A diagram in its normal form.

    *processes* are the executable ones; *lanes* maps the id of a node, also one
    inside a sub-process, to the name of its innermost lane.
    """

    root: Element
    processes: tuple[Element, ...]
    declarations: Declarations
    lanes: Mapping[str, str]


def prepare(content: bytes) -> Prepared:
    """Parse and rewrite a diagram without findings of severity error."""
    return prepare_tree(parse(content))


def prepare_tree(root: Element) -> Prepared:
    """Rewrite a parsed and checked diagram in place."""
    settle_references(root)
    processes = executable(root)
    for process in processes:
        for scope in scopes(process):
            _rewrite(scope)
    return Prepared(
        root=root,
        processes=processes,
        declarations=declarations(root),
        lanes=lanes(root),
    )


def settle_references(root: Element) -> None:
    """Do the rewrites that do not depend on flows; harmless on faulty diagrams."""
    _adopt_global_tasks(root)
    _place_event_definitions(root)
    for send in list(root.iter(bpmn("sendTask"))):
        if "taskDefinition" in extensions(send):
            send.tag = bpmn("serviceTask")


def executable(root: Element) -> tuple[Element, ...]:
    """Return the processes that are not marked as drawings only."""
    return tuple(
        process
        for process in children(root, "process")
        if flag(process, "isExecutable", default=True)
    )


def scopes(process: Element) -> Iterator[Element]:
    """Yield *process* and all its sub-processes, outer ones first."""
    yield from process.iter(*map(bpmn, ("process", *SCOPES)))


def _adopt_global_tasks(root: Element) -> None:
    for name, inner in GLOBAL_TASKS.items():
        for task in list(children(root, name)):
            key = identifier(task)
            process = etree.SubElement(
                root, bpmn("process"), id=key, isExecutable="true"
            )
            process.set("name", task.get("name", key))
            task.tag = bpmn(inner)
            task.set("id", f"{key}__task0")
            process.append(task)


def _place_event_definitions(root: Element) -> None:
    shared = {identifier(definition): definition for definition in definitions(root)}
    for reference in list(root.iter(bpmn("eventDefinitionRef"))):
        found = shared.get(text(reference).rpartition(":")[2])
        parent = reference.getparent()
        if found is not None and parent is not None:
            copied = deepcopy(found)
            copied.attrib.pop("id", None)
            parent.replace(reference, copied)


def lanes(root: Element) -> dict[str, str]:
    """Map each node to the name of its innermost lane."""
    found: dict[str, str] = {}
    for lane in root.iter(bpmn("lane")):  # outer lanes come first
        for reference in children(lane, "flowNodeRef"):
            found[text(reference)] = lane.get("name") or identifier(lane)
    for scope in root.iter(*map(bpmn, SCOPES)):
        around = found.get(identifier(scope))
        if around is not None:
            for node in nodes_of(scope):
                found.setdefault(identifier(node), around)
    return found


class _Scope:
    """The nodes of one scope with the flows between them, while it is rewritten."""

    def __init__(self, element: Element) -> None:
        self.element = element
        self.nodes = {identifier(node): node for node in nodes_of(element)}
        self.flows = list(children(element, "sequenceFlow"))
        self.outgoing: dict[str, list[Element]] = {key: [] for key in self.nodes}
        self.incoming: dict[str, list[Element]] = {key: [] for key in self.nodes}
        for flow in self.flows:
            self.outgoing[flow.get("sourceRef", "")].append(flow)
            self.incoming[flow.get("targetRef", "")].append(flow)

    def add_node(self, tag: str, key: str) -> str:
        self.nodes[key] = etree.SubElement(self.element, bpmn(tag), id=key)
        self.outgoing[key] = []
        self.incoming[key] = []
        return key

    def add_flow(self, key: str, source: str, target: str) -> str:
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


def _rewrite(element: Element) -> None:
    for stale in list(element.iter(bpmn("incoming"), bpmn("outgoing"))):
        parent = stale.getparent()
        if parent is not None:
            parent.remove(stale)
    scope = _Scope(element)
    for rewrite in (_links, _start, _ends, _defaults, _forks, _merges):
        rewrite(scope)


def _links(scope: _Scope) -> None:
    catches: dict[str, str] = {}
    throws: list[tuple[str, str]] = []
    for key, node in scope.nodes.items():
        link = child(node, f"link{SUFFIX}")
        if link is None:
            continue
        name = link.get("name") or ""
        if local(node) == "intermediateCatchEvent":
            catches[name] = key
        else:
            throws.append((key, name))
        node.remove(link)
        node.tag = bpmn("intermediateThrowEvent")  # with nothing to throw: passes on
    for key, name in throws:
        scope.add_flow(f"{key}__link0", key, catches[name])


def _start(scope: _Scope) -> None:
    if any(local(node) == "startEvent" for node in scope.nodes.values()):
        return
    free = [
        key
        for key, node in scope.nodes.items()
        if is_free(node) and not scope.incoming[key]
    ]
    start = scope.add_node("startEvent", f"{identifier(scope.element)}__start0")
    for number, key in enumerate(free):
        scope.add_flow(f"{start}__flow{number}", start, key)


def _ends(scope: _Scope) -> None:
    for key, node in list(scope.nodes.items()):
        if scope.outgoing[key] or local(node) == "endEvent" or is_handler(node):
            continue
        end = scope.add_node("endEvent", f"{key}__end0")
        scope.add_flow(f"{key}__endflow0", key, end)


def _defaults(scope: _Scope) -> None:
    """Make the one unconditional flow, the last of its gateway, the default."""
    for key, node in scope.nodes.items():
        flows = scope.outgoing[key]
        if (
            local(node) == "exclusiveGateway"
            and len(flows) > 1
            and not node.get("default")
            and child(flows[-1], "conditionExpression") is None
        ):
            node.set("default", identifier(flows[-1]))


def _forks(scope: _Scope) -> None:
    for key, node in list(scope.nodes.items()):
        flows = scope.outgoing[key]
        conditional = [f for f in flows if child(f, "conditionExpression") is not None]
        if local(node) in GATEWAYS or (len(flows) < 2 and not conditional):  # noqa: PLR2004
            continue
        gateway = scope.add_node(_fork_tag(flows, conditional), f"{key}__gateway0")
        default = node.attrib.pop("default", None)
        scope.move_outgoing(key, gateway)
        scope.add_flow(f"{key}__flow0", key, gateway)
        if conditional and default is None and len(conditional) == len(flows):
            # No condition holds: the token ends here, as the standard says.
            end = scope.add_node("endEvent", f"{key}__end0")
            default = scope.add_flow(f"{key}__endflow0", gateway, end)
        if conditional and default:
            scope.nodes[gateway].set("default", default)


def _fork_tag(flows: list[Element], conditional: list[Element]) -> str:
    if not conditional:
        return "parallelGateway"
    return "exclusiveGateway" if len(flows) == 1 else "inclusiveGateway"


def _merges(scope: _Scope) -> None:
    joining = GATEWAYS - {"eventBasedGateway"}
    for key, node in list(scope.nodes.items()):
        if local(node) in joining or len(scope.incoming[key]) < 2:  # noqa: PLR2004
            continue
        merge = scope.add_node("exclusiveGateway", f"{key}__merge0")
        scope.move_incoming(key, merge)
        scope.add_flow(f"{key}__mergeflow0", merge, key)
