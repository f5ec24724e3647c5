"""FEEL values as plain JSON.

Text, yes or no, lists and contexts are themselves. Dates, times, moments and
durations are their ISO 8601 text; a moment keeps its offset and loses the name
of its zone. A number is a JSON number when that is exact, otherwise its digits
as text. A range is its FEEL text.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from engine.feel.formatting import string
from engine.feel.values import Value

LARGEST_EXACT = 2**53


def to_json(value: Value) -> object:
    """Return *value* as JSON has it."""
    return _WRITERS.get(type(value), string)(value)


def all_to_json(values: Mapping[str, Value]) -> dict[str, object]:
    """Return the values by name as JSON has them."""
    return {name: to_json(each) for name, each in values.items()}


def _number(value: Decimal) -> object:
    if value == value.to_integral_value() and abs(value) < LARGEST_EXACT:
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else str(value)


_WRITERS: Mapping[type, Callable[[Any], object]] = {
    type(None): lambda value: value,
    bool: lambda value: value,
    str: lambda value: value,
    Decimal: _number,
    date: date.isoformat,
    time: time.isoformat,
    datetime: datetime.isoformat,
    list: lambda value: [to_json(item) for item in value],
    dict: all_to_json,
}
