"""Activities: what each kind of task needs, and how it repeats."""

from collections.abc import Iterator

from engine.model import Finding
from engine.spiff.diagram import Diagram, Surroundings
from engine.spiff.dialect import (
    CalledElement,
    Facts,
    Loop,
    MultiInstance,
    StandardLoop,
    extensions,
)
from engine.spiff.nodes import is_event_subprocess
from engine.spiff.texts import Text
from engine.spiff.xml import Element, child, local

MAX_RETRIES = 25
MAX_PRIORITY = 100


def activities(diagram: Diagram, around: Surroundings) -> Iterator[Finding]:
    """Check all activities of a file."""
    for graph in diagram.graphs:
        for key, node in graph.nodes.items():
            facts = diagram.facts[key]
            for need in _NEEDS.get(local(node), ()):
                yield from need(diagram, around, node, facts)
            yield from _loop(diagram, node, facts.loop)


def _service(
    diagram: Diagram, around: Surroundings, node: Element, facts: Facts
) -> Iterator[Finding]:
    task = facts.task
    if task is None:
        yield diagram.finding(node, "service_without_type")
        return
    if node.get("messageRef"):
        yield diagram.finding(node, "message_and_type")
    retries = extensions(node)["taskDefinition"].get("retries") or "1"
    if not _is_within(retries, 1, MAX_RETRIES):
        yield diagram.finding(node, "bad_retries", retries=retries, limit=MAX_RETRIES)
    catalogue = around.catalogue
    if catalogue is None:
        return
    if not catalogue.knows(task.type):
        yield diagram.finding(node, "unknown_service_type", type=task.type)
        return
    mapped = {line.target for line in facts.io.inputs}
    for missing in sorted(catalogue.required_inputs(task.type) - mapped):
        yield diagram.finding(
            node, "required_input_missing", input=missing, type=task.type
        )


def _is_within(raw: str, lowest: int, highest: int) -> bool:
    short = raw.isascii() and raw.isdigit() and len(raw) <= len(str(highest))
    return short and lowest <= int(raw) <= highest


def _user(
    diagram: Diagram, around: Surroundings, node: Element, facts: Facts
) -> Iterator[Finding]:
    yield from _form(diagram, around, node, facts)
    priority = facts.priority
    if isinstance(priority, Text) and not _is_within(priority.value, 0, MAX_PRIORITY):
        yield diagram.finding(
            node, "bad_priority", priority=priority.value, limit=MAX_PRIORITY
        )


def _form(
    diagram: Diagram, around: Surroundings, node: Element, facts: Facts
) -> Iterator[Finding]:
    if "formDefinition" not in extensions(node):
        return
    if facts.form_id is None:
        yield diagram.finding(node, "form_without_id")
    elif facts.form_id not in around.forms:
        yield diagram.finding(node, "unknown_form", form=facts.form_id)


def _rule(
    diagram: Diagram, around: Surroundings, node: Element, facts: Facts
) -> Iterator[Finding]:
    decision = facts.called_decision
    if decision is None:
        yield diagram.finding(node, "rule_without_decision")
        return
    if decision.decision_id not in around.decisions:
        yield diagram.finding(node, "unknown_decision", decision=decision.decision_id)
    if not decision.result_variable:
        yield diagram.finding(node, "no_result_variable")


def _script(
    diagram: Diagram, _: Surroundings, node: Element, facts: Facts
) -> Iterator[Finding]:
    if child(node, "script") is not None and facts.script is None:
        return  # the closed list refuses it already, with better words
    if facts.script is None:
        yield diagram.finding(node, "script_without_expression")
    elif not facts.script.result_variable:
        yield diagram.finding(node, "no_result_variable")


def _send(
    diagram: Diagram, _: Surroundings, node: Element, __: Facts
) -> Iterator[Finding]:
    reference = node.get("messageRef")
    if not reference:
        yield diagram.finding(node, "send_without_message")
    elif reference not in diagram.declarations.messages:
        yield diagram.finding(node, "message_missing", ref=reference)


def _receive(
    diagram: Diagram, _: Surroundings, node: Element, __: Facts
) -> Iterator[Finding]:
    reference = node.get("messageRef", "")
    if reference not in diagram.declarations.messages:
        yield diagram.finding(node, "message_missing", ref=reference or "–")


def _call(
    diagram: Diagram, around: Surroundings, node: Element, facts: Facts
) -> Iterator[Finding]:
    called = facts.called_element
    if called is None:
        yield diagram.finding(node, "call_without_process")
        return
    plain = node.get("calledElement")
    if plain and plain != called.process_id:
        yield diagram.finding(
            node, "two_called_processes", first=called.process_id, second=plain
        )
    yield from _called(diagram, around, node, called)


def _called(
    diagram: Diagram, around: Surroundings, node: Element, called: CalledElement
) -> Iterator[Finding]:
    if called.process_id.startswith(("=", "$", "#")):
        yield diagram.finding(node, "called_process_is_expression")
    elif called.process_id not in around.calls:
        yield diagram.finding(node, "unknown_process", process=called.process_id)
    elif called.process_id not in around.startable:
        yield diagram.finding(node, "called_without_start", process=called.process_id)


def _loop(diagram: Diagram, node: Element, found: Loop | None) -> Iterator[Finding]:
    if found is not None and is_event_subprocess(node):
        yield diagram.finding(node, "loop_on_event_subprocess")
    elif isinstance(found, StandardLoop):
        yield from _standard(diagram, node, found)
    elif isinstance(found, MultiInstance):
        yield from _multi(diagram, node, found)


def _standard(
    diagram: Diagram, node: Element, found: StandardLoop
) -> Iterator[Finding]:
    element = child(node, "standardLoopCharacteristics")
    raw = (element.get("loopMaximum") or "").strip() if element is not None else ""
    if raw and (found.maximum is None or found.maximum < 1):
        yield diagram.finding(node, "bad_loop_count", count=raw)
    elif found.maximum is None and found.condition is None:
        yield diagram.finding(node, "loop_without_end")


def _multi(diagram: Diagram, node: Element, found: MultiInstance) -> Iterator[Finding]:
    if (found.collection is None) == (found.cardinality is None):
        yield diagram.finding(node, "multi_instance_without_collection")
    if found.cardinality and found.cardinality.source.lstrip().startswith("-"):
        yield diagram.finding(node, "bad_loop_count", count=found.cardinality.source)
    if (found.output_collection is None) != (found.output_element is None):
        yield diagram.finding(node, "half_output_collection")


_NEEDS = {
    "serviceTask": (_service,),
    "userTask": (_user,),
    "startEvent": (_form,),
    "businessRuleTask": (_rule,),
    "scriptTask": (_script,),
    "sendTask": (_send,),
    "receiveTask": (_receive,),
    "callActivity": (_call,),
}
