"""What is refused when it is compiled: where, and in which words."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression

REFUSALS = [
    ("foo(1)", 1, 1, "De functie ‘foo’ bestaat niet."),
    ("1 +", 1, 4, "niets meer"),
    ("1 +\n  * 2", 2, 3, "‘*’"),
    ("a b", 1, 3, "‘a b’ is niet bekend"),
    ("1 2", 1, 3, "Onverwacht"),
    ('"abc', 1, 1, "niet afgesloten"),
    ("a # b", 1, 3, "‘#’"),
    ('@"bla"', 1, 2, "geen datum, tijd of duur"),
    ("x instance of foo", 1, 15, "geen bekend type"),
    ("if a then b", 1, 12, "‘else’"),
    ("{a: 1, a: 2}", 1, 8, "twee keer"),
    ("function(a) external {}", 1, 13, "Externe"),
    ("[" * 10_000, 1, 61, "dieper genest"),
    ("a" + ".b" * 10_000, 1, 122, "splits"),
    ("-" * 10_000 + "1", 1, 61, "dieper genest"),
    ("1" * 100_001, 1, 1, "langer dan"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), REFUSALS)
def test_a_bad_text_is_refused_with_its_place(text, line, column, words):
    with pytest.raises(FeelSyntaxError) as caught:
        compile_expression(text)

    assert (caught.value.line, caught.value.column) == (line, column)
    assert words in str(caught.value)


def test_deep_but_allowed_nesting_compiles_in_linear_work():
    expression = compile_expression("not(" * 50 + "true" + ")" * 50)

    assert expression.evaluate({}) is True
