"""Builds SpiffWorkflow's spec objects straight from a diagram in normal form.

The parser upstream is not used: it refuses legal BPMN and drops drawn elements.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.spiff import gateways, loops
from engine.spiff.activities import Manual, Rule, Script, Service, Undetermined, User
from engine.spiff.decisions import BundleDecisions
from engine.spiff.definitions import definition_of
from engine.spiff.dialect import (
    Facts,
    IoMapping,
    MultiInstance,
    StandardLoop,
    condition,
    read,
)
from engine.spiff.event import CompensateEvent, definitions, events, needs_all
from engine.spiff.events import (
    Begin,
    Boundary,
    Catch,
    CatchEvent,
    HandlerStart,
    Part,
    Receive,
    Waiting,
)
from engine.spiff.flow import Drawn, Flow, SequenceFlow
from engine.spiff.loops import Repeating
from engine.spiff.nodes import is_event_subprocess, nodes_of
from engine.spiff.prepass import Prepared
from engine.spiff.process import ProcessSpec
from engine.spiff.subprocess import Call, Embedded, Handler, Host, Transaction
from engine.spiff.throws import End, Send, ThrowEvent, Throwing
from engine.spiff.xml import Element, children, flag, identifier, local

PLAIN: Mapping[str, Callable[..., Flow]] = {
    "task": Undetermined,
    "userTask": User,
    "manualTask": Manual,
    "serviceTask": Service,
    "exclusiveGateway": gateways.Exclusive,
    "parallelGateway": gateways.Parallel,
    "inclusiveGateway": gateways.Inclusive,
    "eventBasedGateway": gateways.EventBased,
    "callActivity": Call,
}
EVENTS: Mapping[str, Callable[..., Waiting | Throwing]] = {
    "startEvent": Begin,
    "intermediateCatchEvent": CatchEvent,
    "receiveTask": Receive,
    "boundaryEvent": Boundary,
    "intermediateThrowEvent": ThrowEvent,
    "endEvent": End,
    "sendTask": Send,
}

_ADDED = re.compile(r"__(start|end|gateway|merge)0$")
"""The ids of the nodes that the normal form adds (``engine.spiff.prepass``)."""


def build(prepared: Prepared, decisions: BundleDecisions) -> dict[str, ProcessSpec]:
    """Return the spec of each executable process, by id."""
    builder = Builder(prepared, decisions)
    return {identifier(e): builder.process(e) for e in prepared.processes}


class Builder:
    """Builds the specs of one file."""

    def __init__(self, prepared: Prepared, decisions: BundleDecisions) -> None:
        self._declared = prepared.declarations
        self._lanes = prepared.lanes
        self._decisions = decisions

    def process(self, element: Element, process_id: str | None = None) -> ProcessSpec:
        """Build a process, or the inside of a sub-process of *process_id*."""
        spec = ProcessSpec(drawn=self._drawn(element))
        spec.process_id = process_id or identifier(element)
        spec.decisions = self._decisions
        nodes = nodes_of(element)
        for node in nodes:
            self._node(spec, node)
        _connect(spec, element)
        for node in nodes:
            self._attach(spec, node, element)
        _begin(spec, nodes)
        return spec

    def _drawn(self, node: Element) -> Drawn:
        key = identifier(node)
        return Drawn(
            id=key,
            name=node.get("name"),
            lane=self._lanes.get(key),
            is_added=_ADDED.search(key) is not None,
            facts=read(node),
        )

    def _node(self, spec: ProcessSpec, node: Element) -> None:
        drawn = self._drawn(node)
        loop = drawn.facts.loop
        if loop is None:
            self._element(spec, node, drawn, drawn.id)
            return
        inner = self._element(spec, node, drawn, f"{drawn.id} (instance)")
        inner.is_instance = True
        outside = replace(drawn, facts=replace(drawn.facts, io=IoMapping()))
        whole = _repeating(spec, outside, loop, inner.name)
        inner.completed_event.connect(whole.merge_child)

    def _element(
        self, spec: ProcessSpec, node: Element, drawn: Drawn, name: str
    ) -> Flow:
        tag = local(node)
        if tag in {"subProcess", "transaction"}:
            element = self._host(spec, node, drawn, name)
        elif tag in PLAIN:
            extra = {"subworkflow_spec": drawn.id} if tag == "callActivity" else {}
            element = PLAIN[tag](spec, name, drawn=drawn, **extra)
        elif tag in {"scriptTask", "businessRuleTask"}:
            element = _reckoning(spec, name, drawn)
        else:
            element = self._event(spec, node, drawn, name)
        return element

    def _host(self, spec: ProcessSpec, node: Element, drawn: Drawn, name: str) -> Flow:
        kind: type[Host] = Transaction if local(node) == "transaction" else Embedded
        if is_event_subprocess(node):
            kind = Handler
        host = kind(spec, name, drawn=drawn, subworkflow_spec=drawn.id)
        host.body = self.process(node, spec.process_id)
        return host

    def _event(self, spec: ProcessSpec, node: Element, drawn: Drawn, name: str) -> Flow:
        tag, found = local(node), events(node, self._declared)
        definition = definition_of(found if tag != "startEvent" else ())
        extra = {}
        if tag == "boundaryEvent":
            extra["cancel_activity"] = flag(node, "cancelActivity", default=True)
        element = EVENTS[tag](
            spec, name, drawn=drawn, event_definition=definition, **extra
        )
        element.events = found
        if isinstance(element, Catch | Boundary):
            element.needs_all = needs_all(node)
            _divide(spec, element)
        return element

    def _attach(self, spec: ProcessSpec, node: Element, scope: Element) -> None:
        """Tie boundary events to their activity and handlers to their frame."""
        if local(node) == "boundaryEvent":
            host = spec.task_specs[node.get("attachedToRef")]
            if any(
                isinstance(e, CompensateEvent) for e in events(node, self._declared)
            ):
                host.handler = _associated(scope, identifier(node))
            else:
                host.boundary.append(identifier(node))
        elif is_event_subprocess(node):
            self._listen(spec, node)

    def _listen(self, spec: ProcessSpec, node: Element) -> None:
        start = next(children(node, "startEvent"))
        found = events(start, self._declared)
        key = identifier(node)
        if any(isinstance(event, CompensateEvent) for event in found):
            spec.compensator = key
            return
        listener = HandlerStart(
            spec,
            f"{key} (listener)",
            event_definition=definition_of(found),
            drawn=self._drawn(start),
        )
        listener.events, listener.needs_all = found, needs_all(start)
        listener.opens = key
        listener.cancel_activity = flag(start, "isInterrupting", default=True)
        _divide(spec, listener)
        spec.listeners.append(listener.name)


def _repeating(
    spec: ProcessSpec, drawn: Drawn, loop: MultiInstance | StandardLoop, inner: str
) -> Repeating:
    """Build the whole of an activity that repeats the element *inner*."""
    whole: Repeating
    if isinstance(loop, StandardLoop):
        whole = loops.Rounds(
            spec,
            drawn.id,
            drawn=drawn,
            task_spec=inner,
            maximum=loop.maximum,
            condition=loop.condition,
            test_before=loop.test_before,
        )
    else:
        kind = loops.Sequential if loop.sequential else loops.Parallel
        count = loops.Count(loop)
        whole = kind(spec, drawn.id, drawn=drawn, task_spec=inner, cardinality=count)
    whole.loop = loop
    return whole


def _reckoning(spec: ProcessSpec, name: str, drawn: Drawn) -> Flow:
    """Build a task that evaluates FEEL or a decision."""
    if drawn.facts.called_decision is not None:
        return Rule(spec, name, drawn=drawn, script=None)
    return Script(spec, name, drawn=drawn, script=drawn.facts.script)


def _divide(spec: ProcessSpec, whole: Waiting) -> None:
    """Give an element with several events one inner spec per event."""
    if len(whole.events) <= 1:
        return
    bare = replace(whole.drawn, facts=Facts())
    names = []
    for number, event in enumerate(whole.events):
        name = f"{whole.name} (event {number})"
        part = Part(spec, name, event_definition=definition_of((event,)), drawn=bare)
        part.events = (event,)
        names.append(name)
    whole.parts = tuple(names)


def _connect(spec: ProcessSpec, scope: Element) -> None:
    defaults = {node.get("default") for node in nodes_of(scope)}
    for flow in children(scope, "sequenceFlow"):
        source = spec.task_specs[flow.get("sourceRef")]
        target = spec.task_specs[flow.get("targetRef")]
        key = identifier(flow)
        source.flows.append(
            SequenceFlow(
                id=key,
                target=target.name,
                condition=condition(flow),
                is_default=key in defaults,
            )
        )
        target.incoming.append(key)


def _associated(scope: Element, boundary: str) -> str | None:
    """Return the element that an association leads to from *boundary*."""
    for association in children(scope, "association"):
        if association.get("sourceRef") == boundary:
            return association.get("targetRef")
    return None


def _begin(spec: ProcessSpec, nodes: list[Element]) -> None:
    """Lead from the start of the frame to its drawn plain start event."""
    starts = [node for node in nodes if local(node) == "startEvent"]
    plain = [node for node in starts if not definitions(node)]
    for node in (plain or starts)[:1]:
        spec.start.flows.append(SequenceFlow(id="(start)", target=identifier(node)))
