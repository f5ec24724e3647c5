"""Cost of a compiled FEEL condition, against its first compilation.

Run: ``python -m bench.feel``.
"""

from timeit import repeat

from engine.feel import compile_expression
from engine.feel.values import from_python

CASES = [
    ("counts.ii > 0 and not(urgent)", {"counts": {"ii": 2}, "urgent": False}),
    ('status = "open"', {"status": "open"}),
    ("amount * 1.21 > 100", {"amount": 100}),
    (
        'count(findings[category = "III"]) > 0',
        {"findings": [{"category": "I"}] * 10},
    ),
]


def best(call, number):
    """Return the best time of one call, in microseconds."""
    return min(repeat(call, number=number, repeat=5)) / number * 1e6


def main():
    """Print the table."""
    print("| expression | compiled, us | first compile, us | ratio |")
    print("|---|---|---|---|")
    for text, plain in CASES:
        context = {name: from_python(value) for name, value in plain.items()}
        expression = compile_expression(text)
        run = best(lambda e=expression, c=context: e.evaluate(c), 10_000)
        made = best(lambda t=text: compile_expression(t), 200)
        print(f"| `{text}` | {run:.2f} | {made:.0f} | {made / run:.0f} |")


if __name__ == "__main__":
    main()
