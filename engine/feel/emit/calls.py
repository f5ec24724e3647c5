"""Closures of calls and of functions written in FEEL."""

from engine.feel.emit.protocol import Emit
from engine.feel.emit.scope import MISSING, Code, Scope
from engine.feel.functions.coercion import coerce_to_type
from engine.feel.functions.signature import Builtin
from engine.feel.nodes import Call, FunctionLiteral, Name
from engine.feel.run import Run
from engine.feel.values import Function, Value, arrange

_Arguments = tuple[list[Code], list[tuple[str, Code]]]


def emit_call(emit: Emit, node: Call) -> Code:
    """Call a built-in, or a function that is a value; null when it is none."""
    positional = [emit(argument) for argument in node.arguments]
    named = [(name, emit(argument)) for name, argument in node.named]
    by_value = _emit_value_call(emit(node.callee), (positional, named))
    if not isinstance(node.callee, Name):
        return by_value
    builtin = emit.functions.get(node.callee.name)
    if builtin is None:
        return by_value
    if named:
        return _emit_named(builtin, named, by_value)
    return _emit_builtin(builtin, positional, by_value)


def _emit_value_call(callee: Code, arguments: _Arguments) -> Code:
    positional, named = arguments

    def call(scope: Scope) -> Value:
        function = callee(scope)
        if not isinstance(function, Function):
            return None
        values = [argument(scope) for argument in positional]
        by_name = {name: argument(scope) for name, argument in named}
        return function.invoke(scope.run, values, by_name)

    return call


def _emit_builtin(builtin: Builtin, arguments: list[Code], shadowed: Code) -> Code:
    name, fitting = builtin.name, builtin.fitting(len(arguments))

    def call(scope: Scope) -> Value:
        if _is_shadowed(name, scope):
            return shadowed(scope)
        values = [argument(scope) for argument in arguments]
        return builtin.call(scope.run, values, fitting)

    return call


def _emit_named(
    builtin: Builtin, named: list[tuple[str, Code]], shadowed: Code
) -> Code:
    def call(scope: Scope) -> Value:
        if _is_shadowed(builtin.name, scope):
            return shadowed(scope)
        values = {name: argument(scope) for name, argument in named}
        return builtin.call_named(scope.run, values)

    return call


def _is_shadowed(name: str, scope: Scope) -> bool:
    """Tell whether the text itself, or its caller, gave *name* to a function."""
    place: Scope | None = scope
    while place is not None:
        value = place.names.get(name, MISSING)
        if value is not MISSING:
            return isinstance(value, Function)
        place = place.outer
    return False


def emit_function(emit: Emit, node: FunctionLiteral) -> Code:
    """Make a function that remembers where it was written."""
    body, parameters, types = emit(node.body), node.parameters, node.types

    def make(scope: Scope) -> Value:
        def invoke(run: Run, values: list[Value], named: dict[str, Value]) -> Value:
            ordered = arrange(parameters, values, named)
            if ordered is None:
                return None
            arguments: dict[str, Value] = {}
            for name, type_, value in zip(parameters, types, ordered, strict=True):
                fits, arguments[name] = coerce_to_type(value, type_)
                if not fits:
                    return None
            return _enter(body, Scope(arguments, scope, run))

        return Function("", parameters, invoke)

    return make


def _enter(body: Code, scope: Scope) -> Value:
    meter = scope.run.meter
    meter.step()
    meter.enter()
    result = body(scope)
    meter.leave()
    return result
