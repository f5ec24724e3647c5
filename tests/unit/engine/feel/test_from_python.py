"""What comes from outside becomes a FEEL value, or is refused in words."""

from decimal import Decimal

import pytest

from engine.feel.errors import FeelError
from engine.feel.values import from_python


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Decimal("1e9999"), "10^6145"),
        (Decimal("-1e9999"), "10^6145"),
        pytest.param(10**7000, "10^6145", id="huge integer"),
        ([{"a": Decimal("1e9999")}], "10^6145"),
        (Decimal("Infinity"), "oneindig"),
        (Decimal("NaN"), "onbepaald"),
        (Decimal("sNaN"), "onbepaald"),
        (float("inf"), "oneindig"),
        (float("nan"), "onbepaald"),
    ],
)
def test_a_number_that_no_value_can_hold_is_refused_in_words(value, words):
    with pytest.raises(FeelError, match=words.replace("^", r"\^")):
        from_python(value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (Decimal("9e6144"), Decimal("9e6144")),
        (Decimal("1e-9999"), Decimal(0)),
        (0.1, Decimal("0.1")),
        (2**40, Decimal(2**40)),
    ],
)
def test_a_number_within_bounds_is_taken_as_written(value, number):
    assert from_python(value) == number
