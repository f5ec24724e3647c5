"""Decision tables: what comes out of each hit policy, and what is refused."""

from decimal import Decimal

import pytest

from engine.dmn import DecisionError, load

NUMBERS = [["< 10", "1"], ["< 20", "2"], ["< 30", "3"]]


@pytest.fixture
def answer(definitions, table):
    def evaluate(rules, x, **options):
        return load(definitions(table(rules, **options))).evaluate("t", {"x": x}).value

    return evaluate


@pytest.mark.parametrize(
    ("policy", "x", "expected"),
    [
        ("UNIQUE", 25, Decimal(3)),
        ("FIRST", 5, Decimal(1)),
        ("RULE ORDER", 15, [Decimal(2), Decimal(3)]),
        ("COLLECT", 15, [Decimal(2), Decimal(3)]),
        ("FIRST", 99, None),
        ("COLLECT", 99, None),
    ],
)
def test_each_hit_policy_gives_its_result(answer, policy, x, expected):
    result = answer(NUMBERS, x, policy=policy)

    assert result == expected


@pytest.mark.parametrize(
    ("aggregation", "expected"), [("SUM", 6), ("MIN", 1), ("MAX", 3), ("COUNT", 3)]
)
def test_collect_aggregates_the_outputs_of_all_matching_rules(
    answer, aggregation, expected
):
    result = answer(NUMBERS, 5, policy="COLLECT", aggregation=aggregation)

    assert result == Decimal(expected)


def test_the_count_of_no_matching_rule_is_zero(answer):
    result = answer(NUMBERS, 99, policy="COLLECT", aggregation="COUNT")

    assert result == Decimal(0)


def test_a_second_match_in_a_unique_table_is_an_error_that_names_the_rules(answer):
    with pytest.raises(DecisionError, match="regels 1, 2 en 3 passen") as caught:
        answer(NUMBERS, 5)

    assert caught.value.decision == "Tabel"


def test_any_accepts_equal_outcomes_and_refuses_different_ones(answer):
    same = answer([["< 10", "1"], ["< 20", "1.0"]], 5, policy="ANY")

    assert same == Decimal(1)
    with pytest.raises(DecisionError, match="verschillende uitkomsten"):
        answer(NUMBERS, 5, policy="ANY")


def test_any_does_not_take_true_for_one(answer):
    with pytest.raises(DecisionError):
        answer([["-", "true"], ["-", "1"]], 5, policy="ANY")


@pytest.mark.parametrize(
    ("policy", "expected"), [("PRIORITY", "A"), ("OUTPUT ORDER", ["A", "B", "C"])]
)
def test_the_order_of_the_output_values_decides_which_comes_first(
    answer, policy, expected
):
    rules = [["-", '"B"'], ["-", '"C"'], ["-", '"A"']]
    result = answer(rules, 1, policy=policy, values={"y": '"A","B","C"'})

    assert result == expected


def test_the_default_comes_out_when_no_rule_matches(answer):
    assert answer(NUMBERS, 99, default="-1") == Decimal(-1)


def test_a_value_that_is_not_allowed_is_an_error_that_names_the_column(answer):
    with pytest.raises(DecisionError, match="niet toegelaten in kolom 'x'"):
        answer(NUMBERS, 99, values={"x": "[0..50]"})


def test_an_outcome_that_is_not_allowed_is_an_error_that_names_the_rule(answer):
    with pytest.raises(DecisionError, match="regel 3 geeft '3'"):
        answer(NUMBERS, 25, values={"y": "1, 2"})


def test_several_outputs_come_out_as_a_context(answer):
    result = answer([["-", "1", '"a"']], 1, outputs=("getal", "letter"))

    assert result == {"getal": Decimal(1), "letter": "a"}


def test_a_record_tells_the_inputs_the_rules_and_the_outcome(definitions, table):
    model = load(definitions(table(NUMBERS, policy="RULE ORDER")))

    [record] = model.evaluate("Tabel", {"x": 15}).records

    assert record.decision_id == "t"
    assert record.inputs == (("x", Decimal(15)),)
    assert record.rules == ((2, "r2"), (3, "r3"))
    assert record.outputs == [Decimal(2), Decimal(3)]
