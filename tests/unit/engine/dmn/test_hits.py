"""Hit policies against a few lines of Python that say what they mean."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.dmn.errors import DecisionError
from engine.dmn.hits import POLICIES, Columns, Match

ORDER = tuple(Decimal(n) for n in (3, 1, 2))
COLUMNS = Columns(decision="d", names=("y",), priorities=(ORDER,))
OUTPUTS = st.lists(st.sampled_from(ORDER), min_size=1, max_size=6)
MEANING = {
    "FIRST": lambda values: values[0],
    "PRIORITY": lambda values: min(values, key=ORDER.index),
    "RULE ORDER": list,
    "OUTPUT ORDER": lambda values: sorted(values, key=ORDER.index),
    "COLLECT": list,
    "COLLECT SUM": sum,
    "COLLECT MIN": min,
    "COLLECT MAX": max,
    "COLLECT COUNT": len,
    "UNIQUE": lambda values: values[0] if len(values) == 1 else None,
    "ANY": lambda values: values[0] if len(set(values)) == 1 else None,
}


def outcome(policy, values):
    matches = [Match(number=n, outputs=(value,)) for n, value in enumerate(values, 1)]
    try:
        return POLICIES[policy](matches, COLUMNS)
    except DecisionError:
        return None


@pytest.mark.parametrize("policy", sorted(POLICIES))
@given(OUTPUTS)
def test_a_hit_policy_means_what_the_standard_says(policy, values):
    assert outcome(policy, values) == MEANING[policy](values)
