"""Functions made of boxed logic: FEEL can call them like its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.dmn.scope import Context, Evaluate, Run
from engine.dmn.types import ANY, ItemType, coerce
from engine.feel.run import Run as FeelRun
from engine.feel.values import Function, Value, arrange


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A formal parameter."""

    name: str
    type: ItemType = ANY


def closure(
    parameters: Sequence[Parameter], body: Evaluate, context: Context, run: Run
) -> Function:
    """Return *body* as a function of *parameters* over the names of *context*.

    A call with too few arguments, or with one that is not of its type, gives
    null.
    """
    names = tuple(parameter.name for parameter in parameters)

    def invoke(meter: FeelRun, values: list[Value], named: dict[str, Value]) -> Value:
        arguments = arrange(names, values, named)
        if arguments is None:
            return None
        bound: dict[str, Value] = {}
        for parameter, argument in zip(parameters, arguments, strict=True):
            bound[parameter.name], fits = coerce(argument, parameter.type)
            if not fits:
                return None
        run.meter.step()
        meter.meter.step()
        meter.meter.enter()
        try:
            return body({**context, **bound}, run)
        finally:
            meter.meter.leave()

    return Function("functie", names, invoke)


def call_named(called: Value, values: Mapping[str, Value], run: Run) -> Value:
    """Call a function with arguments by name; null when it is no function."""
    if not isinstance(called, Function):
        return None
    return called.invoke(FeelRun(run.clock), [], dict(values))
