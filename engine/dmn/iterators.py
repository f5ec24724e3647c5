"""Boxed iterators: filter, for, some, every (DMN 1.4 and later)."""

from collections.abc import Callable, Iterator

from engine.dmn import source
from engine.dmn.cells import Cells
from engine.dmn.scope import Context, Evaluate, Run
from engine.dmn.source import Element
from engine.feel.values import Value

Inside = Callable[[Element | None, Cells], Evaluate]
"""Compiles what stands inside an element (``engine.dmn.boxed.compile_inside``)."""


def compile_filter(element: Element, cells: Cells, inside: Inside) -> Evaluate:
    """Keep the items for which the match is true; a number takes one item."""
    items = inside(source.child(element, "in"), cells)
    match = inside(source.child(element, "match"), cells.within(["item"]))

    def evaluate(context: Context, run: Run) -> Value:
        values = items(context, run)
        if values is None:
            return []
        kept: list[Value] = []
        for value in _as_list(values):
            run.meter.step()
            answer = match(_item_scope(context, value), run)
            if answer is True:
                kept.append(value)
            elif answer is not False and answer is not None:
                return None
        return kept

    return evaluate


def _item_scope(context: Context, value: Value) -> Context:
    own = value if isinstance(value, dict) else {}
    return {**context, **own, "item": value}


def _as_list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else [value]


class _Loop:
    """The variable, the collection and the body that the iterators share."""

    def __init__(
        self, element: Element, cells: Cells, inside: Inside, body: str
    ) -> None:
        self._name = source.attribute(element, "iteratorVariable")
        self._items = inside(source.child(element, "in"), cells)
        inner = cells.within([self._name, "partial"])
        self.body = inside(source.child(element, body), inner)

    def scopes(self, context: Context, run: Run) -> Iterator[Context]:
        """Yield the scope of each round."""
        for value in _as_list(self._items(context, run)):
            run.meter.step()
            yield {**context, self._name: value}


def compile_for(element: Element, cells: Cells, inside: Inside) -> Evaluate:
    """Compute the body for each item."""
    loop = _Loop(element, cells, inside, "return")

    def evaluate(context: Context, run: Run) -> Value:
        done: list[Value] = []
        for scope in loop.scopes(context, run):
            done.append(loop.body({**scope, "partial": list(done)}, run))
        return done

    return evaluate


def compile_some(element: Element, cells: Cells, inside: Inside) -> Evaluate:
    """Tell whether the body is true for one item at least."""
    return _quantified(element, cells, inside, wanted=True)


def compile_every(element: Element, cells: Cells, inside: Inside) -> Evaluate:
    """Tell whether the body is true for all items."""
    return _quantified(element, cells, inside, wanted=False)


def _quantified(
    element: Element, cells: Cells, inside: Inside, *, wanted: bool
) -> Evaluate:
    loop = _Loop(element, cells, inside, "satisfies")

    def evaluate(context: Context, run: Run) -> Value:
        answers = [loop.body(scope, run) for scope in loop.scopes(context, run)]
        if any(not isinstance(one, bool | None) for one in answers):
            return None
        if any(one is wanted for one in answers):
            return wanted
        return None if None in answers else not wanted

    return evaluate
