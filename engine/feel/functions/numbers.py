"""Built-ins on numbers."""

from collections.abc import Callable
from decimal import (
    ROUND_CEILING,
    ROUND_DOWN,
    ROUND_FLOOR,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    ROUND_UP,
    Decimal,
)
from typing import Final

from engine.feel.functions.signature import Room
from engine.feel.numbers import CONTEXT, modulo, rounded
from engine.feel.run import Run
from engine.feel.values import DaysTime, Value, YearsMonths

NUMBERS: Final = Room("Numbers")


def _rounding(mode: str, summary: str) -> Callable[..., Value]:
    def round_(run: Run, number: Decimal, scale: Decimal = Decimal(0)) -> Value:
        return rounded(number, scale, mode)

    round_.__doc__ = summary
    return round_


for _name, _signature, _mode, _summary in (
    ("decimal", "n: number, scale: number", ROUND_HALF_EVEN, "Half to even."),
    ("floor", "n: number, scale?: number", ROUND_FLOOR, "Downwards."),
    ("ceiling", "n: number, scale?: number", ROUND_CEILING, "Upwards."),
    ("round up", "n: number, scale: number", ROUND_UP, "Away from zero."),
    ("round down", "n: number, scale: number", ROUND_DOWN, "Towards zero."),
    (
        "round half up",
        "n: number, scale: number",
        ROUND_HALF_UP,
        "Half away from zero.",
    ),
    (
        "round half down",
        "n: number, scale: number",
        ROUND_HALF_DOWN,
        "Half down.",
    ),
):
    NUMBERS.function(_name, _signature)(
        _rounding(_mode, f"Rounded to a number of decimals. {_summary}")
    )


@NUMBERS.function("abs", "n: number", "n: duration")
def _abs(run: Run, value: Decimal | DaysTime | YearsMonths) -> Value:
    """The size of a number or duration, without its sign."""
    if isinstance(value, DaysTime):
        return DaysTime(abs(value.seconds))
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    return CONTEXT.abs(value)


@NUMBERS.function("modulo", "dividend: number, divisor: number")
def _modulo(run: Run, dividend: Decimal, divisor: Decimal) -> Value:
    """The remainder, with the sign of the divisor."""
    return modulo(dividend, divisor)


@NUMBERS.function("sqrt", "number: number")
def _sqrt(run: Run, number: Decimal) -> Value:
    """The square root; null for a negative number."""
    return CONTEXT.sqrt(number)


@NUMBERS.function("log", "number: number")
def _log(run: Run, number: Decimal) -> Value:
    """The natural logarithm; null for zero and less."""
    return CONTEXT.ln(number) if number > 0 else None


@NUMBERS.function("exp", "number: number")
def _exp(run: Run, number: Decimal) -> Value:
    """The power of e."""
    return CONTEXT.exp(number)


@NUMBERS.function("odd", "number: number")
def _odd(run: Run, number: Decimal) -> Value:
    """Whether a whole number is odd; null for a fraction."""
    remainder = modulo(number, Decimal(2))
    return None if remainder not in {0, 1} else remainder == 1


@NUMBERS.function("even", "number: number")
def _even(run: Run, number: Decimal) -> Value:
    """Whether a whole number is even; null for a fraction."""
    remainder = modulo(number, Decimal(2))
    return None if remainder not in {0, 1} else remainder == 0
