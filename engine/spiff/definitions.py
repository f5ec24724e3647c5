"""SpiffWorkflow's event definition for each event of the dialect.

They mark what a spec waits for or throws; errors and escalations are matched by
their equality. Compensation has no class upstream.
"""

from collections.abc import Callable

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.conditional import (
    ConditionalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.item_aware_event import (
    ErrorEventDefinition,
    EscalationEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.message import MessageEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import (
    CancelEventDefinition,
    NoneEventDefinition,
    TerminateEventDefinition,
)
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition

from engine.spiff.event import (
    CancelEvent,
    CompensateEvent,
    ConditionalEvent,
    ErrorEvent,
    EscalationEvent,
    Event,
    MessageEvent,
    SignalEvent,
    TerminateEvent,
    TimerEvent,
)

_DEFINITIONS: dict[type[Event], Callable[..., EventDefinition]] = {
    MessageEvent: lambda event: MessageEventDefinition(event.name),
    SignalEvent: lambda event: SignalEventDefinition(event.name),
    ErrorEvent: lambda event: ErrorEventDefinition("error", event.code),
    EscalationEvent: lambda event: EscalationEventDefinition("escalation", event.code),
    TimerEvent: lambda event: TimerEventDefinition("timer", event.text),
    ConditionalEvent: lambda event: ConditionalEventDefinition(event.condition),
    CompensateEvent: lambda _: EventDefinition("compensate"),
    CancelEvent: lambda _: CancelEventDefinition(),
    TerminateEvent: lambda _: TerminateEventDefinition(),
}


def definition_of(events: tuple[Event, ...]) -> EventDefinition:
    """Return the definition of an element; several events have one each, apart."""
    if len(events) != 1:
        return NoneEventDefinition()
    return _DEFINITIONS[type(events[0])](events[0])
