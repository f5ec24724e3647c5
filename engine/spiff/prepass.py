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
from engine.spiff.graph import Graph
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
    named = lanes(root)  # of the drawn nodes only
    for process in processes:
        for scope in list(scopes(process)):
            _rewrite(scope)
    return Prepared(
        root=root,
        processes=processes,
        declarations=declarations(root),
        lanes=named,
    )


_REFERENCES = (
    "activityRef",
    "calledElement",
    "errorRef",
    "escalationRef",
    "messageRef",
    "signalRef",
)


def settle_references(root: Element) -> None:
    """Do the rewrites that do not depend on flows; harmless on faulty diagrams."""
    _drop_prefixes(root)
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


def _drop_prefixes(root: Element) -> None:
    """Make references plain ids: the standard lets them have a prefix (``tns:m``)."""
    for element in root.iter(bpmn("*")):
        for name in _REFERENCES:
            reference = element.get(name)
            if reference and ":" in reference:
                element.set(name, reference.rpartition(":")[2])


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


def is_adopted(process: Element) -> bool:
    """Tell whether *process* was a global task in the file."""
    only = next(process.iterchildren(), None)
    return only is not None and (
        only.get("id") == f"{identifier(process)}__task0" and only.getnext() is None
    )


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


def _rewrite(element: Element) -> None:
    for stale in list(element.iter(bpmn("incoming"), bpmn("outgoing"))):
        parent = stale.getparent()
        if parent is not None:
            parent.remove(stale)
    graph = Graph(element)
    for rewrite in (_links, _start, _ends, _defaults, _forks, _merges):
        rewrite(graph)


def _links(graph: Graph) -> None:
    catches: dict[str, str] = {}
    throws: list[tuple[str, str]] = []
    for key, node in graph.nodes.items():
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
        graph.add_flow(f"{key}__link0", key, catches[name])


def _start(graph: Graph) -> None:
    if any(local(node) == "startEvent" for node in graph.nodes.values()):
        return
    free = [
        key
        for key, node in graph.nodes.items()
        if is_free(node) and not graph.incoming[key]
    ]
    start = graph.add_node("startEvent", f"{identifier(graph.element)}__start0")
    for number, key in enumerate(free):
        graph.add_flow(f"{start}__flow{number}", start, key)


def _ends(graph: Graph) -> None:
    for key, node in list(graph.nodes.items()):
        if graph.outgoing[key] or local(node) == "endEvent" or is_handler(node):
            continue
        end = graph.add_node("endEvent", f"{key}__end0")
        graph.add_flow(f"{key}__endflow0", key, end)


def _defaults(graph: Graph) -> None:
    """Make the one unconditional flow, the last of its gateway, the default."""
    for key, node in graph.nodes.items():
        flows = graph.outgoing[key]
        if (
            local(node) == "exclusiveGateway"
            and len(flows) > 1
            and not node.get("default")
            and child(flows[-1], "conditionExpression") is None
        ):
            node.set("default", identifier(flows[-1]))


def _forks(graph: Graph) -> None:
    for key, node in list(graph.nodes.items()):
        flows = graph.outgoing[key]
        conditional = [f for f in flows if child(f, "conditionExpression") is not None]
        if local(node) in GATEWAYS or (len(flows) < 2 and not conditional):  # noqa: PLR2004
            continue
        gateway = graph.add_node(_fork_tag(flows, conditional), f"{key}__gateway0")
        default = node.attrib.pop("default", None)
        graph.move_outgoing(key, gateway)
        graph.add_flow(f"{key}__flow0", key, gateway)
        if conditional and default is None and len(conditional) == len(flows):
            # No condition holds: the token ends here, as the standard says.
            end = graph.add_node("endEvent", f"{key}__end0")
            default = graph.add_flow(f"{key}__endflow0", gateway, end)
        if conditional and default:
            graph.nodes[gateway].set("default", default)


def _fork_tag(flows: list[Element], conditional: list[Element]) -> str:
    if not conditional:
        return "parallelGateway"
    return "exclusiveGateway" if len(flows) == 1 else "inclusiveGateway"


def _merges(graph: Graph) -> None:
    joining = GATEWAYS - {"eventBasedGateway"}
    for key, node in list(graph.nodes.items()):
        if local(node) in joining or len(graph.incoming[key]) < 2:  # noqa: PLR2004
            continue
        merge = graph.add_node("exclusiveGateway", f"{key}__merge0")
        graph.move_incoming(key, merge)
        graph.add_flow(f"{key}__mergeflow0", merge, key)
