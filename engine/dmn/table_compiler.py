"""From the XML of a decision table to a compiled one."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.dmn import source
from engine.dmn.cells import Cells, conforming
from engine.dmn.hits import ORDERED, POLICIES
from engine.dmn.source import Element
from engine.dmn.table import DecisionTable, Input, Output, Rule

_INPUT_VARIABLE = "{http://camunda.org/schema/1.0/dmn}inputVariable"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Headings:
    """The labels of the columns, and their elements, for the cells below."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    output_elements: tuple[Element, ...]


def compile_table(element: Element, cells: Cells) -> DecisionTable:
    """Compile a ``decisionTable`` element."""
    inputs = tuple(
        _input(column, cells, number)
        for number, column in enumerate(source.children(element, "input"), 1)
    )
    columns = tuple(source.children(element, "output"))
    labels = tuple(_label(column, n) for n, column in enumerate(columns, 1))
    outputs = tuple(
        _output(column, cells, label)
        for column, label in zip(columns, labels, strict=True)
    )
    headings = _Headings(
        inputs=tuple(one.label for one in inputs),
        outputs=labels,
        output_elements=columns,
    )
    rules = tuple(
        _rule(rule, cells, headings, number)
        for number, rule in enumerate(source.children(element, "rule"), 1)
    )
    policy = _policy(element, cells, outputs)
    _check_names(element, cells, outputs)
    return DecisionTable(policy=policy, inputs=inputs, outputs=outputs, rules=rules)


def _label(column: Element, number: int) -> str:
    label = source.attribute(column, "label") or source.attribute(column, "name")
    return label or f"uitkomst {number}"


def _input(column: Element, cells: Cells, number: int) -> Input:
    expression = source.child(column, "inputExpression")
    text = " ".join(source.text(expression).split())
    label = source.attribute(column, "label") or text or f"invoer {number}"
    what = f"kolom '{label}'"
    if column.get(_INPUT_VARIABLE):
        sentence = f"{what}: 'inputVariable' wordt niet ondersteund; schrijf '?'."
        cells.notes.refuse(column, "dmn_input_variable", sentence)
    evaluate = cells.expression(expression, what)
    return Input(
        label=label,
        evaluate=conforming(evaluate, cells.type_of(expression), what),
        allowed=cells.tests(source.child(column, "inputValues"), what),
    )


def _output(column: Element, cells: Cells, label: str) -> Output:
    values = source.child(column, "outputValues")
    default = source.child(column, "defaultOutputEntry")
    what = f"kolom '{label}'"
    return Output(
        name=source.attribute(column, "name") or label,
        allowed=cells.tests(values, what),
        priorities=() if values is None else cells.values(values),
        default=None if default is None else cells.expression(default, what),
    )


def _rule(element: Element, cells: Cells, headings: _Headings, number: int) -> Rule:
    tests = list(source.children(element, "inputEntry"))
    entries = list(source.children(element, "outputEntry"))
    expected = (len(headings.inputs), len(headings.outputs))
    if (len(tests), len(entries)) != expected:
        sentence = f"regel {number} heeft niet evenveel cellen als de tabel kolommen."
        cells.notes.refuse(element, "dmn_ragged_table", sentence)
    return Rule(
        number=number,
        id=element.get("id") or "",
        tests=tuple(
            cells.tests(cell, f"regel {number}, kolom '{label}'")
            for cell, label in zip(tests, headings.inputs, strict=False)
        ),
        outputs=tuple(
            conforming(
                cells.expression(cell, f"regel {number}, kolom '{label}'"),
                cells.type_of(column),
                f"De uitkomst van regel {number}, kolom '{label}'",
            )
            for cell, label, column in zip(
                entries, headings.outputs, headings.output_elements, strict=False
            )
        ),
    )


def _policy(element: Element, cells: Cells, outputs: Sequence[Output]) -> str:
    policy = (element.get("hitPolicy") or "UNIQUE").upper()
    aggregation = (element.get("aggregation") or "").upper()
    name = f"{policy} {aggregation}".strip()
    if name not in POLICIES:
        sentence = f"de trefferregel '{name}' bestaat niet; kies er een uit de lijst."
        cells.notes.refuse(element, "dmn_hit_policy", sentence)
        return "UNIQUE"
    if aggregation and len(outputs) > 1:
        sentence = f"{name} kan maar met één uitkomstkolom; splits de tabel."
        cells.notes.refuse(element, "dmn_hit_policy", sentence)
    if policy in ORDERED and not any(output.priorities for output in outputs):
        sentence = (
            f"{policy} heeft de toegelaten uitkomsten nodig, de belangrijkste eerst;"
            " vul ze in bij de uitkomstkolom."
        )
        cells.notes.refuse(element, "dmn_hit_policy", sentence)
    return name


def _check_names(element: Element, cells: Cells, outputs: Sequence[Output]) -> None:
    names = [output.name for output in outputs]
    if not names:
        cells.notes.refuse(
            element, "dmn_no_output", "de tabel heeft geen uitkomstkolom."
        )
    if len(set(names)) < len(names):
        sentence = "twee uitkomstkolommen hebben dezelfde naam; geef elke een eigen."
        cells.notes.refuse(element, "dmn_output_name", sentence)
