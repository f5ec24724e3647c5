"""Every place of a diagram where a text or an expression stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.spiff.diagram import Diagram
from engine.spiff.dialect import Facts, MultiInstance, condition
from engine.spiff.event import TIMES, definitions, kind
from engine.spiff.texts import Value, feel, value
from engine.spiff.xml import Element, bpmn, child_text, identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A text with the element that holds it.

    *what* names it in Dutch, as in ‘voorwaarde’; *rule* is the kind of the timer
    text that a static value must be, None where any text will do; *decides*
    marks conditions.
    """

    element: Element
    what: str
    value: Value
    rule: str | None = None
    decides: bool = False


def places(diagram: Diagram) -> Iterator[Place]:
    """Yield all texts of the executable processes and of their declarations."""
    for graph in diagram.graphs:
        for key, node in graph.nodes.items():
            yield from _node(node, diagram.facts[key])
        for flows in graph.outgoing.values():
            for flow in flows:
                yield from _some(flow, "voorwaarde", condition(flow), decides=True)
    yield from _declared(diagram)


def _some(
    element: Element,
    what: str,
    value: Value | None,
    rule: str | None = None,
    *,
    decides: bool = False,
) -> Iterator[Place]:
    if value is not None:
        yield Place(element=element, what=what, value=value, rule=rule, decides=decides)


def _node(node: Element, facts: Facts) -> Iterator[Place]:
    who = facts.assignment
    yield from _some(node, "uitvoerder", who.assignee)
    yield from _some(node, "groepen", who.candidate_groups)
    yield from _some(node, "gebruikers", who.candidate_users)
    yield from _some(node, "einddatum", facts.schedule.due_date, "date")
    yield from _some(node, "opvolgdatum", facts.schedule.follow_up_date, "date")
    yield from _some(node, "prioriteit", facts.priority)
    if facts.script is not None:
        yield from _some(node, "script", facts.script.expression)
    yield from _mappings(node, facts)
    yield from _loop(node, facts)
    for definition in definitions(node):
        yield from _event(node, definition)


def _mappings(element: Element, facts: Facts) -> Iterator[Place]:
    for line in facts.io.inputs:
        yield from _some(element, f"invoer ‘{line.target}’", line.source)
    for line in facts.io.outputs:
        yield from _some(element, f"uitvoer ‘{line.target}’", line.source)


def _loop(node: Element, facts: Facts) -> Iterator[Place]:
    loop = facts.loop
    if loop is None:
        return
    if isinstance(loop, MultiInstance):
        yield from _some(node, "lijst van de herhaling", loop.collection)
        yield from _some(node, "aantal herhalingen", loop.cardinality)
        yield from _some(node, "resultaat per herhaling", loop.output_element)
        yield from _some(node, "stopvoorwaarde", loop.completion_condition)
    else:
        yield from _some(node, "herhaalvoorwaarde", loop.condition)


def _event(node: Element, definition: Element) -> Iterator[Place]:
    if kind(definition) == "conditional":
        written = feel(child_text(definition, "condition"))
        yield from _some(node, "voorwaarde", written, decides=True)
    elif kind(definition) == "timer":
        for name in TIMES:
            text = value(child_text(definition, name))
            yield from _some(node, "timer", text, name.removeprefix("time").lower())


def _declared(diagram: Diagram) -> Iterator[Place]:
    declared = diagram.declarations
    for message in diagram.root.iterchildren(bpmn("message")):
        found = declared.messages[identifier(message)]
        yield from _some(message, "naam van het bericht", found.name)
        yield from _some(message, "correlatiesleutel", found.correlation_key)
    for signal in diagram.root.iterchildren(bpmn("signal")):
        yield from _some(
            signal, "naam van het signaal", declared.signals[identifier(signal)].name
        )
