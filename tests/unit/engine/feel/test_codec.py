"""Stored values come back as they were."""

from datetime import timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel import evaluate
from engine.feel.codec import dumps, loads
from engine.feel.errors import CodecError
from engine.feel.values import DaysTime, Range, YearsMonths

ZONES = st.one_of(
    st.none(),
    st.sampled_from([ZoneInfo("Europe/Brussels"), ZoneInfo("Asia/Kolkata")]),
    st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False)
HOSTILE_KEYS = st.sampled_from(["@", "typename", "__class__", "value", "entries"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    NUMBERS,
    st.text(),
    st.text(st.characters(categories=["Cs", "Lu"])),
    st.dates(),
    st.times(timezones=ZONES),
    st.datetimes(timezones=ZONES),
    NUMBERS.map(DaysTime),
    st.integers().map(YearsMonths),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.one_of(HOSTILE_KEYS, st.text()), inner, max_size=4),
        st.builds(lambda a, b: Range(start=a, end=b, end_included=False), inner, inner),
    ),
    max_leaves=12,
)


def shape(value):
    """Return a value with the types of its parts, zones included."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [shape(item) for item in value]
    zone = getattr(value, "tzinfo", None)
    return type(value), value, type(zone), str(zone)


@given(VALUES)
def test_a_value_survives_its_text(value):
    assert shape(loads(dumps(value))) == shape(value)


@given(VALUES, VALUES)
def test_different_values_have_different_texts(left, right):
    assert dumps(left) != dumps(right) or shape(left) == shape(right)


def test_plain_values_are_plain_json():
    assert dumps({"a": [Decimal("3.00"), True, None, "é"]}) == (
        '{"a":[3,true,null,"\\u00e9"]}'
    )


def test_a_function_is_refused():
    with pytest.raises(CodecError, match="functie"):
        dumps(evaluate("{f: function(x) x}"))


def test_a_value_that_shares_its_parts_without_end_is_refused():
    shared = evaluate(
        "for i in 1..60 return if i = 1 then [1] else [partial[-1], partial[-1]]"
    )

    with pytest.raises(CodecError, match="delen"):
        dumps(shared)


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"@":"os"}', '{"@":"date"}'])
def test_a_text_that_is_no_value_is_refused(text):
    with pytest.raises(CodecError):
        loads(text)
