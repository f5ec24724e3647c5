"""The literal expressions of the DMN Technology Compatibility Kit."""

from datetime import UTC, datetime

import pytest

from engine.feel import FeelSyntaxError, compile_expression
from tests.conformance.tck import ROOT, alike, models

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not ROOT.is_dir(), reason="the DMN TCK does not lie beside the checkout"
    ),
]

RIGHT = 1781
"""Answers that were right; this number may only rise."""


def answer(model, decision, inputs):
    names = model.names | inputs.keys()
    context = dict(inputs)
    for kind, name in model.needs[decision]:
        if kind == "requiredDecision":
            context[name] = answer(model, name, inputs)
        else:
            context.setdefault(name, None)
    try:
        expression = compile_expression(model.texts[decision], names=names)
    except FeelSyntaxError:
        return None
    return expression.evaluate(
        context, clock=lambda: datetime(2026, 11, 25, tzinfo=UTC)
    )


def test_the_score_on_the_compatibility_kit_does_not_fall(record_property):
    outcomes = {
        question.id: alike(
            answer(model, question.decision, question.inputs), question.expected
        )
        for model, questions in models()
        for question in questions
    }
    right = sum(outcomes.values())
    record_property("feel_tck", f"{right}/{len(outcomes)}")

    assert right >= RIGHT, sorted(id_ for id_, ok in outcomes.items() if not ok)
