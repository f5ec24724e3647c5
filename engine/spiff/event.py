"""What the events of a diagram wait for or throw, and the declarations they name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from engine.spiff.dialect import extensions
from engine.spiff.texts import Feel, Text, Value, feel, value
from engine.spiff.xml import (
    Element,
    bpmn,
    child_text,
    flag,
    identifier,
    local,
)

SUFFIX = "EventDefinition"
TIMES = ("timeDate", "timeDuration", "timeCycle")


class TimerKind(StrEnum):
    """How the text of a timer is meant."""

    DATE = "date"
    DURATION = "duration"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageEvent:
    """A message; without *correlation_key* any case may take it."""

    name: Value
    correlation_key: Feel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalEvent:
    """A signal, for everyone who waits for its name."""

    name: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorEvent:
    """A business error; a catching event without *code* takes all of them."""

    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EscalationEvent:
    """An escalation; a catching event without *code* takes all of them."""

    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerEvent:
    """A point in time, a period, or a repetition (``R3/P7D``)."""

    kind: TimerKind
    text: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionalEvent:
    """Happens when *condition* becomes true."""

    condition: Feel


@dataclass(frozen=True, slots=True, kw_only=True)
class CompensateEvent:
    """Undoes *activity*, or all finished activities of its scope."""

    activity: str | None = None


@dataclass(frozen=True, slots=True)
class CancelEvent:
    """Cancels the transaction around it."""


@dataclass(frozen=True, slots=True)
class TerminateEvent:
    """Ends the scope around it at once."""


Event = (
    MessageEvent
    | SignalEvent
    | ErrorEvent
    | EscalationEvent
    | TimerEvent
    | ConditionalEvent
    | CompensateEvent
    | CancelEvent
    | TerminateEvent
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declarations:
    """The messages, signals, errors and escalations of one file, by id."""

    messages: Mapping[str, MessageEvent] = field(default_factory=dict)
    signals: Mapping[str, SignalEvent] = field(default_factory=dict)
    errors: Mapping[str, ErrorEvent] = field(default_factory=dict)
    escalations: Mapping[str, EscalationEvent] = field(default_factory=dict)


def declarations(root: Element) -> Declarations:
    """Read the declarations at the top of a file."""

    def named(tag: str) -> list[Element]:
        return list(root.iterchildren(bpmn(tag)))

    return Declarations(
        messages={identifier(e): _message(e) for e in named("message")},
        signals={
            identifier(e): SignalEvent(name=value(e.get("name")) or Text(""))
            for e in named("signal")
        },
        errors={
            identifier(e): ErrorEvent(code=_stripped(e, "errorCode"))
            for e in named("error")
        },
        escalations={
            identifier(e): EscalationEvent(code=_stripped(e, "escalationCode"))
            for e in named("escalation")
        },
    )


def _message(element: Element) -> MessageEvent:
    subscription = extensions(element).get("subscription")
    return MessageEvent(
        name=value(element.get("name")) or Text(""),
        correlation_key=None
        if subscription is None
        else feel(subscription.get("correlationKey")),
    )


def _stripped(element: Element, name: str) -> str | None:
    return (element.get(name) or "").strip() or None


def definitions(node: Element) -> list[Element]:
    """Return the event definitions that *node* holds, in file order."""
    return [e for e in node.iterchildren() if local(e).endswith(SUFFIX)]


def kind(definition: Element) -> str:
    """Return the kind of an event definition, for instance ``message``."""
    return local(definition).removesuffix(SUFFIX)


def events(node: Element, declared: Declarations) -> tuple[Event, ...]:
    """Return what a checked node waits for or throws; nothing for a none event.

    A send or receive task gives its message. Several events mean any of them,
    or all of them when ``needs_all`` holds.
    """
    if local(node) in {"sendTask", "receiveTask"}:
        found = declared.messages.get(node.get("messageRef") or "")
        return (found,) if found else ()
    return tuple(event(definition, declared) for definition in definitions(node))


def needs_all(node: Element) -> bool:
    """Tell whether a catching event waits for all of its events."""
    return flag(node, "parallelMultiple")


def event(definition: Element, declared: Declarations) -> Event:
    """Read one checked event definition."""
    return _READERS[kind(definition)](definition, declared)


def timer(definition: Element) -> TimerEvent:
    """Read the one time of a timer."""
    for name in TIMES:
        text = value(child_text(definition, name))
        if text is not None:
            return TimerEvent(
                kind=TimerKind(name.removeprefix("time").lower()), text=text
            )
    message = "a timer has a time once it is checked"
    raise ValueError(message)


def _conditional(definition: Element, _declared: Declarations) -> ConditionalEvent:
    return ConditionalEvent(
        condition=feel(child_text(definition, "condition")) or Feel("false")
    )


_READERS: Mapping[str, Callable[[Element, Declarations], Event]] = {
    "message": lambda d, known: known.messages[d.get("messageRef", "")],
    "signal": lambda d, known: known.signals[d.get("signalRef", "")],
    "error": lambda d, known: known.errors.get(d.get("errorRef", ""), ErrorEvent()),
    "escalation": lambda d, known: known.escalations.get(
        d.get("escalationRef", ""), EscalationEvent()
    ),
    "timer": lambda d, _: timer(d),
    "conditional": _conditional,
    "compensate": lambda d, _: CompensateEvent(activity=_stripped(d, "activityRef")),
    "cancel": lambda _, __: CancelEvent(),
    "terminate": lambda _, __: TerminateEvent(),
}
