"""Closures that read variables and paths."""

from engine.feel.emit.protocol import Emit
from engine.feel.emit.scope import MISSING, Code, Scope
from engine.feel.nodes import Name, Path
from engine.feel.properties import property_of
from engine.feel.values import Value, normal


def emit_name(emit: Emit, node: Name) -> Code:
    """Read a variable, innermost scope first; then a built-in; otherwise null."""
    name = node.name
    builtin = emit.functions.get(name)
    fallback = None if builtin is None else builtin.as_value()

    def read(scope: Scope) -> Value:
        place: Scope | None = scope
        while place is not None:
            value = place.names.get(name, MISSING)
            if value is not MISSING:
                return normal(value)
            place = place.outer
        return fallback

    return read


def emit_path(emit: Emit, node: Path) -> Code:
    """Read an entry or property; over a list, that of each item."""
    source, name = emit(node.source), node.name

    def read(scope: Scope) -> Value:
        value = source(scope)
        if type(value) is dict:
            return normal(value.get(name))
        if type(value) is list:
            scope.run.meter.step(len(value))
            return [property_of(item, name) for item in value]
        return property_of(value, name)

    return read
