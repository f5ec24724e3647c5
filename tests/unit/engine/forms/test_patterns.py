"""Patterns match as Python's do, and no text makes them slow."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.forms.patterns import Pattern
from engine.forms.regex import PatternError

ATOMS = st.sampled_from(["a", "b", ".", "[ab]", "[^a]", r"\d", "1", r"\."])
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,3}", "{0,}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda one: f"^{one}$"),
    ),
    max_leaves=8,
)


@given(PATTERNS, st.text("ab1.", max_size=12))
def test_a_pattern_matches_what_python_matches(pattern, text):
    assert Pattern(pattern).matches(text) == bool(re.search(pattern, text))


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "^(a*)*b", "a*a*a*a*a*b"])
def test_patterns_that_hang_other_engines_answer_at_once(pattern):
    assert not Pattern(pattern).matches("a" * 999 + "!")


def test_a_text_beyond_the_limit_never_matches():
    assert not Pattern("a").matches("a" * 1001)


@pytest.mark.parametrize("pattern", ["(((){500}){500}){500}", "((a{99}){99}){99}"])
def test_a_pattern_that_grows_without_end_is_refused(pattern):
    with pytest.raises(PatternError, match="te groot"):
        Pattern(pattern)
