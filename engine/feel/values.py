"""The values of FEEL.

Number is ``Decimal``, string ``str``, boolean ``bool``, null ``None``, list
``list``, context ``dict``; date, time, date and time are those of ``datetime``
(aware with a ``ZoneInfo`` or a fixed offset, or local). The rest is below.
Values have exactly these types, no subclasses: the kind of a value is one
look-up of its type.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal, InvalidOperation, Overflow
from enum import Enum, StrEnum
from typing import Any, Final, TypeAlias
from uuid import UUID
from zoneinfo import ZoneInfo

from engine.feel.errors import FeelError
from engine.feel.numbers import CONTEXT
from engine.feel.run import Run


class Kind(StrEnum):
    """The kinds of values, under their FEEL names."""

    NULL = "null"
    BOOLEAN = "boolean"
    NUMBER = "number"
    STRING = "string"
    DATE = "date"
    TIME = "time"
    DATE_AND_TIME = "date and time"
    DAYS_TIME = "days and time duration"
    YEARS_MONTHS = "years and months duration"
    LIST = "list"
    CONTEXT = "context"
    RANGE = "range"
    FUNCTION = "function"


@dataclass(frozen=True, slots=True, order=True)
class DaysTime:
    """A days and time duration: an exact number of *seconds*, with sign."""

    seconds: Decimal


@dataclass(frozen=True, slots=True, order=True)
class YearsMonths:
    """A years and months duration: a whole number of *months*, with sign."""

    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """A range; an endpoint None is unbounded."""

    start: "Value"
    end: "Value"
    start_included: bool = True
    end_included: bool = True


Invoke: TypeAlias = "Callable[[Run, list[Value], dict[str, Value]], Value]"


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function; *invoke* gets the run, the positional and the named arguments."""

    name: str
    parameters: tuple[str, ...]
    invoke: Invoke

    @staticmethod
    def of(
        name: str,
        parameters: Sequence[str],
        body: "Callable[..., Value]",
    ) -> "Function":
        """Wrap *body*, which takes the parameters in order; wrong calls give null."""
        order = tuple(parameters)

        def invoke(run: Run, values: list[Value], named: dict[str, Value]) -> Value:
            arguments = arrange(order, values, named)
            return None if arguments is None else body(*arguments)

        return Function(name, order, invoke)


def arrange(
    parameters: tuple[str, ...], values: "list[Value]", named: "dict[str, Value]"
) -> "list[Value] | None":
    """Put arguments in the order of *parameters*; None when they don't fit."""
    if not named:
        return values if len(values) == len(parameters) else None
    if values or named.keys() != set(parameters):
        return None
    return [named[name] for name in parameters]


Value: TypeAlias = (
    "bool | Decimal | str | date | time | datetime | DaysTime | YearsMonths"
    " | list[Value] | dict[str, Value] | Range | Function | None"
)

KINDS: Final[dict[type, Kind]] = {
    type(None): Kind.NULL,
    bool: Kind.BOOLEAN,
    Decimal: Kind.NUMBER,
    str: Kind.STRING,
    date: Kind.DATE,
    time: Kind.TIME,
    datetime: Kind.DATE_AND_TIME,
    DaysTime: Kind.DAYS_TIME,
    YearsMonths: Kind.YEARS_MONTHS,
    list: Kind.LIST,
    dict: Kind.CONTEXT,
    Range: Kind.RANGE,
    Function: Kind.FUNCTION,
}


def kind(value: Value) -> Kind:
    """Return the kind of a FEEL value."""
    return KINDS[type(value)]


def from_python(value: object) -> Value:
    """Turn plain Python, nested, into a FEEL value; raise ``FeelError`` if it can't.

    Takes int, float (by its shortest text), Enum (by value), UUID (as text),
    timedelta, tuple, any mapping with text keys, any zone (as fixed offset
    unless named).
    """
    for types, convert in _CONVERSIONS:
        if isinstance(value, types):
            return convert(value)
    message = f"Een waarde van het type {type(value).__name__} is geen FEEL-waarde."
    raise FeelError(message)


def normal(value: object) -> Value:
    """Return *value* itself when its type is one of FEEL's, otherwise convert it."""
    if type(value) in KINDS:
        return value  # type: ignore[return-value]
    return from_python(value)


_UNKNOWN_NUMBER = "Een oneindig of onbepaald getal is geen FEEL-waarde."


def _number(value: object) -> Value:
    exact = repr(value) if isinstance(value, float) else value
    try:
        return _finite(CONTEXT.create_decimal(exact))  # type: ignore[arg-type]
    except Overflow as error:
        message = f"Een getal van 10^{CONTEXT.Emax + 1} of meer is geen FEEL-waarde."
        raise FeelError(message) from error
    except InvalidOperation as error:
        raise FeelError(_UNKNOWN_NUMBER) from error


def _finite(value: Decimal) -> Decimal:
    if value.is_finite():
        return value
    raise FeelError(_UNKNOWN_NUMBER)


def _mapping(value: Mapping[object, object]) -> Value:
    for key in value:
        if not isinstance(key, str):
            message = f"De sleutel {key!r} van een context moet tekst zijn."
            raise FeelError(message)
    return {str(key): from_python(item) for key, item in value.items()}


def _date_and_time(value: datetime) -> Value:
    zone = _zone(value.tzinfo, value)
    plain = (value.year, value.month, value.day, value.hour, value.minute)
    return datetime(
        *plain, value.second, value.microsecond, tzinfo=zone, fold=value.fold
    )


def _time(value: time) -> Value:
    zone = _zone(value.tzinfo, None)
    clock = (value.hour, value.minute, value.second, value.microsecond)
    return time(*clock, tzinfo=zone, fold=value.fold)


def _zone(zone: tzinfo | None, moment: datetime | None) -> tzinfo | None:
    if zone is None or isinstance(zone, timezone):
        return zone
    if isinstance(zone, ZoneInfo) and zone.key:
        return zone
    offset = zone.utcoffset(moment)
    return None if offset is None else timezone(offset)


def _duration(value: timedelta) -> Value:
    microseconds = value // timedelta(microseconds=1)
    return DaysTime(Decimal(microseconds).scaleb(-6))


_CONVERSIONS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Value]], ...] = (
    ((type(None), bool, DaysTime, YearsMonths, Function, Range), lambda v: v),
    (Enum, lambda v: from_python(v.value)),
    (str, str),
    ((int, float, Decimal), _number),
    (datetime, _date_and_time),
    (date, lambda v: date(v.year, v.month, v.day)),
    (time, _time),
    (timedelta, _duration),
    (UUID, str),
    (Mapping, _mapping),
    ((list, tuple), lambda v: [from_python(item) for item in v]),
)
