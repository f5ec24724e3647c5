"""A bundle as a whole: its BPMN, DMN and form files, and what names what."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from engine.dmn.reader import read as read_decisions
from engine.errors import DefinitionRefusedError
from engine.forms.form import check as check_form
from engine.forms.form import parse as parse_form
from engine.model import Finding, Severity
from engine.ports import Catalogue
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.dialect import read
from engine.spiff.event import declarations, definitions
from engine.spiff.graph import Graph
from engine.spiff.prepass import executable, scopes, settle_references
from engine.spiff.rules.expressions import targets
from engine.spiff.sentences.table import SENTENCES
from engine.spiff.xml import (
    Element,
    UnreadableError,
    bpmn,
    children,
    identifier,
    local,
    parse,
)

DECLARED = "variables"
"""The property of a process that names what its caller or starter sets."""


@dataclass(slots=True, kw_only=True)
class Reading:
    """What was read of a bundle; *findings* tell which files could not be."""

    diagrams: list[Diagram] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    decisions: set[str] = field(default_factory=set)
    decision_files: set[str] = field(default_factory=set)
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
        reader = _READERS.get(_suffix(name))
        if reader is None:
            reading.findings.append(file_finding(name, "unknown_file_type"))
        else:
            reading.findings += reader(reading, name, files[name])
    decisions = {n: files[n] for n in sorted(files) if n in reading.decision_files}
    reading.findings += read_decisions(decisions)[1]
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


def _bpmn(reading: Reading, name: str, content: bytes) -> list[Finding]:
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


def _dmn(reading: Reading, name: str, content: bytes) -> list[Finding]:
    try:
        root = parse(content)
    except UnreadableError as error:
        return [_unreadable(name, error)]
    reading.decision_files.add(name)
    reading.decisions |= {
        identifier(element) for element in root if local(element) == "decision"
    }
    return []


def _form(reading: Reading, name: str, content: bytes) -> list[Finding]:
    findings: list[Finding] = []
    variables: frozenset[str] = frozenset()
    try:
        variables = parse_form(content).keys
    except DefinitionRefusedError:
        findings = check_form(name, content)
    key = _form_id(content)
    if key is None:
        return findings or [file_finding(name, "form_without_key")]
    if key in reading.forms:
        return [*findings, file_finding(name, "double_form", form=key)]
    # A faulty form still has a name, so that the tasks that use it get no finding.
    reading.forms[key] = variables
    return findings


def _form_id(content: bytes) -> str | None:
    try:
        schema = json.loads(content)
    except (ValueError, RecursionError):
        return None
    key = schema.get("id") if isinstance(schema, dict) else None
    return key if isinstance(key, str) and key else None


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


_READERS: Mapping[str, Callable[[Reading, str, bytes], list[Finding]]] = {
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
