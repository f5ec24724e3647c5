"""FEEL: a compiled condition, and its first compilation."""

from timeit import repeat

from bench.row import Row
from engine.feel import compile_expression
from engine.feel.values import from_python

TITLE = "FEEL conditions"
CASES = (
    ("counts.ii > 0 and not(urgent)", {"counts": {"ii": 2}, "urgent": False}),
    ('status = "open"', {"status": "open"}),
    ("amount * 1.21 > 100", {"amount": 100}),
    (
        'count(findings[category = "III"]) > 0',
        {"findings": [{"category": "I"}] * 10},
    ),
)
LONG = CASES[-1]
"""A filter over ten items is no single condition, and has no target."""


def measure(place):
    """Measure each condition; the best of five, as nothing else is at work in it."""
    for case in CASES:
        text, plain = case
        context = {name: from_python(value) for name, value in plain.items()}
        expression = compile_expression(text)
        run = _best(place, lambda e=expression, c=context: e.evaluate(c), 10_000)
        made = _best(place, lambda t=text: compile_expression(t), 200)
        wanted = None if case is LONG else 5
        yield Row(what=f"`{text}`", value=run, unit="µs", wanted=wanted)
        yield Row(what="its compilation, once", value=made, unit="µs")


def _best(place, call, number):
    number = place.size(number, 5)
    return min(repeat(call, number=number, repeat=5)) / number * 1e6
