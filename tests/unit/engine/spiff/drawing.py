"""Writes small diagrams for the tests of the check."""

from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

from engine.spiff.check import check_files

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"'
    ' xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' id="definitions" targetNamespace="http://example.org">'
)
TOP = (
    '<bpmn:message id="m" name="msg"><bpmn:extensionElements>'
    '<zeebe:subscription correlationKey="=case_number"/>'
    "</bpmn:extensionElements></bpmn:message>"
    '<bpmn:signal id="sg" name="sig"/>'
    '<bpmn:error id="er" name="err" errorCode="E1"/>'
    '<bpmn:escalation id="es" name="esc" escalationCode="X1"/>'
)
MESSAGE = '<bpmn:messageEventDefinition messageRef="m"/>'
SIGNAL = '<bpmn:signalEventDefinition signalRef="sg"/>'
ERROR = '<bpmn:errorEventDefinition errorRef="er"/>'
ESCALATION = '<bpmn:escalationEventDefinition escalationRef="es"/>'
COMPENSATION = "<bpmn:compensateEventDefinition/>"
CANCEL = "<bpmn:cancelEventDefinition/>"
TERMINATE = "<bpmn:terminateEventDefinition/>"


def diagram(*processes, top=TOP):
    return f"{HEAD}{top}{''.join(processes)}</bpmn:definitions>".encode()


def process(*body, key="p", **attributes):
    attributes = {"isExecutable": "true"} | attributes
    return node("process", key, "".join(body), **attributes)


def node(tag, key, inner="", **attributes):
    written = "".join(f" {k}={quoteattr(v)}" for k, v in attributes.items())
    return f'<bpmn:{tag} id="{key}"{written}>{inner}</bpmn:{tag}>'


def start(key="s", inner="", **attributes):
    return node("startEvent", key, inner, **attributes)


def end(key="e", inner=""):
    return node("endEvent", key, inner)


def user(key="u", inner="", **attributes):
    return node("userTask", key, inner, **attributes)


def flow(source, target, condition=None, key=None):
    inner = ""
    if condition is not None:
        inner = (
            f"<bpmn:conditionExpression>{escape(condition)}</bpmn:conditionExpression>"
        )
    return node(
        "sequenceFlow",
        key or f"{source}_{target}",
        inner,
        sourceRef=source,
        targetRef=target,
    )


def chain(*keys):
    return "".join(flow(source, target) for source, target in pairwise(keys))


def extended(inner):
    return f"<bpmn:extensionElements>{inner}</bpmn:extensionElements>"


def zeebe(tag, inner="", /, **attributes):
    written = "".join(f" {k}={quoteattr(v)}" for k, v in attributes.items())
    return f"<zeebe:{tag}{written}>{inner}</zeebe:{tag}>"


def timer(tag="timeDuration", text="PT10S"):
    return (
        f"<bpmn:timerEventDefinition><bpmn:{tag}>{escape(text)}</bpmn:{tag}>"
        "</bpmn:timerEventDefinition>"
    )


def conditional(text="=x > 5"):
    return (
        f"<bpmn:conditionalEventDefinition><bpmn:condition>{escape(text)}"
        "</bpmn:condition></bpmn:conditionalEventDefinition>"
    )


def boundary(key, host, inner, *, interrupts=True):
    return node(
        "boundaryEvent",
        key,
        inner,
        attachedToRef=host,
        cancelActivity="true" if interrupts else "false",
    )


def script(key="a", expression="=1", result="x"):
    return node(
        "scriptTask",
        key,
        extended(zeebe("script", expression=expression, resultVariable=result)),
    )


def handler(key, inner, *, interrupts=True):
    """Draw an event sub-process that starts with the event *inner*."""
    begin = start(f"{key}_s", inner, isInterrupting="true" if interrupts else "false")
    body = begin + user(f"{key}_u") + flow(f"{key}_s", f"{key}_u")
    return node("subProcess", key, body, triggeredByEvent="true")


def simple(*extra, middle=None, key="p"):
    """Draw start, one middle node ``u`` and end, with *extra* parts beside them."""
    return process(
        start(), middle or user(), end(), chain("s", "u", "e"), *extra, key=key
    )


def findings(content, catalogue=None, **files):
    named = {"p.bpmn": content} | {
        name.replace("_", ".", 1): data for name, data in files.items()
    }
    return check_files(named, catalogue)


def codes(content, catalogue=None, **files):
    """Return the codes with their elements, warnings included."""
    return {(f.code, f.element) for f in findings(content, catalogue, **files)}
