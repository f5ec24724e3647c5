"""A bundle as a whole: its BPMN, DMN and form files, and what names what."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import PurePosixPath

from engine.model import Finding, Severity
from engine.ports import Catalogue
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.dialect import read
from engine.spiff.event import declarations, definitions
from engine.spiff.graph import Graph
from engine.spiff.prepass import executable, scopes, settle_references
from engine.spiff.rules.expressions import targets
from engine.spiff.sentences import SENTENCES
from engine.spiff.xml import (
    Element,
    UnreadableError,
    bpmn,
    children,
    identifier,
    local,
    parse,
)


def _checker(module: str) -> Callable[[str, bytes], list[Finding]]:
    try:
        found: Callable[[str, bytes], list[Finding]] = import_module(module).check
    except (ImportError, AttributeError):
        return lambda _name, _content: []
    return found


check_dmn = _checker("engine.dmn.check")
check_form = _checker("engine.forms.check")

DECLARED = "variables"
"""The property of a process that names what its caller or starter sets."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What was read of a bundle; *findings* tell which files could not be."""

    diagrams: list[Diagram] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    decisions: set[str] = field(default_factory=set)
    forms: dict[str, frozenset[str]] = field(default_factory=dict)

    def surroundings(self, catalogue: Catalogue | None) -> Surroundings:
        """Return what each diagram of the bundle may refer to."""
        return Surroundings(
            catalogue=catalogue,
            forms=self.forms,
            decisions=frozenset(self.decisions),
            calls={
                identifier(process): _called(process) for process in self._processes()
            },
            startable=frozenset(
                identifier(process)
                for process in self._processes()
                if _has_plain_start(process)
            ),
            variables=frozenset(self._variables()),
        )

    def _processes(self) -> Iterator[Element]:
        for diagram in self.diagrams:
            yield from diagram.processes

    def _variables(self) -> Iterator[str]:
        for names in self.forms.values():
            yield from names
        for process in self._processes():
            for name in read(process).properties.get(DECLARED, "").split(","):
                yield name.strip()
        for diagram in self.diagrams:
            for facts in diagram.facts.values():
                yield from targets(facts)


def read_bundle(files: Mapping[str, bytes]) -> Reading:
    """Read all files of a bundle; what can't be read becomes a finding."""
    reading = Reading()
    for name in sorted(files):
        reader = _READERS.get(PurePosixPath(name).suffix.lower())
        if reader is None:
            reading.findings.append(file_finding(name, "unknown_file_type"))
        else:
            reading.findings += reader(reading, name, files[name])
    return reading


def file_finding(file: str, code: str, **facts: object) -> Finding:
    """Make a finding on a file as a whole."""
    sentence = SENTENCES[code]
    return Finding(
        file=file,
        element="-",
        severity=sentence.severity,
        sentence=sentence.text.format(name=file, **facts),
        code=code,
    )


def _bpmn(reading: Reading, name: str, content: bytes) -> Iterable[Finding]:
    try:
        root = parse(content)
    except UnreadableError as error:
        return [_unreadable(name, error)]
    reading.diagrams.append(diagram_of(name, root))
    return []


def diagram_of(name: str, root: Element) -> Diagram:
    """Lay out a parsed file for the rules."""
    settle_references(root)
    processes = executable(root)
    graphs = tuple(Graph(scope) for p in processes for scope in scopes(p))
    return Diagram(
        file=name,
        root=root,
        processes=processes,
        declarations=declarations(root),
        graphs=graphs,
        facts={key: read(node) for g in graphs for key, node in g.nodes.items()},
    )


def _unreadable(name: str, error: UnreadableError) -> Finding:
    return Finding(
        file=name,
        element="-",
        severity=Severity.ERROR,
        sentence=error.sentence,
        code=error.code,
    )


def _dmn(reading: Reading, name: str, content: bytes) -> Iterable[Finding]:
    try:
        root = parse(content)
    except UnreadableError as error:
        return [_unreadable(name, error)]
    reading.decisions |= {
        identifier(element) for element in root if local(element) == "decision"
    }
    return check_dmn(name, content)


def _form(reading: Reading, name: str, content: bytes) -> Iterable[Finding]:
    findings = check_form(name, content)
    try:
        schema = json.loads(content)
    except (ValueError, RecursionError):
        return findings
    if isinstance(schema, dict) and isinstance(schema.get("id"), str):
        if schema["id"] in reading.forms:
            findings = [*findings, file_finding(name, "double_form", form=schema["id"])]
        reading.forms[schema["id"]] = frozenset(_keys(schema))
    return findings


def _keys(schema: object) -> Iterator[str]:
    """Yield the variables that a form sets: the first step of each key or path."""
    todo = [schema]
    while todo:
        part = todo.pop()
        if isinstance(part, list):
            todo += part
        elif isinstance(part, dict):
            for name in ("key", "path"):
                if isinstance(part.get(name), str):
                    yield part[name].partition(".")[0]
            todo += part.values()


_READERS: Mapping[str, Callable[[Reading, str, bytes], Iterable[Finding]]] = {
    ".bpmn": _bpmn,
    ".dmn": _dmn,
    ".form": _form,
}


def _called(process: Element) -> frozenset[str]:
    return frozenset(
        called.process_id
        for activity in process.iter(bpmn("callActivity"))
        if (called := read(activity).called_element) is not None
    )


def _has_plain_start(process: Element) -> bool:
    starts = list(children(process, "startEvent"))
    return not starts or any(not definitions(start) for start in starts)
