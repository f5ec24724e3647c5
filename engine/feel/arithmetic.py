"""The arithmetic operators over all kinds; what has no result is null."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any, Final

from engine.feel.numbers import CONTEXT
from engine.feel.run import Run
from engine.feel.temporal import add_duration, add_months, difference
from engine.feel.values import DaysTime, Kind, Value, YearsMonths, kind

Operation = Callable[[Value, Value, Run], Value]
_Rule = Callable[[Any, Any, Run], Value]


def _operation(
    numeric: Callable[[Decimal, Decimal], Decimal], symbol: str
) -> Operation:
    def operate(left: Value, right: Value, run: Run) -> Value:
        try:
            if type(left) is Decimal and type(right) is Decimal:
                return numeric(left, right)
            rule = _RULES.get((symbol, kind(left), kind(right)))
            return None if rule is None else rule(left, right, run)
        except (ArithmeticError, ValueError):
            return None

    return operate


def negate(value: Value) -> Value:
    """Return the number or duration with the other sign; null otherwise."""
    if isinstance(value, Decimal):
        return CONTEXT.minus(value)
    if isinstance(value, DaysTime):
        return DaysTime(-value.seconds)
    return YearsMonths(-value.months) if isinstance(value, YearsMonths) else None


def _join(left: str, right: str, run: Run) -> Value:
    run.meter.grow(len(left) + len(right))
    return left + right


def _shift_months(left: date, right: YearsMonths, run: Run) -> Value:
    return add_months(left, right.months)


def _shift_back(left: date, right: YearsMonths, run: Run) -> Value:
    return add_months(left, -right.months)


def _shift(left: date | time, right: DaysTime, run: Run) -> Value:
    return add_duration(left, right)


def _unshift(left: date | time, right: DaysTime, run: Run) -> Value:
    return add_duration(left, DaysTime(-right.seconds))


def _subtract(left: date | time, right: date | time, run: Run) -> Value:
    return difference(left, right)


def _whole_months(months: Decimal) -> YearsMonths:
    if months.adjusted() > CONTEXT.prec:
        message = "too many months"
        raise OverflowError(message)
    return YearsMonths(int(months))


def _swapped(rule: _Rule) -> _Rule:
    return lambda left, right, run: rule(right, left, run)


def _times_seconds(left: DaysTime, right: Decimal, run: Run) -> Value:
    return DaysTime(CONTEXT.multiply(left.seconds, right))


def _times_months(left: YearsMonths, right: Decimal, run: Run) -> Value:
    return _whole_months(CONTEXT.multiply(Decimal(left.months), right))


def _part_months(left: YearsMonths, right: Decimal, run: Run) -> Value:
    return _whole_months(CONTEXT.divide(Decimal(left.months), right))


_N, _S, _D, _T, _DT = (
    Kind.NUMBER,
    Kind.STRING,
    Kind.DATE,
    Kind.TIME,
    Kind.DATE_AND_TIME,
)
_DAYS, _MONTHS = Kind.DAYS_TIME, Kind.YEARS_MONTHS

_RULES: Final[dict[tuple[str, Kind, Kind], _Rule]] = {
    ("+", _S, _S): _join,
    ("+", _DAYS, _DAYS): lambda a, b, _run: DaysTime(CONTEXT.add(a.seconds, b.seconds)),
    ("-", _DAYS, _DAYS): lambda a, b, _run: DaysTime(
        CONTEXT.subtract(a.seconds, b.seconds)
    ),
    ("+", _MONTHS, _MONTHS): lambda a, b, _run: YearsMonths(a.months + b.months),
    ("-", _MONTHS, _MONTHS): lambda a, b, _run: YearsMonths(a.months - b.months),
    ("*", _DAYS, _N): _times_seconds,
    ("*", _N, _DAYS): _swapped(_times_seconds),
    ("*", _MONTHS, _N): _times_months,
    ("*", _N, _MONTHS): _swapped(_times_months),
    ("/", _DAYS, _N): lambda a, b, _run: DaysTime(CONTEXT.divide(a.seconds, b)),
    ("/", _MONTHS, _N): _part_months,
    ("/", _DAYS, _DAYS): lambda a, b, _run: CONTEXT.divide(a.seconds, b.seconds),
    ("/", _MONTHS, _MONTHS): lambda a, b, _run: CONTEXT.divide(
        Decimal(a.months), Decimal(b.months)
    ),
    ("-", _T, _T): _subtract,
    **{("-", one, other): _subtract for one in (_D, _DT) for other in (_D, _DT)},
    **{("+", moment, _MONTHS): _shift_months for moment in (_D, _DT)},
    **{("+", _MONTHS, moment): _swapped(_shift_months) for moment in (_D, _DT)},
    **{("-", moment, _MONTHS): _shift_back for moment in (_D, _DT)},
    **{("+", moment, _DAYS): _shift for moment in (_D, _DT, _T)},
    **{("+", _DAYS, moment): _swapped(_shift) for moment in (_D, _DT, _T)},
    **{("-", moment, _DAYS): _unshift for moment in (_D, _DT, _T)},
}


OPERATIONS: Final[dict[str, Operation]] = {
    "+": _operation(CONTEXT.add, "+"),
    "-": _operation(CONTEXT.subtract, "-"),
    "*": _operation(CONTEXT.multiply, "*"),
    "/": _operation(CONTEXT.divide, "/"),
    "**": _operation(CONTEXT.power, "**"),
}
