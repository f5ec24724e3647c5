"""Built-in functions and their signatures, written as FEEL writes them.

``"string: string, start position: number, length?: number"`` are two needed
parameters and one that may be left out. ``items*: any`` takes all that is
left, at least one; ``items*?: any`` may take none. Kinds are joined by ``|``;
``any`` admits null too.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from engine.feel.functions.coercion import coerce
from engine.feel.run import Run
from engine.feel.values import Function, Kind, Value

_GROUPS: Final[dict[str, frozenset[Kind]]] = {
    **{kind.value: frozenset({kind}) for kind in Kind},
    "any": frozenset(Kind),
    "duration": frozenset({Kind.DAYS_TIME, Kind.YEARS_MONTHS}),
    "point": frozenset(Kind) - {Kind.NULL, Kind.RANGE, Kind.LIST},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter, with the kinds of values that it takes."""

    name: str
    kinds: frozenset[Kind]
    optional: bool
    variadic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One way to call a function; *run* gets the run and the coerced arguments."""

    text: str
    parameters: tuple[Parameter, ...]
    run: Callable[..., Value]

    @property
    def is_variadic(self) -> bool:
        """Tell whether the last parameter takes all that is left."""
        return bool(self.parameters) and self.parameters[-1].variadic

    def takes(self, count: int) -> bool:
        """Tell whether *count* positional arguments can fit."""
        needed = sum(not parameter.optional for parameter in self.parameters)
        return needed <= count and (self.is_variadic or count <= len(self.parameters))

    def bind(self, values: list[Value]) -> list[Value] | None:
        """Coerce positional arguments; None when one does not fit."""
        bound: list[Value] = []
        last = len(self.parameters) - 1
        for index, value in enumerate(values):
            fits, coerced = coerce(value, self.parameters[min(index, last)].kinds)
            if not fits:
                return None
            bound.append(coerced)
        return bound

    def order(self, named: Mapping[str, Value]) -> list[Value] | None:
        """Put named arguments in order; None when the names don't fit."""
        names = [parameter.name for parameter in self.parameters]
        if not set(named) <= set(names):
            return None
        needed = {p.name for p in self.parameters if not p.optional}
        if not needed <= set(named) and not self.is_variadic:
            return None
        last = max((names.index(name) for name in named), default=-1)
        return self._spread([named.get(name) for name in names[: last + 1]])

    def _spread(self, values: list[Value]) -> list[Value]:
        if self.is_variadic and values and isinstance(values[-1], list):
            return [*values[:-1], *values[-1]]
        return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Builtin:
    """A built-in function: the first of its *signatures* that fits is called."""

    name: str
    signatures: tuple[Signature, ...]
    summary: str = ""

    def fitting(self, count: int) -> tuple[Signature, ...]:
        """Return the signatures that take *count* positional arguments."""
        return tuple(one for one in self.signatures if one.takes(count))

    def call(
        self, run: Run, values: list[Value], fitting: Iterable[Signature]
    ) -> Value:
        """Call the first signature of *fitting* whose kinds fit; null without one."""
        for signature in fitting:
            bound = signature.bind(values)
            if bound is not None:
                return _perform(run, signature, bound)
        return None

    def call_named(self, run: Run, named: Mapping[str, Value]) -> Value:
        """Call with named arguments; null when they don't fit."""
        for signature in self.signatures:
            ordered = signature.order(named)
            bound = None if ordered is None else signature.bind(ordered)
            if bound is not None:
                return _perform(run, signature, bound)
        return None

    def as_value(self) -> Function:
        """Return the function as a FEEL value."""

        def invoke(run: Run, values: list[Value], named: dict[str, Value]) -> Value:
            if named:
                return self.call_named(run, named)
            return self.call(run, values, self.fitting(len(values)))

        names = tuple(p.name for p in self.signatures[0].parameters)
        return Function(self.name, names, invoke)


def _perform(run: Run, signature: Signature, values: list[Value]) -> Value:
    meter = run.meter
    meter.step(1 + sum([len(v) for v in values if type(v) is list]))
    try:
        result = signature.run(run, *values)
    except (ArithmeticError, ValueError):
        return None
    if isinstance(result, str | list):
        meter.grow(len(result))
    return result


def parse_signature(text: str, run: Callable[..., Value]) -> Signature:
    """Read a signature; raise ``KeyError`` for an unknown kind."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    parameters = tuple(_parse_parameter(part) for part in parts)
    return Signature(text=text, parameters=parameters, run=run)


def _parse_parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(":")
    bare = name.strip().rstrip("?*")
    groups = [_GROUPS[part.strip()] for part in kinds.split("|")]
    return Parameter(
        name=bare,
        kinds=frozenset().union(*groups),
        optional="?" in name,
        variadic="*" in name,
    )


@dataclass(frozen=True, slots=True)
class FunctionTable:
    """The functions that a text may call, by name; never changed, only extended."""

    functions: Mapping[str, Builtin] = field(default_factory=dict)

    def get(self, name: str) -> Builtin | None:
        """Return the function of this name."""
        return self.functions.get(name)

    def extended(self, *rooms: "Room") -> "FunctionTable":
        """Return a table with the functions of *rooms* too; the latest wins."""
        merged = dict(self.functions)
        for room in rooms:
            merged |= room.functions
        return FunctionTable(merged)


class Room:
    """Collects functions of one subject while a module is read.

    ``@room.function("name", "a: number, b?: string")`` registers a Python
    function that takes the run and the arguments; several signatures may be
    given, tried in order, or a name may be registered again with another
    Python function. A function raises ``ArithmeticError`` or ``ValueError``
    for null.
    """

    def __init__(self, title: str) -> None:
        self.title = title
        self.functions: dict[str, Builtin] = {}

    def function(
        self, name: str, *signatures: str
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register the decorated function under *name*."""

        def register(run: Callable[..., Any]) -> Callable[..., Any]:
            before = self.functions.get(name)
            made = tuple(parse_signature(text, run) for text in signatures)
            self.functions[name] = Builtin(
                name=name,
                signatures=(before.signatures if before else ()) + made,
                summary=before.summary if before else _summary(run),
            )
            return run

        return register


def _summary(run: Callable[..., Any]) -> str:
    return (run.__doc__ or "").strip().split("\n")[0]
