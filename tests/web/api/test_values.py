"""FEEL values become plain JSON, and numbers lose nothing on the way."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.feel.values import DaysTime, Range, YearsMonths
from web.api.values import to_json


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, None),
        (True, True),
        ("é", "é"),
        (Decimal(3), 3),
        (Decimal("3.00"), 3),
        (Decimal("0.1"), 0.1),
        (Decimal("0.12345678901234567890123"), "0.12345678901234567890123"),
        (Decimal(2**53), 2.0**53),
        (Decimal("1E+6000"), "1E+6000"),
        (date(2026, 1, 31), "2026-01-31"),
        (time(14, 30), "14:30:00"),
        (datetime(2026, 1, 31, 14, tzinfo=UTC), "2026-01-31T14:00:00+00:00"),
        (
            datetime(2026, 7, 1, 9, tzinfo=ZoneInfo("Europe/Brussels")),
            "2026-07-01T09:00:00+02:00",
        ),
        (DaysTime(Decimal(1209600)), "P14D"),
        (YearsMonths(18), "P1Y6M"),
        (Range(start=Decimal(1), end=Decimal(5)), "[1..5]"),
        ([Decimal(1), {"a": date(2026, 1, 1)}], [1, {"a": "2026-01-01"}]),
    ],
)
def test_each_kind_of_value_has_one_form_in_json(value, shown):
    found = to_json(value)

    assert found == shown
    assert type(found) is type(shown)


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_no_number_changes_on_its_way_through_json(number):
    text = json.dumps(to_json(number))
    back = json.loads(text, parse_float=Decimal)

    assert Decimal(back) == number
