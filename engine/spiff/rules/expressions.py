"""Texts: expressions compile, timer rules are ISO 8601, variables have names."""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from engine.feel.errors import FeelSyntaxError
from engine.model import Finding
from engine.recurrence import Kind, TimerRuleError
from engine.recurrence import check as check_rule
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.dialect import Facts, MultiInstance, extensions
from engine.spiff.nodes import CATCHES
from engine.spiff.places import Place, places
from engine.spiff.texts import Feel, Text
from engine.spiff.xml import ZEEBE, Element, local

_NAME = re.compile(r"[^\W\d]\w*")
_KEYWORDS = frozenset(
    {
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies",
        "and", "or", "not", "between", "instance", "of", "true", "false", "null",
        "function", "external",
    }
)  # fmt: skip
_COMPARED = 500
"""With more names than this no resembling one is looked for."""
_OWN_VARIABLES = frozenset({"loopCounter"})


def expressions(diagram: Diagram, around: Surroundings) -> Iterator[Finding]:
    """Compile each expression and read each static timer rule."""
    known = around.variables | _OWN_VARIABLES
    for place in places(diagram):
        if isinstance(place.value, Feel):
            yield from _feel(diagram, place, place.value, known)
        elif place.rule is not None:
            yield from _rule(diagram, place, place.value, place.rule)


def _feel(
    diagram: Diagram, place: Place, value: Feel, known: frozenset[str]
) -> Iterator[Finding]:
    try:
        names = value.names
    except FeelSyntaxError as error:
        yield diagram.finding(
            place.element,
            "bad_feel",
            what=place.what,
            reason=error.message,
            line=error.line,
            column=error.column,
        )
        return
    if place.decides:
        for name in sorted(names - known):
            yield _unset(diagram, place, name, known)


def _unset(diagram: Diagram, place: Place, name: str, known: frozenset[str]) -> Finding:
    close = get_close_matches(name, known, n=1) if len(known) <= _COMPARED else []
    hint = f" Bedoelde u ‘{close[0]}’?" if close else ""
    return diagram.finding(
        place.element, "variable_never_set", variable=name, hint=hint
    )


def _rule(diagram: Diagram, place: Place, value: Text, rule: str) -> Iterator[Finding]:
    try:
        check_rule(value.value, kind=Kind(rule))
    except TimerRuleError as error:
        yield diagram.finding(
            place.element,
            "bad_time",
            what=place.what,
            text=value.value,
            reason=error.reason,
        )


def variable_names(diagram: Diagram, _: Surroundings) -> Iterator[Finding]:
    """Check the names of the variables that a diagram sets."""
    for graph in diagram.graphs:
        for key, node in graph.nodes.items():
            facts = diagram.facts[key]
            yield from _mapping(diagram, node)
            for name in sorted(targets(facts)):
                if not _NAME.fullmatch(name) or name in _KEYWORDS:
                    yield diagram.finding(node, "bad_variable_name", variable=name)


def _mapping(diagram: Diagram, node: Element) -> Iterator[Finding]:
    mapping = extensions(node).get("ioMapping")
    for line in () if mapping is None else mapping.iterchildren(f"{{{ZEEBE}}}*"):
        if local(line) == "input" and local(node) in CATCHES:
            yield diagram.finding(
                node, "misplaced_element", construct="zeebe:input", holder=local(node)
            )
        target = (line.get("target") or "").strip()
        if not target:
            yield diagram.finding(node, "mapping_without_target")
        elif not (line.get("source") or "").strip().removeprefix("="):
            yield diagram.finding(node, "mapping_without_source", target=target)


def targets(facts: Facts) -> set[str]:
    """Return the names of the variables that an element sets."""
    found = {line.target for line in (*facts.io.inputs, *facts.io.outputs)}
    if facts.script is not None:
        found.add(facts.script.result_variable)
    if facts.called_decision is not None:
        found.add(facts.called_decision.result_variable)
    if isinstance(facts.loop, MultiInstance):
        found |= {facts.loop.element or "", facts.loop.output_collection or ""}
    return found - {""}
