"""Functions made of boxed logic: FEEL can call them like its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.dmn.scope import Context, Evaluate, Run
from engine.dmn.types import ANY, ItemType, coerce
from engine.feel.run import Run as FeelRun
from engine.feel.values import Function, Value, arrange, normal


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A formal parameter."""

    name: str
    type: ItemType = ANY


def closure(
    parameters: Sequence[Parameter], body: Evaluate, context: Context, run: Run
) -> Function:
    """Return *body* as a function of *parameters* over the names of *context*.

    An argument that is not of its type becomes null, and so does the result of
    a call with wrong arguments.
    """
    names = tuple(parameter.name for parameter in parameters)

    def invoke(meter: FeelRun, values: list[Value], named: dict[str, Value]) -> Value:
        arguments = arrange(names, values, named)
        if arguments is None:
            return None
        bound = {
            parameter.name: coerce(value, parameter.type)[0]
            for parameter, value in zip(parameters, arguments, strict=True)
        }
        meter.meter.step()
        meter.meter.enter()
        try:
            return normal(body({**context, **bound}, run))
        finally:
            meter.meter.leave()

    return Function("functie", names, invoke)


def call_named(called: object, values: Mapping[str, object], run: Run) -> object:
    """Call a function with arguments by name; null when it is no function."""
    if not isinstance(called, Function):
        return None
    named = {name: normal(value) for name, value in values.items()}
    return called.invoke(FeelRun(run.clock), [], named)
