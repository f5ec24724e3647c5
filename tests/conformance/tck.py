"""Reads the models and test cases of the DMN Technology Compatibility Kit.

Only what FEEL alone can do: decisions that are a literal expression over input
data and other such decisions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree

from engine.feel.formatting import string
from engine.feel.numbers import parse_number
from engine.feel.temporal import (
    parse_date,
    parse_date_and_time,
    parse_duration,
    parse_time,
)

ROOT = Path(__file__).parents[2].parent / "shared/conformance/dmn-tck/TestCases"

_READERS = {
    "string": str,
    "boolean": lambda text: text.strip() == "true",
    "date": lambda text: parse_date(text.strip()),
    "time": lambda text: parse_time(text.strip()),
    "dateTime": lambda text: parse_date_and_time(text.strip()),
    "duration": lambda text: parse_duration(text.strip()),
    "dayTimeDuration": lambda text: parse_duration(text.strip()),
    "yearMonthDuration": lambda text: parse_duration(text.strip()),
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One decision to evaluate, and what should come out."""

    id: str
    decision: str
    inputs: dict
    expected: object
    is_error: bool


@dataclass(frozen=True, kw_only=True)
class Model:
    """The literal expressions of a model by decision, and what they need."""

    texts: dict
    needs: dict
    names: frozenset


def models() -> Iterator[tuple[Model, list[Question]]]:
    """Yield each model with the questions that FEEL alone can answer."""
    for file in sorted(ROOT.glob("*/*/*.dmn")):
        root = etree.parse(str(file)).getroot()
        if any(local(node) == "import" for node in root):
            continue
        model = read_model(root)
        tests = sorted(file.parent.glob("*-test-*.xml"))
        questions = [q for test in tests for q in read_questions(test)]
        yield model, [q for q in questions if is_answerable(model, q.decision)]


def local(node) -> str:
    """Return the tag of a node without its namespace."""
    return etree.QName(node).localname if isinstance(node.tag, str) else ""


def children(node, name: str) -> list:
    """Return the child elements of this name."""
    return [child for child in node if local(child) == name]


def read_model(root) -> Model:
    """Collect the decisions of a model."""
    by_id = {node.get("id"): node.get("name") for node in root if node.get("id")}
    texts, needs = {}, {}
    for decision in children(root, "decision"):
        literal = children(decision, "literalExpression")
        if literal:
            texts[decision.get("name")] = children(literal[0], "text")[0].text or ""
        needs[decision.get("name")] = [
            (local(child), by_id.get(child.get("href").partition("#")[2]))
            for requirement in decision
            if local(requirement) in {"informationRequirement", "knowledgeRequirement"}
            for child in requirement
            if child.get("href")
        ]
    components = {n.get("name") for n in root.iter() if local(n) == "itemComponent"}
    return Model(texts=texts, needs=needs, names=frozenset(by_id.values()) | components)


def is_answerable(model: Model, decision: str) -> bool:
    """Tell whether FEEL alone can evaluate *decision*."""
    return decision in model.texts and all(
        kind == "requiredInput"
        or (kind == "requiredDecision" and is_answerable(model, name))
        for kind, name in model.needs[decision]
    )


def read_questions(file: Path) -> Iterator[Question]:
    """Yield the questions of a file of test cases."""
    for case in children(etree.parse(str(file)).getroot(), "testCase"):
        inputs = {node.get("name"): read(node) for node in children(case, "inputNode")}
        for result in children(case, "resultNode"):
            if result.get("type", "decision") != "decision":
                continue
            expected = children(result, "expected")
            yield Question(
                id=f"{file.stem}:{case.get('id')}:{result.get('name')}",
                decision=result.get("name"),
                inputs=inputs,
                expected=read(expected[0]) if expected else None,
                is_error=result.get("errorResult") == "true",
            )


def read(node) -> object:
    """Return the value that a node of a test case holds."""
    components = children(node, "component")
    if components:
        return {component.get("name"): read(component) for component in components}
    lists = children(node, "list")
    if lists:
        if lists[0].get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true":
            return None
        return [read(item) for item in children(lists[0], "item")]
    values = children(node, "value")
    return read_value(values[0]) if values else None


def read_value(node) -> object:
    """Return a simple value, by its XML Schema type."""
    if node.get("{http://www.w3.org/2001/XMLSchema-instance}nil") == "true":
        return None
    kind = node.get("{http://www.w3.org/2001/XMLSchema-instance}type", "xsd:string")
    text = node.text or ""
    reader = _READERS.get(kind.partition(":")[2], lambda t: parse_number(t.strip()))
    return reader(text)


def alike(actual: object, expected: object) -> bool:
    """Compare as the kit does: numbers to eight digits, all else exactly."""
    if isinstance(actual, Decimal) and isinstance(expected, Decimal):
        return abs(actual - expected) <= max(Decimal(1), abs(expected)) * Decimal(
            "1e-8"
        )
    if isinstance(actual, list) and isinstance(expected, list):
        return len(actual) == len(expected) and all(map(alike, actual, expected))
    if isinstance(actual, dict) and isinstance(expected, dict):
        return actual.keys() == expected.keys() and all(
            alike(actual[key], expected[key]) for key in actual
        )
    return type(actual) is type(expected) and string(actual) == string(expected)
