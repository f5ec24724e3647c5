"""Ids: each part that matters has one, once, and leaves room for added parts."""

import re
from collections.abc import Iterator

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.nodes import FLOW_NODES
from engine.spiff.prepass import is_adopted
from engine.spiff.xml import Element, bpmn, children, identifier, local

_NEEDS_ID = FLOW_NODES | {
    "process",
    "sequenceFlow",
    "message",
    "signal",
    "error",
    "escalation",
}
_ADDED = re.compile(r"__[a-z]+\d+$")
"""Ids of the parts that the pre-pass adds."""


def identities(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Refuse missing, double and reserved ids, and files without a process."""
    drawn = [p for p in children(diagram.root, "process") if not is_adopted(p)]
    if not diagram.processes or (drawn and not {*drawn} & {*diagram.processes}):
        yield diagram.finding(diagram.root, "no_executable_process")
    seen: set[str] = set()
    for element in _identified(diagram):
        key = identifier(element)
        if not key:
            if local(element) in _NEEDS_ID:
                yield diagram.finding(element, "missing_id", construct=local(element))
            continue
        if key in seen:
            yield diagram.finding(element, "duplicate_id")
        seen.add(key)
        if _ADDED.search(key):
            yield diagram.finding(element, "reserved_id")
    yield from _participants(diagram)


def _identified(diagram: Diagram) -> Iterator[Element]:
    for element in diagram.root.iter(bpmn("*")):
        parent = element.getparent()
        if parent is None or not is_adopted(parent):
            yield element


def _participants(diagram: Diagram) -> Iterator[Finding]:
    known = {identifier(process) for process in children(diagram.root, "process")}
    for participant in diagram.root.iter(bpmn("participant")):
        reference = participant.get("processRef", "").rpartition(":")[2]
        if reference and reference not in known:
            yield diagram.finding(participant, "unknown_process_ref", ref=reference)
