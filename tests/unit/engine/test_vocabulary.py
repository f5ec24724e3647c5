"""Working days in FEEL, wherever an expression stands."""

from datetime import date

import pytest

from engine.dmn import load
from engine.feel import compile_expression, evaluate
from engine.feel.errors import FeelSyntaxError
from engine.forms import parse
from engine.spiff.texts import Feel
from engine.vocabulary import FUNCTIONS


def answer(text, **context):
    return compile_expression(text, names=tuple(context), functions=FUNCTIONS).evaluate(
        context
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('is working day(date("2026-05-01"))', False),
        ('is working day(date("2026-05-04"))', True),
        ('next working day(date("2026-04-30"))', date(2026, 5, 4)),
        ('previous working day(date("2026-05-04"))', date(2026, 4, 30)),
        ('add working days(date("2026-12-24"), 2)', date(2026, 12, 29)),
        ('add working days(date("2026-12-24"), 0.5)', None),
        ('is working day(date("2026-05-04"), [date("2026-05-04")])', False),
        (
            'next working day(date("2026-04-30"), [date("2026-05-04")])',
            date(2026, 5, 5),
        ),
        ('is working day(date("2026-05-04"), ["monday"])', None),
    ],
)
def test_working_days_know_holidays_and_closing_days(text, expected):
    assert answer(text) == expected


def test_diagrams_decisions_and_forms_speak_it():
    call = 'is working day(date("2026-05-01"))'
    decision = f"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
        id="d" name="d" namespace="n"><decision id="open" name="open">
        <variable name="open"/><literalExpression><text>{call}</text>
        </literalExpression></decision></definitions>"""
    form = (
        '{"type": "default", "id": "f", "components": [{"id": "a", "type": "text",'
        ' "text": "open", "conditional": {"hide": "=is working day(day)"}}]}'
    )

    assert Feel(call).compiled.evaluate({}) is False
    assert load(decision.encode()).evaluate("open", {}).value is False
    assert parse(form.encode()).variables == {"day"}


def test_standard_feel_does_not_have_them():
    with pytest.raises(FeelSyntaxError):
        evaluate('is working day(date("2026-05-01"))')
