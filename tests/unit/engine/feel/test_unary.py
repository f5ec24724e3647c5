"""The cells of decision tables."""

import pytest

from engine.feel import compile_unary_tests
from engine.feel.values import from_python

CELLS = [
    ("-", 1, True),
    ("", None, True),
    ("<5, >10", 7, False),
    ("<5, >10", 11, True),
    ("[1..3]", 3, True),
    ('"a", "b"', "b", True),
    ('not("a", "b")', "c", True),
    ('not("a", "b")', None, True),
    ("true", None, False),
    ("null", None, True),
    ("? > 3 and ? < 6", 4, True),
    ("points > 5", "irrelevant", True),
    ('starts with(?, "a")', "abc", True),
    ("not(? > 3)", 2, True),
    ("< limit", 9, True),
    ("3", "3", False),
]


@pytest.mark.parametrize(("cell", "value", "passes"), CELLS)
def test_a_cell_passes_what_it_describes(cell, value, passes):
    tests = compile_unary_tests(cell)
    context = {name: from_python(10) for name in ("points", "limit")}

    assert tests.matches(from_python(value), context) is passes
