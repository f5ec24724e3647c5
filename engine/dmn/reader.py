"""From DMN files to a graph of compiled nodes, with the findings on the way."""

from collections import Counter
from collections.abc import Iterable, Mapping

from engine.dmn import source
from engine.dmn.boxed import compile_inside, find, parameters_of
from engine.dmn.cells import Cells
from engine.dmn.functions import Parameter
from engine.dmn.known import KNOWN_CHILDREN
from engine.dmn.nodes import File, Key, Kind, Node, Requirement
from engine.dmn.notes import Notes
from engine.dmn.source import Element
from engine.model import Finding

Graph = dict[Key, Node]

_REQUIREMENTS = ("informationRequirement", "knowledgeRequirement")
_REFERENCES = ("requiredInput", "requiredDecision", "requiredKnowledge")


def read(files: Mapping[str, bytes]) -> tuple[Graph, list[Finding]]:
    """Read *files* by name; the graph holds what could be compiled."""
    opened, findings = _open(files)
    graph: Graph = {}
    owners: dict[Key, File] = {}
    _separate(opened)
    _link_types(opened)
    for file in opened:
        _refuse_unknown(file.root, file.notes)
        for node in file.nodes():
            _refuse_unknown(node.element, file.notes)
            _add(graph, node, file)
            owners[node.key] = file
    _refuse_doubles(graph, owners)
    for key, node in graph.items():
        node.requires = tuple(_requirements(node, owners[key], graph))
    for key, node in graph.items():
        _refuse_cycle(graph, node, owners[key].notes)
    for key, node in graph.items():
        _COMPILERS[node.kind](node, owners[key], graph)
    for file in opened:
        file.types.check_all()
        findings.extend(file.notes.findings)
    return graph, findings


def _open(files: Mapping[str, bytes]) -> tuple[list[File], list[Finding]]:
    opened: list[File] = []
    findings: list[Finding] = []
    for name, content in files.items():
        try:
            opened.append(File(name, source.parse(content)))
        except source.SourceError as error:
            notes = Notes(name)
            notes.refuse_file("dmn_unreadable", str(error))
            findings.extend(notes.findings)
    return opened, findings


def _separate(files: Iterable[File]) -> None:
    """Tell files apart that share a namespace: many editors write the same one."""
    counted = Counter(file.namespace for file in files)
    for file in files:
        if counted[file.namespace] > 1:
            file.namespace = f"{file.namespace} {file.name}"


def _link_types(files: Iterable[File]) -> None:
    by_namespace = {file.namespace: file for file in files}
    for file in by_namespace.values():
        for namespace, prefix in file.imports.items():
            if prefix and namespace in by_namespace:
                file.types.add_import(prefix, by_namespace[namespace].types)


def _add(graph: Graph, node: Node, file: File) -> None:
    if node.key in graph:
        sentence = (
            f"het id '{node.id}' komt twee keer voor; geef elk element een eigen."
        )
        file.notes.refuse(node.element, "dmn_double_id", sentence)
    graph[node.key] = node


def _refuse_doubles(graph: Graph, owners: Mapping[Key, File]) -> None:
    seen: set[str] = set()
    for node in graph.values():
        if node.kind is not Kind.DECISION:
            continue
        if node.id in seen:
            sentence = f"beslissing '{node.id}' staat ook in een ander bestand."
            owners[node.key].notes.refuse(node.element, "dmn_double_id", sentence)
        seen.add(node.id)


def _refuse_unknown(element: Element, notes: Notes) -> None:
    known = KNOWN_CHILDREN[source.tag(element)]
    for one in element:
        name = source.tag(one)
        if name and name not in known:
            sentence = f"'{name}' wordt hier niet ondersteund; verwijder het."
            notes.refuse(one, "dmn_unknown_element", sentence)


# --- requirements -----------------------------------------------------------------


def _requirements(node: Node, file: File, graph: Graph) -> Iterable[Requirement]:
    for requirement in source.children(node.element, *_REQUIREMENTS):
        for reference in source.children(requirement, *_REFERENCES):
            if key := _resolve(reference, file, graph):
                yield Requirement(key=key, prefix=file.prefix_of(key))


def _resolve(reference: Element, file: File, graph: Graph) -> Key | None:
    key = file.key_of(reference)
    if key in graph:
        return key
    elsewhere = [known for known in graph if known[1] == key[1]]
    if len(elsewhere) == 1 and key[0] == file.namespace:
        return elsewhere[0]
    sentence = f"'{reference.get('href')}' bestaat niet in deze bundel."
    file.notes.refuse(reference, "dmn_unknown_reference", sentence)
    return None


def _refuse_cycle(graph: Graph, start: Node, notes: Notes) -> None:
    seen: set[Key] = set()
    waiting = [one.key for one in start.requires]
    while waiting:
        key = waiting.pop()
        if key == start.key and start.kind is Kind.DECISION:
            sentence = (
                f"beslissing '{start.name}' heeft zichzelf nodig; verbreek de kring."
            )
            notes.refuse(start.element, "dmn_cycle", sentence)
            return
        if key not in seen:
            seen.add(key)
            waiting.extend(one.key for one in graph[key].requires)


# --- compiling --------------------------------------------------------------------


def _cells(node: Node, file: File, graph: Graph) -> Cells:
    names: set[str] = set(file.types.component_names())
    for requirement in node.requires:
        target = graph[requirement.key]
        names.update(target.names)
        names.update({requirement.prefix} - {""})
        names.update(parameter.name for parameter in target.parameters)
    return Cells(file.notes, file.types, names)


def _compile_decision(node: Node, file: File, graph: Graph) -> None:
    cells = _cells(node, file, graph)
    if find(node.element) is None:
        sentence = f"beslissing '{node.name}' heeft geen logica en geeft altijd null."
        file.notes.warn(node.element, "dmn_no_logic", sentence)
    else:
        node.evaluate = compile_inside(node.element, cells)
    node.free = frozenset(cells.free)


def _compile_knowledge(node: Node, file: File, graph: Graph) -> None:
    logic = source.child(node.element, "encapsulatedLogic")
    if logic is None:
        return
    cells = _cells(node, file, graph)
    node.parameters = parameters_of(logic, cells)
    inner = cells.within(one.name for one in node.parameters)
    node.evaluate = compile_inside(logic, inner)


def _compile_service(node: Node, file: File, graph: Graph) -> None:
    def keys(tag: str) -> tuple[Key, ...]:
        found = (
            _resolve(one, file, graph) for one in source.children(node.element, tag)
        )
        return tuple(key for key in found if key)

    node.outputs = keys("outputDecision")
    node.arguments = keys("inputDecision") + keys("inputData")
    node.parameters = tuple(
        Parameter(name=graph[key].names[0], type=graph[key].type)
        for key in node.arguments
    )


def _compile_input(node: Node, file: File, graph: Graph) -> None:
    """Input data holds no logic."""


_COMPILERS = {
    Kind.DECISION: _compile_decision,
    Kind.KNOWLEDGE: _compile_knowledge,
    Kind.SERVICE: _compile_service,
    Kind.INPUT: _compile_input,
}
