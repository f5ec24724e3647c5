"""What expressions mean."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from engine.feel import compile_expression, evaluate
from engine.feel.formatting import string

MEANINGS = [
    ("1 + 2 * 3", "7"),
    ("(1 + 2) * 3", "9"),
    ("0.1 + 0.2 = 0.3", "true"),
    ("-2 ** 2", "4"),
    ("1 / 0", None),
    ('1 + "a"', None),
    ("[10] + 10", None),
    ('"a" + "b"', "ab"),
    ("true and null", None),
    ("false and null", "false"),
    ("true or null", "true"),
    ('1 = "1"', None),
    ("null = null", "true"),
    ("5 between 1 and 10", "true"),
    ("5 in (<3, >4)", "true"),
    ("5 in [1..5)", "false"),
    ("5 in ]1..5]", "true"),
    ("]1..3[ = (1..3)", "true"),
    ('if null then "ja" else "nee"', "nee"),
    ("for i in 1..3 return i * 2", "[2, 4, 6]"),
    ("for i in 3..1 return i", "[3, 2, 1]"),
    ("for i in 1..5 return if i < 3 then 1 else partial[-1] + partial[-2]",
     "[1, 1, 2, 3, 5]"),
    ("for x in [1, 2], y in [x, 10] return x * y", "[1, 10, 4, 20]"),
    ("some x in [1, 2] satisfies x > 1", "true"),
    ("every x in [1, 2] satisfies x > 1", "false"),
    ("[1, 2, 3][-1]", "3"),
    ("[1, 2, 3][4]", None),
    ("[1, 2, 3][item > 1]", "[2, 3]"),
    ("[{a: 1}, {a: 2}][a > 1].a", "[2]"),
    ("{a: 1, b: a + 1}.b", "2"),
    ("{a b: 1, c: a b + 1}.c", "2"),
    ("{f: function(n) if n < 2 then 1 else n * f(n - 1), r: f(10)}.r", "3628800"),
    ("(function(a: number, b) a - b)(b: 1, a: 3)", "2"),
    ('@"2026-01-31" + @"P1M"', "2026-02-28"),
    ('@"2026-01-31".weekday', "6"),
    ('@"P1DT2H" > @"PT25H"', "true"),
    ('@"2021-01-01T24:00:00"', "2021-01-02T00:00:00"),
    ('[1, "a"] instance of list<number>', "false"),
    ('"\\u0041\\uD83D\\uDE00"', "A😀"),
    ("1 /* één */ + 1 // twee", "2"),
    ('split("a;b;;", ";")', '["a", "b", "", ""]'),
    ('replace("abcd", "(ab)|(a)", "[$1]")', "[ab]cd"),
    ("sort([3, 1, 2], function(a, b) a < b)", "[1, 2, 3]"),
    ("sublist([1, 2, 3], 2)", "[2, 3]"),
    ('substring(start position: 2, string: "abc")', "bc"),
    ("round half up(2.5, 0)", "3"),
    ("modulo(-12, 5)", "3"),
    ("before([1..5], [6..10])", "true"),
    ('context put({a: {b: 1}}, ["a", "b"], 2)', "{a: {b: 2}}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "meaning"), MEANINGS)
def test_an_expression_means_what_the_standard_says(text, meaning):
    assert string(evaluate(text)) == meaning


def test_a_declared_name_may_have_spaces_and_operators():
    context = {"Age of owner": 70, "a-b": 1, "a": 5, "b": 3}

    assert evaluate("Age of owner >= 65 and a-b = 1", context) is True


def test_without_that_declaration_the_operator_counts():
    assert evaluate("a-b", {"a": 5, "b": 3}) == Decimal(2)


def test_free_variables_are_named_and_those_in_filters_are_uncertain():
    expression = compile_expression("count(findings[category = wanted]) > limit")

    assert expression.certain_names == {"findings", "limit"}
    assert expression.names == {"findings", "limit", "category", "wanted"}


def test_what_the_text_binds_itself_is_not_free():
    assert compile_expression("for i in 1..n return i").names == {"n"}


def test_a_variable_shadows_a_built_in_of_that_name():
    assert evaluate('date > @"2026-01-01"', {"date": date(2026, 2, 1)}) is True


def test_plain_numbers_in_the_context_become_decimals():
    assert evaluate("x + 0.2", {"x": 0.1}) == Decimal("0.3")


def test_the_clock_is_read_once_and_shown_in_the_zone():
    ticks = iter([datetime(2026, 7, 1, 22, 30, tzinfo=UTC)])
    expression = compile_expression("[string(now()), string(today())]")

    shown = expression.evaluate({}, clock=lambda: next(ticks))

    assert shown == ["2026-07-02T00:30:00@Europe/Brussels", "2026-07-02"]


def test_a_day_across_the_end_of_summer_time_is_24_hours():
    expression = compile_expression('x + @"P1D" - x')
    start = datetime(2026, 10, 24, 12, tzinfo=UTC)

    assert expression.evaluate({"x": start}) == evaluate(
        "d", {"d": timedelta(hours=24)}
    )
