"""Hiding against its definition: hidden is null, and null is not true."""

import json
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from engine.forms import parse

SIZE = 7


@st.composite
def conditions(draw):
    """Draw, per field, a field before it that hides it, and whether by its truth."""
    return [
        draw(st.none() | st.tuples(st.integers(0, n - 1), st.booleans())) if n else None
        for n in range(SIZE)
    ]


def component(number, condition):
    field = {"type": "checkbox", "id": f"i{number}", "key": f"a{number}"}
    if condition:
        other, by_truth = condition
        text = f"=a{other}" if by_truth else f"=a{other} != true"
        field["conditional"] = {"hide": text}
    return field


def expected(found, ticks):
    @cache
    def value(number):
        if found[number]:
            other, by_truth = found[number]
            if (value(other) is True) == by_truth:
                return None
        return ticks[number]

    values = {f"a{n}": value(n) for n in range(SIZE)}
    return {name: tick for name, tick in values.items() if tick is not None}


@given(
    conditions(),
    st.lists(st.booleans(), min_size=SIZE, max_size=SIZE),
    st.permutations(range(SIZE)),
)
def test_what_is_sent_is_what_the_definition_leaves_visible(found, ticks, order):
    components = [component(n, found[n]) for n in order]
    form = parse(json.dumps({"components": components}).encode())

    submission = form.submit(
        {f"a{n}": ["", "true"] if ticks[n] else [""] for n in range(SIZE)}, {}
    )

    assert submission.values == expected(found, ticks)
