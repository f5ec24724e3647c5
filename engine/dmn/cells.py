"""FEEL in cells: compiled with the names in scope, refused with the place."""

from collections.abc import Iterable

from engine.dmn import source
from engine.dmn.errors import DecisionError
from engine.dmn.notes import Notes
from engine.dmn.scope import Context, Evaluate, Run
from engine.dmn.source import Element
from engine.dmn.types import ANY, ItemType, TypeTable, coerce
from engine.feel import (
    Expression,
    FeelSyntaxError,
    UnaryTests,
    compile_expression,
    compile_unary_tests,
)
from engine.feel.values import Value
from engine.vocabulary import FUNCTIONS

_EMPTY = frozenset({"", "-"})


class Cells:
    """Compiles the texts of one file.

    *names* are those in scope besides the plain ones: FEEL must know a name
    with a space in it before it can read it. *free* gathers the names that are
    read and not *bound* by an inner scope.
    """

    def __init__(self, notes: Notes, types: TypeTable, names: Iterable[str]) -> None:
        self.notes = notes
        self.types = types
        self.names = frozenset(names)
        self.bound: frozenset[str] = frozenset()
        self.free: set[str] = set()

    def within(self, names: Iterable[str]) -> "Cells":
        """Return the cells of an inner scope, where *names* are known too."""
        own = frozenset(names)
        inner = Cells(self.notes, self.types, self.names | own)
        inner.bound = self.bound | own
        inner.free = self.free
        return inner

    def type_of(self, element: Element | None) -> ItemType:
        """Return the type that *element* refers to."""
        if element is None:
            return ANY
        return self.types.find(source.type_ref(element), element)

    def expression(self, element: Element | None, what: str) -> Evaluate:
        """Compile the text of a literal expression; an empty one is null."""
        text = source.text(element)
        if element is None or text in _EMPTY:
            return _nothing
        self._check_language(element)
        try:
            compiled = compile_expression(
                text, names=tuple(self.names), functions=FUNCTIONS
            )
        except FeelSyntaxError as error:
            return self._bad(element, what, error)
        self._note_names(compiled)
        return lambda context, run: compiled.evaluate(context, clock=run.clock)

    def tests(self, element: Element | None, what: str) -> UnaryTests | None:
        """Compile unary tests; None when the cell says nothing."""
        text = source.text(element)
        if element is None or text in _EMPTY:
            return None
        self._check_language(element)
        try:
            compiled = compile_unary_tests(
                text, names=tuple(self.names), functions=FUNCTIONS
            )
        except FeelSyntaxError as error:
            self._bad(element, what, error)
            return None
        self._note_names(compiled)
        return compiled

    def values(self, element: Element | None) -> tuple[Value, ...]:
        """Return the values that unary tests list, in order; none when not a list."""
        try:
            listed = compile_expression(f"[{source.text(element)}]").evaluate({})
        except FeelSyntaxError:
            return ()
        return tuple(listed) if isinstance(listed, list) else ()

    def _note_names(self, compiled: Expression | UnaryTests) -> None:
        self.free |= compiled.names - self.bound

    def _bad(self, element: Element, what: str, error: FeelSyntaxError) -> Evaluate:
        sentence = f"{what}: '{source.text(element)}' is geen geldige FEEL. {error}"
        self.notes.refuse(element, "dmn_bad_cell", sentence)
        return _failing(sentence)

    def _check_language(self, element: Element) -> None:
        language = element.get("expressionLanguage") or ""
        if language and "feel" not in language.lower():
            sentence = f"De taal '{language}' wordt niet uitgevoerd; gebruik FEEL."
            self.notes.refuse(element, "dmn_language", sentence)


def _nothing(context: Context, run: Run) -> Value:
    return None


def _failing(sentence: str) -> Evaluate:
    def fail(context: Context, run: Run) -> Value:
        raise DecisionError(run.decision, sentence)

    return fail


def conforming(evaluate: Evaluate, item_type: ItemType, what: str) -> Evaluate:
    """Return *evaluate* with its result made to conform; remark when it did not."""
    if item_type is ANY:
        return evaluate

    def conform(context: Context, run: Run) -> Value:
        raw = evaluate(context, run)
        value, fits = coerce(raw, item_type)
        if not fits:
            run.remarks.append(f"{what} past niet bij het type en werd null.")
        return value

    return conform
