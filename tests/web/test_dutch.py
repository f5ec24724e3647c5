"""Values are written as a Dutch reader writes them."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from web import dutch


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        (True, "ja"),
        (False, "nee"),
        (3, "3"),
        (Decimal("3.00"), "3"),
        (Decimal("71.5"), "71,5"),
        (date(2026, 3, 1), "1 maart 2026"),
        (datetime(2026, 7, 1, 12, 5, tzinfo=UTC), "1 jul 2026 om 14:05"),
        (time(9, 30), "09:30"),
        (["keuken", "bad"], "keuken, bad"),
        ([], "–"),
        ("tekst", "tekst"),
    ],
)
def test_a_value_is_written_plainly(value, text):
    assert dutch.plain(value) == text


def test_a_moment_late_in_the_evening_falls_on_the_next_local_day():
    evening = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)

    assert dutch.long_day(evening) == "dinsdag 24 november 2026"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("An Peeters", "AP"), ("Jan van den Berg", "JB"), ("Mo", "M"), ("", "?")],
)
def test_initials_are_of_first_and_last_name(name, letters):
    assert dutch.initials(name) == letters
