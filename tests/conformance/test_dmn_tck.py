"""The Technology Compatibility Kit of DMN, read in place beside the checkout."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree

from engine.dmn.hits import is_equal
from engine.dmn.model import Model
from engine.dmn.reader import read
from engine.errors import EngineError
from engine.feel import evaluate

KIT = Path(__file__).parents[3] / "shared/conformance/dmn-tck/TestCases"
MOMENT = datetime(2026, 11, 25, 9, tzinfo=UTC)
XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
CONSTRUCTORS = {
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "duration": "duration",
    "dayTimeDuration": "duration",
    "yearMonthDuration": "duration",
}

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(
        not KIT.is_dir(), reason="the DMN kit is not beside the checkout"
    ),
]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """How one expected result came out."""

    where: str
    passed: bool
    seen: object


def value_of(element):
    """Read a value, a list or a context as FEEL values."""
    found = element.find("{*}list")
    if found is not None:
        if found.get(f"{XSI}nil") == "true":
            return None
        return [value_of(item) for item in found.findall("{*}item")]
    components = element.findall("{*}component")
    if components:
        if components[0].get(f"{XSI}nil") == "true":
            return None
        return {one.get("name"): value_of(one) for one in components}
    return simple_value_of(element.find("{*}value"))


def simple_value_of(element):
    """Read a single value by its XML Schema type."""
    if element is None or element.get(f"{XSI}nil") == "true":
        return None
    kind = (element.get(f"{XSI}type") or "xsd:string").partition(":")[2]
    text = element.text or ""
    if kind in {"decimal", "double", "integer", "int"}:
        return Decimal(text)
    if kind == "boolean":
        return text == "true"
    if kind in CONSTRUCTORS:
        return evaluate(f'{CONSTRUCTORS[kind]}("{text}")', {})
    return text


def close(seen, expected):
    """Compare as FEEL does, numbers to eight decimals as the kit asks."""
    if isinstance(expected, Decimal) and isinstance(seen, Decimal):
        return abs(seen - expected) < Decimal("1e-8")
    if isinstance(expected, list) and isinstance(seen, list):
        return len(seen) == len(expected) and all(map(close, seen, expected))
    if isinstance(expected, dict) and isinstance(seen, dict):
        return seen.keys() == expected.keys() and all(
            close(seen[name], expected[name]) for name in expected
        )
    return (seen is None and expected is None) or is_equal(seen, expected)


def run_file(path):
    """Yield a verdict for each expected result of a test file."""
    files = {one.name: one.read_bytes() for one in path.parent.glob("*.dmn")}
    model = Model(read(files)[0])
    for case in etree.parse(path).getroot().findall("{*}testCase"):
        context = {
            one.get("name"): value_of(one) for one in case.findall("{*}inputNode")
        }
        for result in case.findall("{*}resultNode"):
            name = case.get("invocableName") or result.get("name")
            yield run_one(model, name, context, result, f"{path.stem}:{case.get('id')}")


def run_one(model, name, context, result, where):
    """Evaluate one decision; an error counts as null where null is expected."""
    expected_element = result.find("{*}expected")
    expected = None if expected_element is None else value_of(expected_element)
    try:
        seen = model.evaluate(name, context, clock=lambda: MOMENT).value
    except EngineError as error:
        seen = f"{type(error).__name__}: {error}"
        passed = expected is None and result.get("errorResult") == "true"
    else:
        passed = close(seen, expected)
    return Verdict(where=where, passed=passed, seen=(seen, expected))


def verdicts(level):
    """Return all verdicts of a level."""
    folder = KIT / f"compliance-level-{level}"
    return [
        verdict
        for path in sorted(folder.glob("*/*-test-*.xml"))
        for verdict in run_file(path)
    ]


@pytest.mark.parametrize(("level", "passing"), [(2, 126), (3, 1810)])
def test_no_fewer_results_of_the_kit_come_out_right_than_before(level, passing):
    seen = verdicts(level)

    failed = [f"{one.where} {one.seen}" for one in seen if not one.passed]
    counted = Counter(one.passed for one in seen)
    assert counted[True] >= passing, "\n".join(failed[:20])
