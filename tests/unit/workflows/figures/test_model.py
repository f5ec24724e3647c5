"""Figures in words, and when they stay hidden."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.figures.model import count, middle, number_in_words, share


def test_a_number_is_written_with_points_and_a_comma():
    assert number_in_words(Decimal("1250.50")) == "1.250,5"
    assert number_in_words(Decimal(315000)) == "315.000"


def test_a_share_tells_its_parts():
    assert share("c", "C", 7, 9).hidden_below(5).text == "78 % (7 van 9)"


def test_without_cases_there_is_nothing_to_tell():
    assert share("c", "C", 0, 0).hidden_below(5).text == "geen"
    assert middle("d", "D", []).hidden_below(5).text == "geen"


@pytest.mark.parametrize(
    ("days", "text"),
    [([3, 1, 2], "2 dagen (mediaan)"), ([1], "1 dag (mediaan)"), ([1, 2], "1,5 dagen (mediaan)")],
)  # fmt: skip
def test_days_are_told_by_their_median(days, text):
    assert middle("d", "D", days).hidden_below(0).text == text


@given(basis=st.integers(1, 50), least=st.integers(1, 50))
def test_a_figure_over_fewer_cases_than_the_setting_is_hidden(basis, least):
    for figure in (
        count("c", "C", basis),
        share("s", "S", 1, basis),
        middle("d", "D", [777] * basis),
    ):
        shown = figure.hidden_below(least)

        assert shown.hidden is (basis < least)
        if shown.hidden:
            assert "777" not in shown.text
            assert "%" not in shown.text


def test_none_at_all_is_not_hidden():
    assert count("c", "C", 0).hidden_below(5).text == "0"
