"""FEEL, the expression language of DMN 1.5, compiled to closures."""

from engine.feel.compile import (
    Expression,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
    evaluate,
)
from engine.feel.errors import BudgetError, FeelError, FeelSyntaxError
from engine.feel.values import Value

__all__ = [
    "BudgetError",
    "Expression",
    "FeelError",
    "FeelSyntaxError",
    "UnaryTests",
    "Value",
    "compile_expression",
    "compile_unary_tests",
    "evaluate",
]
