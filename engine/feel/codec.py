"""Values as JSON text, stored for ever: lossless and injective.

The format, version 1. Null, booleans, strings, lists and whole numbers below
2**53 are plain JSON; a context is a plain object. Everything else is an object
with the key ``"@"``, which names its kind::

    {"@": "number", "value": "0.1"}
    {"@": "date", "value": "2026-01-31"}
    {"@": "time", "value": "14:30:00", "offset": 3600}
    {"@": "date and time", "value": "2026-01-31T14:30:00", "zone": "Europe/Brussels"}
    {"@": "days and time duration", "value": "1209600"}
    {"@": "years and months duration", "value": 18}
    {"@": "range", "start": 1, "end": 5, "closed": [true, false]}
    {"@": "context", "entries": {...}}

The last is for a context that itself has a key ``"@"``; in its entries that
key is a key. ``{"@": "string", "value": [55357]}`` lists the UTF-16 surrogates
and other code points of a string that JSON can't hold. ``offset`` counts seconds,
``"fold": 1`` marks the second of two equal clock times. No type of Python is
ever named, so no text can make anything but a value.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from engine.feel.errors import CodecError
from engine.feel.temporal import named_zone
from engine.feel.values import (
    DaysTime,
    Kind,
    Range,
    Value,
    YearsMonths,
    kind,
    normal,
)

MAX_PARTS: Final = 500_000
_TAG: Final = "@"
_LARGEST_PLAIN: Final = 2**53
_Json = object


def dumps(value: Value) -> str:
    """Write *value* as ASCII JSON; raise ``CodecError`` for a function."""
    try:
        _count(value, MAX_PARTS)
        return json.dumps(_encode(value), separators=(",", ":"))
    except RecursionError:
        message = "De waarde is te diep genest om te bewaren."
        raise CodecError(message) from None


def loads(text: str) -> Value:
    """Read what ``dumps`` wrote; raise ``CodecError`` for anything else."""
    try:
        return _decode(json.loads(text, parse_float=Decimal, parse_constant=_refuse))
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError) as error:
        message = f"De bewaarde waarde is niet leesbaar: {error}."
        raise CodecError(message) from error


def _count(value: Value, left: int) -> int:
    """Return how many parts *left* once *value* is counted.

    A small value can share parts so often that its text would never end.
    """
    left -= 1
    if left < 0:
        message = f"De waarde heeft meer dan {MAX_PARTS} delen en wordt niet bewaard."
        raise CodecError(message)
    parts: Iterable[Value] = ()
    if isinstance(value, dict):
        parts = value.values()
    elif isinstance(value, list | tuple):
        parts = value
    for part in parts:
        left = _count(part, left)
    return left


def _refuse(constant: str) -> None:
    message = f"{constant} is geen getal"
    raise ValueError(message)


def _encode(value: Value) -> _Json:
    value = normal(value)
    return _ENCODERS[kind(value)](value)


def _as_is(value: bool | None) -> _Json:  # noqa: FBT001 - a value, not an option
    return value


def _encode_string(value: str) -> _Json:
    if value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value):
        return value
    return {_TAG: "string", "value": [ord(char) for char in value]}


def _encode_number(value: Decimal) -> _Json:
    if abs(value) < _LARGEST_PLAIN and value == value.to_integral_value():
        return int(value)
    return {_TAG: Kind.NUMBER, "value": str(value)}


def _encode_list(value: list[Value]) -> _Json:
    return [_encode(item) for item in value]


def _encode_context(value: dict[str, Value]) -> _Json:
    entries: dict[str, _Json] = {}
    for key, item in value.items():
        if not isinstance(_encode_string(key), str):
            message = f"De sleutel {key!r} kan niet bewaard worden."
            raise CodecError(message)
        entries[key] = _encode(item)
    return {_TAG: Kind.CONTEXT, "entries": entries} if _TAG in entries else entries


def _encode_date(value: date) -> _Json:
    return {_TAG: Kind.DATE, "value": value.isoformat()}


def _encode_clock(value: datetime | time) -> _Json:
    bare = value.replace(tzinfo=None, fold=0).isoformat()
    encoded: dict[str, _Json] = {_TAG: kind(value), "value": bare}
    encoded |= _encode_zone(value.tzinfo)
    if value.fold:
        encoded["fold"] = 1
    return encoded


def _encode_zone(zone: tzinfo | None) -> dict[str, _Json]:
    if zone is None:
        return {}
    if isinstance(zone, ZoneInfo):
        return {"zone": zone.key}
    offset = zone.utcoffset(None)
    if offset is None or offset.microseconds:
        message = f"De tijdzone {zone} kan niet bewaard worden."
        raise CodecError(message)
    return {"offset": int(offset.total_seconds())}


def _encode_days_time(value: DaysTime) -> _Json:
    return {_TAG: Kind.DAYS_TIME, "value": str(value.seconds)}


def _encode_years_months(value: YearsMonths) -> _Json:
    return {_TAG: Kind.YEARS_MONTHS, "value": value.months}


def _encode_range(value: Range) -> _Json:
    return {
        _TAG: Kind.RANGE,
        "start": _encode(value.start),
        "end": _encode(value.end),
        "closed": [value.start_included, value.end_included],
    }


def _refuse_function(value: Value) -> _Json:
    message = "Een functie kan niet bewaard worden; bewaar haar uitkomst."
    raise CodecError(message)


_ENCODERS: Final[dict[Kind, Callable[[Any], _Json]]] = {
    Kind.NULL: _as_is,
    Kind.BOOLEAN: _as_is,
    Kind.NUMBER: _encode_number,
    Kind.STRING: _encode_string,
    Kind.DATE: _encode_date,
    Kind.TIME: _encode_clock,
    Kind.DATE_AND_TIME: _encode_clock,
    Kind.DAYS_TIME: _encode_days_time,
    Kind.YEARS_MONTHS: _encode_years_months,
    Kind.LIST: _encode_list,
    Kind.CONTEXT: _encode_context,
    Kind.RANGE: _encode_range,
    Kind.FUNCTION: _refuse_function,
}


def _decode(encoded: _Json) -> Value:
    if encoded is None or isinstance(encoded, bool | str | Decimal):
        return encoded
    if isinstance(encoded, int):
        return Decimal(encoded)
    if isinstance(encoded, list):
        return [_decode(item) for item in encoded]
    if not isinstance(encoded, dict):
        message = f"{encoded!r} is geen waarde"
        raise TypeError(message)
    if _TAG in encoded:
        return _DECODERS[encoded[_TAG]](encoded)
    return {key: _decode(item) for key, item in encoded.items()}


_Object = dict[str, Any]


def _decode_string(encoded: _Object) -> Value:
    codes = encoded["value"]
    return "".join(chr(code) for code in codes)


def _decode_number(encoded: _Object) -> Value:
    return Decimal(str(encoded["value"]))


def _decode_date(encoded: _Object) -> Value:
    return date.fromisoformat(str(encoded["value"]))


def _decode_time(encoded: _Object) -> Value:
    bare = time.fromisoformat(str(encoded["value"]))
    return bare.replace(tzinfo=_decode_zone(encoded), fold=_fold(encoded))


def _decode_date_and_time(encoded: _Object) -> Value:
    bare = datetime.fromisoformat(str(encoded["value"]))
    return bare.replace(tzinfo=_decode_zone(encoded), fold=_fold(encoded))


def _fold(encoded: _Object) -> int:
    return 1 if encoded.get("fold") else 0


def _decode_zone(encoded: _Object) -> tzinfo | None:
    if "zone" in encoded:
        return named_zone(str(encoded["zone"]))
    offset = encoded.get("offset")
    if offset is None:
        return None
    return timezone(timedelta(seconds=offset))


def _decode_days_time(encoded: _Object) -> Value:
    return DaysTime(Decimal(str(encoded["value"])))


def _decode_years_months(encoded: _Object) -> Value:
    return YearsMonths(int(str(encoded["value"])))


def _decode_range(encoded: _Object) -> Value:
    closed = encoded["closed"]
    return Range(
        start=_decode(encoded["start"]),
        end=_decode(encoded["end"]),
        start_included=bool(closed[0]),
        end_included=bool(closed[1]),
    )


def _decode_context(encoded: _Object) -> Value:
    entries = encoded["entries"]
    return {key: _decode(item) for key, item in entries.items()}


_DECODERS: Final[dict[object, Callable[[_Object], Value]]] = {
    "string": _decode_string,
    "number": _decode_number,
    "date": _decode_date,
    "time": _decode_time,
    "date and time": _decode_date_and_time,
    "days and time duration": _decode_days_time,
    "years and months duration": _decode_years_months,
    "range": _decode_range,
    "context": _decode_context,
}
