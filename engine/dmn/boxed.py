"""Boxed expressions: everything that can stand inside a decision."""

from collections.abc import Callable, Mapping

from engine.dmn import functions, source
from engine.dmn.cells import Cells, conforming
from engine.dmn.functions import Parameter
from engine.dmn.iterators import (
    compile_every,
    compile_filter,
    compile_for,
    compile_some,
)
from engine.dmn.scope import Context, Evaluate, Run
from engine.dmn.source import Element
from engine.dmn.table_compiler import compile_table
from engine.feel.values import Value

Compile = Callable[[Element, Cells], Evaluate]


def find(element: Element) -> Element | None:
    """Return the boxed expression that is a child of *element*."""
    return source.child(element, *_KINDS)


def compile_boxed(element: Element | None, cells: Cells) -> Evaluate:
    """Compile a boxed expression with its type; None is null."""
    if element is None:
        return _null
    evaluate = _KINDS[source.tag(element)](element, cells)
    return conforming(evaluate, cells.type_of(element), "De uitkomst")


def compile_inside(element: Element | None, cells: Cells) -> Evaluate:
    """Compile the boxed expression that is a child of *element*."""
    return compile_boxed(None if element is None else find(element), cells)


def _null(context: Context, run: Run) -> Value:
    return None


def _literal(element: Element, cells: Cells) -> Evaluate:
    return cells.expression(element, "uitdrukking")


def _table(element: Element, cells: Cells) -> Evaluate:
    return compile_table(element, cells)


def _context(element: Element, cells: Cells) -> Evaluate:
    entries: list[tuple[str, Evaluate]] = []
    names: list[str] = []
    for entry in source.children(element, "contextEntry"):
        variable = source.child(entry, "variable")
        inner = cells.within(names)
        compiled = compile_inside(entry, inner)
        name = source.attribute(variable, "name")
        what = f"Het onderdeel '{name}'"
        entries.append((name, conforming(compiled, cells.type_of(variable), what)))
        names.append(name)

    def evaluate(context: Context, run: Run) -> Value:
        built: dict[str, Value] = {}
        for name, compute in entries:
            value = compute({**context, **built}, run)
            if not name:
                return value
            built[name] = value
        return built

    return evaluate


def _list(element: Element, cells: Cells) -> Evaluate:
    items = [
        compile_boxed(item, cells) for item in element if source.tag(item) in _KINDS
    ]
    return lambda context, run: [compute(context, run) for compute in items]


def _relation(element: Element, cells: Cells) -> Evaluate:
    columns = list(source.children(element, "column"))
    names = [source.attribute(column, "name") for column in columns]
    types = [cells.type_of(column) for column in columns]
    rows = [
        [
            conforming(compile_boxed(cell, cells), kind, "Een cel")
            for cell, kind in zip(
                (one for one in row if source.tag(one) in _KINDS), types, strict=False
            )
        ]
        for row in source.children(element, "row")
    ]
    return lambda context, run: [
        {name: compute(context, run) for name, compute in zip(names, row, strict=False)}
        for row in rows
    ]


def _conditional(element: Element, cells: Cells) -> Evaluate:
    condition, then, otherwise = (
        compile_inside(source.child(element, part), cells)
        for part in ("if", "then", "else")
    )

    def evaluate(context: Context, run: Run) -> Value:
        branch = then if condition(context, run) is True else otherwise
        return branch(context, run)

    return evaluate


def _invocation(element: Element, cells: Cells) -> Evaluate:
    target = cells.expression(
        source.child(element, "literalExpression"), "naam van de functie"
    )
    bindings = {
        source.attribute(source.child(binding, "parameter"), "name"): compile_inside(
            binding, cells
        )
        for binding in source.children(element, "binding")
    }

    def evaluate(context: Context, run: Run) -> Value:
        called = target(context, run)
        values = {name: compute(context, run) for name, compute in bindings.items()}
        return functions.call_named(called, values, run)

    return evaluate


def _function(element: Element, cells: Cells) -> Evaluate:
    kind = element.get("kind") or "FEEL"
    if kind != "FEEL":
        sentence = f"Een functie van de soort {kind} wordt niet uitgevoerd."
        cells.notes.refuse(element, "dmn_function_kind", sentence)
    parameters = parameters_of(element, cells)
    body = compile_inside(
        element, cells.within(parameter.name for parameter in parameters)
    )
    return lambda context, run: functions.closure(parameters, body, context, run)


def parameters_of(element: Element, cells: Cells) -> tuple[Parameter, ...]:
    """Return the formal parameters of a function definition."""
    return tuple(
        Parameter(name=source.attribute(one, "name"), type=cells.type_of(one))
        for one in source.children(element, "formalParameter")
    )


_KINDS: Mapping[str, Compile] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "conditional": _conditional,
    "invocation": _invocation,
    "functionDefinition": _function,
    "filter": lambda element, cells: compile_filter(element, cells, compile_inside),
    "for": lambda element, cells: compile_for(element, cells, compile_inside),
    "some": lambda element, cells: compile_some(element, cells, compile_inside),
    "every": lambda element, cells: compile_every(element, cells, compile_inside),
}
