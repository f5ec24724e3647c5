"""Numbers: decimal arithmetic of 34 digits, as IEEE 754 decimal128.

Every operation goes through ``CONTEXT``, never through the decimal context of
the thread, so that no caller can change a result. What has no finite result
raises ``ArithmeticError``; the operators turn that into null.
"""

import re
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Final

CONTEXT: Final = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)

NUMBER_TEXT: Final = re.compile(
    r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII
)

_SCALE_MIN, _SCALE_MAX = -6111, 6176


def parse_number(text: str) -> Decimal | None:
    """Read a number as FEEL writes it; None when it isn't one."""
    if not NUMBER_TEXT.fullmatch(text):
        return None
    try:
        return CONTEXT.create_decimal(text)
    except ArithmeticError:
        return None


def whole(number: Decimal) -> int | None:
    """Return the integer that *number* is; None when it has a fraction."""
    if number != number.to_integral_value():
        return None
    # An exponent of thousands would make an integer of thousands of digits.
    return int(number) if number.adjusted() <= CONTEXT.prec else None


def tidy(number: Decimal) -> Decimal:
    """Return the same number without zeros after the point, and without exponent."""
    short = number.normalize(CONTEXT)
    exponent = short.as_tuple().exponent
    if isinstance(exponent, int) and 0 < exponent < CONTEXT.prec:
        return short.quantize(Decimal(1), context=CONTEXT)
    return short


def rounded(number: Decimal, scale: Decimal, mode: str) -> Decimal | None:
    """Round to *scale* digits after the point; None for a scale out of range."""
    if not _SCALE_MIN <= scale <= _SCALE_MAX:
        return None
    digits = int(scale)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -digits:
        return number
    return number.quantize(Decimal(1).scaleb(-digits), mode, CONTEXT)


def modulo(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Return the remainder with the sign of the divisor, as the standard has it."""
    remainder = CONTEXT.remainder(dividend, divisor)
    if remainder and (remainder < 0) != (divisor < 0):
        return CONTEXT.add(remainder, divisor)
    return remainder


def format_number(number: Decimal) -> str:
    """Write without exponent and without zeros that say nothing."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
