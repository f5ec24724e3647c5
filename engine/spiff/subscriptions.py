"""What a token tells the outside when it waits for a message or a signal."""

from decimal import Decimal

from engine.spiff.event import MessageEvent, SignalEvent
from engine.spiff.obstacle import Cause, Obstacle, shown
from engine.spiff.task import CaseTask
from engine.step import Subscribed


def subscribe_message(task: CaseTask, event: MessageEvent) -> None:
    """Wait for a message; its correlation key is fixed on entry."""
    _subscribe(task, "message", message_name(task, event), correlation(task, event))


def subscribe_signal(task: CaseTask, event: SignalEvent) -> None:
    """Wait for a signal."""
    _subscribe(task, "signal", message_name(task, event), None)


def _subscribe(task: CaseTask, kind: str, name: str, key: str | None) -> None:
    task.course.effects.announce(
        task.id,
        Subscribed(
            token=task.id,
            element_id=task.task_spec.drawn.id,
            kind=kind,
            name=name,
            correlation_key=key,
        ),
    )


def message_name(task: CaseTask, event: MessageEvent | SignalEvent) -> str:
    """Return the name of the message or signal, evaluated."""
    name = task.course.expressions.of(event.name, task.view())
    if not isinstance(name, str) or not name:
        text = f"De naam van het bericht of signaal is geen tekst: {shown(name)}."
        raise Obstacle(Cause.MESSAGE, text)
    return name


def correlation(task: CaseTask, event: MessageEvent) -> str | None:
    """Return the correlation key as text; None when the message has none.

    A key that evaluates to null is an obstacle: it would let in the message of
    another case.
    """
    if event.correlation_key is None:
        return None
    key = task.course.expressions.of(event.correlation_key, task.view())
    if isinstance(key, str) and key:
        return key
    if isinstance(key, Decimal):
        return format(key.normalize(), "f")
    source = event.correlation_key.source
    text = f"De correlatiesleutel ‘{source}’ geeft geen tekst of getal: {shown(key)}."
    raise Obstacle(Cause.CORRELATION, text)
