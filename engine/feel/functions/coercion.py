"""The implicit conversions of the standard (DMN 1.5, 10.3.2.9.4)."""

from datetime import UTC, date, datetime

from engine.feel.types import Type
from engine.feel.values import Kind, Value, kind


def coerce(value: Value, kinds: frozenset[Kind]) -> tuple[bool, Value]:
    """Convert an argument to one of *kinds*; tell whether that is possible.

    A list of one gives its item, an item makes a list of one, a date is its
    midnight in UTC.
    """
    if kind(value) in kinds:
        return True, value
    if isinstance(value, list) and len(value) == 1 and kind(value[0]) in kinds:
        return True, value[0]
    if Kind.LIST in kinds and value is not None:
        return True, [value]
    if Kind.DATE_AND_TIME in kinds and type(value) is date:
        return True, datetime(value.year, value.month, value.day, tzinfo=UTC)
    return False, None


def coerce_to_type(value: Value, type_: Type | None) -> tuple[bool, Value]:
    """Convert a value to *type_*; null fits every type."""
    if type_ is None or value is None or type_.admits(value):
        return True, value
    if isinstance(value, list) and len(value) == 1 and type_.admits(value[0]):
        return True, value[0]
    if type_.admits([value]):
        return True, [value]
    if type_.kind is Kind.DATE_AND_TIME and type(value) is date:
        return True, datetime(value.year, value.month, value.day, tzinfo=UTC)
    return False, None
