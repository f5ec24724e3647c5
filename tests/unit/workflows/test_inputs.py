from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from workflows import inputs
from workflows.calendar import ZONE
from workflows.errors import InvalidDataError

LOCAL = datetime(2026, 3, 5, 10, tzinfo=ZONE)
GOOD = [
    (inputs.text, None, ""),
    (inputs.text, " x ", "x"),
    (inputs.text, Decimal(5), "5"),
    (inputs.required_text, "x", "x"),
    (inputs.key, str(UUID(int=7)), UUID(int=7)),
    (inputs.optional_key, None, None),
    (inputs.optional_key, str(UUID(int=7)), UUID(int=7)),
    (inputs.whole, None, None),
    (inputs.whole, "", None),
    (inputs.whole, Decimal("4.0"), 4),
    (inputs.required_whole, Decimal(4), 4),
    (inputs.amount, None, Decimal(0)),
    (inputs.amount, Decimal("62.50"), Decimal("62.50")),
    (inputs.moment, LOCAL, LOCAL),
    (inputs.moment, LOCAL.replace(tzinfo=None), LOCAL),
    (inputs.moment, "2026-03-05T10:00", LOCAL),
    (inputs.moment, "2026-03-05T10:00:00+01:00[Europe/Brussels]", LOCAL),
    (inputs.day, date(2026, 3, 5), date(2026, 3, 5)),
    (inputs.day, datetime(2026, 3, 4, 23, 30, tzinfo=UTC), date(2026, 3, 5)),
    (inputs.day, "2026-03-05", date(2026, 3, 5)),
    (inputs.context, None, {}),
    (inputs.context, {"a": 1}, {"a": 1}),
    (inputs.contexts, None, []),
    (inputs.contexts, [{"a": 1}], [{"a": 1}]),
    (inputs.texts, None, []),
    (inputs.texts, "svk", ["svk"]),
    (inputs.texts, ["svk", "owner"], ["svk", "owner"]),
]
WRONG = [
    (inputs.required_text, None),
    (inputs.required_text, "  "),
    (inputs.key, "geen"),
    (inputs.key, None),
    (inputs.whole, "vier"),
    (inputs.whole, Decimal("2.5")),
    (inputs.whole, True),
    (inputs.required_whole, None),
    (inputs.amount, "veel"),
    (inputs.moment, None),
    (inputs.moment, "morgen"),
    (inputs.moment, date(2026, 3, 5)),
    (inputs.day, None),
    (inputs.day, "morgen"),
    (inputs.context, "x"),
    (inputs.contexts, "x"),
    (inputs.contexts, ["x"]),
]


@pytest.mark.parametrize(("reader", "given", "read"), GOOD)
def test_a_good_input_is_read(reader, given, read):
    assert reader({"x": given}, "x") == read


@pytest.mark.parametrize(("reader", "given"), WRONG)
def test_a_wrong_input_is_refused_with_its_name_and_what_to_do(reader, given):
    with pytest.raises(InvalidDataError, match="De invoer ‘x’ moet een") as caught:
        reader({"x": given}, "x")

    assert "in het diagram" in str(caught.value)
