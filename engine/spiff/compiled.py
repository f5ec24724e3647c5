"""A checked bundle, ready to run."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.model import Bundle
from engine.ports import StartEvent
from engine.spiff.build import build
from engine.spiff.decisions import BundleDecisions
from engine.spiff.dialect import read
from engine.spiff.event import MessageEvent, SignalEvent, TimerEvent, events
from engine.spiff.prepass import Prepared, prepare
from engine.spiff.process import ProcessSpec
from engine.spiff.texts import Text, Value
from engine.spiff.xml import Element, bpmn, children, identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnStart:
    """A start event that begins a process by itself."""

    process_id: str
    element_id: str
    kind: str
    name: str


class Compiled:
    """The specs, forms and decisions of one bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self.content_hash = bundle.content_hash
        prepared = [prepare(content) for content in _files(bundle, ".bpmn")]
        self.decisions = BundleDecisions(tuple(_files(bundle, ".dmn")))
        self.specs: dict[str, ProcessSpec] = {}
        for one in prepared:
            self.specs |= build(one, self.decisions)
        elements = [(one, e) for one in prepared for e in one.processes]
        self.processes: Mapping[str, str] = {
            identifier(e): e.get("name") or identifier(e) for _, e in elements
        }
        self.calls: Mapping[str, frozenset[str]] = {
            identifier(e): _calls(e) for _, e in elements
        }
        self.start_events: tuple[StartEvent, ...] = tuple(
            start for one, e in elements for start in _starts(one, e)
        )
        self._names = {identifier(e): _names(e) for _, e in elements}
        self._forms = dict(_forms(bundle))

    def form(self, form_id: str) -> bytes | None:
        """Return the form-js schema with this id."""
        return self._forms.get(form_id)

    def element_name(self, process_id: str, element_id: str) -> str:
        """Return the drawn name of an element, or its id."""
        return self._names.get(process_id, {}).get(element_id, element_id)


def _files(bundle: Bundle, suffix: str) -> Iterator[bytes]:
    for name in sorted(bundle.files):
        if PurePosixPath(name).suffix.lower() == suffix:
            yield bundle.files[name]


def _forms(bundle: Bundle) -> Iterator[tuple[str, bytes]]:
    for content in _files(bundle, ".form"):
        yield json.loads(content)["id"], content


def _calls(process: Element) -> frozenset[str]:
    called = [read(e).called_element for e in process.iter(bpmn("callActivity"))]
    return frozenset(one.process_id for one in called if one is not None)


def _names(process: Element) -> dict[str, str]:
    return {identifier(e): e.get("name", "") for e in process.iter() if e.get("name")}


KINDS = {MessageEvent: "message", SignalEvent: "signal", TimerEvent: "timer"}


def _starts(prepared: Prepared, process: Element) -> Iterator[DrawnStart]:
    for node in children(process, "startEvent"):
        for event in events(node, prepared.declarations):
            if isinstance(event, MessageEvent | SignalEvent | TimerEvent):
                text = event.text if isinstance(event, TimerEvent) else event.name
                yield DrawnStart(
                    process_id=identifier(process),
                    element_id=identifier(node),
                    kind=KINDS[type(event)],
                    name=_source(text),
                )


def _source(value: Value) -> str:
    return value.value if isinstance(value, Text) else f"={value.source}"
