"""The check of a bundle: all that stands in the way of running it."""

from collections.abc import Mapping
from itertools import islice

from engine.model import Bundle, Finding, Severity
from engine.ports import Catalogue
from engine.spiff.bundle import Reading, file_finding, read_bundle
from engine.spiff.diagram import Diagram, Rule, Surroundings
from engine.spiff.rules.activities import activities
from engine.spiff.rules.calls import calls
from engine.spiff.rules.declarations import declared
from engine.spiff.rules.elements import closed_list
from engine.spiff.rules.expressions import expressions, variable_names
from engine.spiff.rules.flows import compensations, flows
from engine.spiff.rules.gateways import gateways
from engine.spiff.rules.identity import identities
from engine.spiff.rules.messages import message_flows
from engine.spiff.rules.occurrences import occurrences
from engine.spiff.xml import bpmn, identifier

MAX_FINDINGS = 300
"""So many findings of one file are told, which also bounds the work on it."""

RULES: tuple[Rule, ...] = (
    closed_list,
    identities,
    flows,
    compensations,
    gateways,
    occurrences,
    declared,
    activities,
    calls,
    message_flows,
    variable_names,
    expressions,
)


def check(bundle: Bundle, catalogue: Catalogue | None) -> list[Finding]:
    """Return all findings on the files of *bundle*, errors first per file.

    Without a *catalogue* the types of service tasks are taken on trust.
    """
    return check_files(bundle.files, catalogue)


def check_files(
    files: Mapping[str, bytes], catalogue: Catalogue | None = None
) -> list[Finding]:
    """Return all findings on *files*, a name such as ``intake.bpmn`` to its bytes."""
    reading = read_bundle(files)
    around = reading.surroundings(catalogue)
    found = [*reading.findings, *_doubles(reading)]
    for diagram in reading.diagrams:
        found += _diagram(diagram, around)
    return sorted(found, key=_order)


def is_refused(findings: list[Finding]) -> bool:
    """Tell whether *findings* stop a deployment."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _diagram(diagram: Diagram, around: Surroundings) -> list[Finding]:
    rules = RULES if diagram.root.tag == bpmn("definitions") else (closed_list,)
    every = (finding for rule in rules for finding in rule(diagram, around))
    found = list(dict.fromkeys(islice(every, MAX_FINDINGS)))
    if next(every, None) is not None:
        found.append(file_finding(diagram.file, "more_findings", count=MAX_FINDINGS))
    return found


def _doubles(reading: Reading) -> list[Finding]:
    """Refuse a process that two files define."""
    first: dict[str, str] = {}
    found = []
    for diagram in reading.diagrams:
        for process in diagram.processes:
            key = identifier(process)
            other = first.setdefault(key, diagram.file)
            if other != diagram.file:
                found.append(
                    file_finding(
                        diagram.file, "double_process", process=key, other=other
                    )
                )
    return found


def _order(finding: Finding) -> tuple[str, bool]:
    return finding.file, finding.severity is not Severity.ERROR
