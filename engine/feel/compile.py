"""Texts to expressions that can be evaluated many times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from engine.feel.budget import STANDARD_BUDGET, Budget
from engine.feel.emit.emitter import Emitter
from engine.feel.emit.scope import Code, Scope
from engine.feel.emit.testing import Check, emit_tests
from engine.feel.errors import BudgetError, Limit
from engine.feel.functions.signature import FunctionTable
from engine.feel.functions.table import STANDARD_FUNCTIONS
from engine.feel.grammar.cursor import Cursor
from engine.feel.grammar.expression import parse_expression
from engine.feel.grammar.scope import NameScope
from engine.feel.grammar.tests import parse_tests
from engine.feel.nodes import Test
from engine.feel.run import Clock, Run
from engine.feel.tokens import Mark, refuse
from engine.feel.values import Value, from_python
from engine.zone import ZONE


@dataclass(frozen=True, slots=True, eq=False)
class Expression:
    """A compiled expression.

    *names* are the variables that it reads. *certain_names* leaves out those
    that stand in a filter only, where they may be entries of the items.
    """

    text: str
    names: frozenset[str]
    certain_names: frozenset[str]
    _code: Code = field(repr=False)

    def evaluate(
        self,
        context: Mapping[str, Value],
        *,
        clock: Clock | None = None,
        zone: str = ZONE,
        budget: Budget | None = None,
    ) -> Value:
        """Return the value of the expression; null where the standard has null.

        *clock* gives an aware UTC moment for ``now()`` and ``today()``. Raise
        ``BudgetError`` when the work or a size exceeds *budget*.
        """
        try:
            return self._code(Scope(context, None, Run(clock, zone, budget)))
        except RecursionError:
            raise _too_deep(budget) from None


@dataclass(frozen=True, slots=True, eq=False)
class UnaryTests:
    """The compiled tests of a decision table cell; ``?`` is the value under test."""

    text: str
    names: frozenset[str]
    certain_names: frozenset[str]
    _check: Check = field(repr=False)

    def matches(
        self,
        value: Value,
        context: Mapping[str, Value],
        *,
        clock: Clock | None = None,
        zone: str = ZONE,
        budget: Budget | None = None,
    ) -> bool:
        """Tell whether *value* passes; what can't be told does not pass."""
        outer = Scope(context, None, Run(clock, zone, budget))
        inner = Scope({"?": value}, outer, outer.run)
        try:
            return self._check(inner, value) is True
        except RecursionError:
            raise _too_deep(budget) from None


def _too_deep(budget: Budget | None) -> BudgetError:
    return BudgetError(Limit.DEPTH, (budget or STANDARD_BUDGET).depth)


def compile_expression(
    text: str,
    *,
    names: Iterable[str] = (),
    functions: FunctionTable = STANDARD_FUNCTIONS,
) -> Expression:
    """Compile *text*; raise ``FeelSyntaxError`` when it is no FEEL.

    *names* are those in scope; names of one word need not be given, except
    those of functions that are variables.
    """
    cursor = _open(text, names, functions)
    try:
        node = cursor.expression()
        _close(cursor)
        code = Emitter(functions)(node)
    except RecursionError:
        refuse(text, 0, "De expressie is te diep genest; splits ze.")
    scope = cursor.scope
    free = frozenset(scope.free)
    return Expression(text, free | scope.uncertain, free, code)


def compile_unary_tests(
    text: str,
    *,
    names: Iterable[str] = (),
    functions: FunctionTable = STANDARD_FUNCTIONS,
) -> UnaryTests:
    """Compile the tests of a decision table cell, as ``compile_expression``."""
    cursor = _open(text, names, functions)
    cursor.scope.bind("?")
    try:
        check = _tests(cursor, functions)
    except RecursionError:
        refuse(text, 0, "De expressie is te diep genest; splits ze.")
    scope = cursor.scope
    free = frozenset(scope.free)
    return UnaryTests(text, free | scope.uncertain, free, check)


def _tests(cursor: Cursor, functions: FunctionTable) -> Check:
    emitter = Emitter(functions)
    if cursor.token.mark is Mark.END or _is_dash(cursor):
        return lambda _scope, _value: True
    if not _is_negated(cursor):
        check = emit_tests(emitter, parse_tests(cursor))
        _close(cursor)
        return check
    positive = emit_tests(emitter, _negated(cursor))

    def negated(scope: Scope, value: Value) -> bool | None:
        truth = positive(scope, value)
        return None if truth is None else not truth

    return negated


def _is_dash(cursor: Cursor) -> bool:
    return cursor.peek("-") and cursor.ahead().mark is Mark.END


def _is_negated(cursor: Cursor) -> bool:
    if not cursor.peek("not") or cursor.ahead().text != "(":
        return False
    depth = 0
    for distance, token in enumerate(cursor.tokens):
        if token.mark is Mark.SIGN:
            depth += (token.text == "(") - (token.text == ")")
        if not depth and token.text == ")":
            return cursor.tokens[distance + 1].mark is Mark.END
    return True


def _negated(cursor: Cursor) -> tuple[Test, ...]:
    cursor.need("not")
    cursor.need("(")
    tests = parse_tests(cursor)
    cursor.need(")")
    _close(cursor)
    return tests


def _open(text: str, names: Iterable[str], functions: FunctionTable) -> Cursor:
    scope = NameScope(names, functions.functions)
    return Cursor(text, scope, parse_expression)


def _close(cursor: Cursor) -> None:
    if cursor.token.mark is not Mark.END:
        cursor.fail(f"Onverwacht: {cursor.found()}. Hier zou de expressie eindigen.")


@lru_cache(maxsize=1024)
def _compiled(text: str, names: frozenset[str]) -> Expression:
    return compile_expression(text, names=names)


def evaluate(text: str, context: Mapping[str, object] | None = None) -> Value:
    """Evaluate *text* once, with plain Python in *context*; there is no clock."""
    values = {name: from_python(value) for name, value in (context or {}).items()}
    return _compiled(text, frozenset(values)).evaluate(values)
