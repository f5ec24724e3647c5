"""Built-ins on contexts."""

from typing import Final

from engine.feel.functions.signature import Room
from engine.feel.run import Run
from engine.feel.values import Value, normal

CONTEXTS: Final = Room("Contexts")

_Context = dict[str, Value]


@CONTEXTS.function("get value", "m: context, key: string", "m: context, keys: list")
def _get_value(run: Run, context: _Context, key: str | list[Value]) -> Value:
    """The entry under a key, or under a path of keys; null without one."""
    if isinstance(key, str):
        return normal(context.get(key))
    place: Value = context
    for step in key:
        if not isinstance(place, dict) or not isinstance(step, str):
            return None
        place = normal(place.get(step))
    return place if key else None


@CONTEXTS.function("get entries", "m: context")
def _get_entries(run: Run, context: _Context) -> Value:
    """The entries as a list of contexts with ``key`` and ``value``."""
    return [{"key": key, "value": value} for key, value in context.items()]


@CONTEXTS.function(
    "context put",
    "context: context, key: string, value: any",
    "context: context, keys: list, value: any",
)
def _context_put(
    run: Run, context: _Context, key: str | list[Value], value: Value
) -> Value:
    """The context with another value under a key, or under a path of keys."""
    run.meter.grow(len(context))
    if isinstance(key, str):
        return {**context, key: value}
    return _put_deep(context, key, value)


def _put_deep(context: Value, keys: list[Value], value: Value) -> Value:
    if not keys:
        message = "no key"
        raise ValueError(message)
    first, *rest = keys
    if not isinstance(first, str) or not isinstance(context, dict):
        message = "no context to put in"
        raise ValueError(message)  # noqa: TRY004 - null, not a fault of ours
    inner = _put_deep(context.get(first), rest, value) if rest else value
    return {**context, first: inner}


@CONTEXTS.function("context merge", "contexts: list")
def _context_merge(run: Run, contexts: list[Value]) -> Value:
    """One context of many; later entries win."""
    merged: _Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        run.meter.grow(len(context))
        merged |= context
    return merged


@CONTEXTS.function("context", "entries: list")
def _context(run: Run, entries: list[Value]) -> Value:
    """A context of entries with ``key`` and ``value``; null for a double key."""
    made: _Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            return None
        key = entry["key"]
        if not isinstance(key, str) or key in made:
            return None
        made[key] = entry["value"]
    return made
