"""No expression can stop the server."""

import pytest

from engine.feel import BudgetError, compile_expression, evaluate
from engine.feel.budget import Budget

DOUBLING = "for i in 1..60 return if i = 1 then {0} else {1}"
HOSTILE = [
    ("for i in 1..1000000 return i", "steps"),
    ("for i in 1..1000, j in 1..1000 return 1", "steps"),
    ("{f: function(n) f(n + 1), r: f(1)}.r", "depth"),
    (DOUBLING.format('"x"', "partial[-1] + partial[-1]"), "size"),
    (f"string({DOUBLING.format('[1]', '[partial[-1], partial[-1]]')})", "size"),
    (f"flatten({DOUBLING.format('[1]', '[partial[-1], partial[-1]]')})", "steps"),
    ("distinct values(for i in 1..3000 return i)", "steps"),
    ('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "^(a+)+$")', "regex"),
    ('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a|a)*$")', "regex"),
    ('matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a?){50}b")', "regex"),
]


@pytest.mark.parametrize(("text", "budget"), HOSTILE)
def test_a_hostile_expression_ends_in_the_name_of_its_budget(text, budget):
    with pytest.raises(BudgetError) as caught:
        evaluate(text)

    assert caught.value.budget == budget
    assert budget in str(caught.value)


def test_a_caller_may_give_a_smaller_budget():
    expression = compile_expression("for i in 1..100 return i")

    with pytest.raises(BudgetError):
        expression.evaluate({}, budget=Budget(steps=50))


def test_a_huge_range_as_a_test_costs_nothing():
    assert evaluate("5 in [1..1000000000]") is True


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+$", "jan.peeters@stad.mechelen.be"),
        (r"^\\d{4}$", "2800"),
        (r"^(\\+32|0)\\d{8,9}$", "+32470123456"),
    ],
)
def test_the_patterns_of_daily_life_stay_within_the_budget(pattern, text):
    assert evaluate(f'matches("{text}", "{pattern}")') is True
