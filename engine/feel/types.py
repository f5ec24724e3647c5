"""Types, for ``instance of``, parameters and declared variables."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.feel.values import Function, Kind, Range, Value, kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Type:
    """A type; *kind* None is ``Any``.

    *item* types a list or range, *entries* a context,
    *arity* counts the parameters of a function.
    """

    kind: Kind | None = None
    item: "Type | None" = None
    entries: "Mapping[str, Type]" = field(default_factory=dict)
    arity: int | None = None

    def admits(self, value: Value) -> bool:
        """Tell whether *value* is an instance; null is one of ``Null`` only."""
        if self.kind is None:
            return value is not None
        if kind(value) is not self.kind:
            return False
        return self._admits_parts(value)

    def _admits_parts(self, value: Value) -> bool:
        if isinstance(value, list):
            return self.item is None or all(_fits(self.item, item) for item in value)
        if isinstance(value, dict):
            return all(
                name in value and _fits(type_, value[name])
                for name, type_ in self.entries.items()
            )
        if isinstance(value, Range):
            return self.item is None or self.item.admits(_endpoint(value))
        if isinstance(value, Function):
            return self.arity in {None, len(value.parameters)}
        return True


def _fits(type_: Type, value: Value) -> bool:
    return value is None or type_.admits(value)


def _endpoint(scope: Range) -> Value:
    return scope.end if scope.start is None else scope.start


ANY: Final = Type()

NAMED_TYPES: Final[dict[str, Type]] = {
    "Any": ANY,
    "Null": Type(kind=Kind.NULL),
    "boolean": Type(kind=Kind.BOOLEAN),
    "number": Type(kind=Kind.NUMBER),
    "string": Type(kind=Kind.STRING),
    "date": Type(kind=Kind.DATE),
    "time": Type(kind=Kind.TIME),
    "date and time": Type(kind=Kind.DATE_AND_TIME),
    "dateTime": Type(kind=Kind.DATE_AND_TIME),
    "days and time duration": Type(kind=Kind.DAYS_TIME),
    "dayTimeDuration": Type(kind=Kind.DAYS_TIME),
    "years and months duration": Type(kind=Kind.YEARS_MONTHS),
    "yearMonthDuration": Type(kind=Kind.YEARS_MONTHS),
    "list": Type(kind=Kind.LIST),
    "context": Type(kind=Kind.CONTEXT),
    "range": Type(kind=Kind.RANGE),
    "function": Type(kind=Kind.FUNCTION),
}
