"""Small pieces: the limits of CONTRIBUTING, over the whole source."""

import ast
from pathlib import Path
from statistics import median, quantiles

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for package in ("bpmn", "engine", "workflows", "web")
    for path in sorted((ROOT / package).rglob("*.py"))
    if "versions" not in path.parts and "node_modules" not in path.parts
]
FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def length(node):
    """Count the lines of a function, its docstring left out."""
    body = node.body
    doc = ast.get_docstring(node, clean=False)
    skipped = body[0].end_lineno - body[0].lineno + 1 if doc is not None else 0
    return node.end_lineno - node.lineno + 1 - skipped


def functions(path):
    return [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, FUNCTION)
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_has_at_most_400_lines(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_function_has_at_most_50_lines_and_5_positional_parameters(path):
    for node in functions(path):
        assert length(node) <= 50, f"{node.name} (line {node.lineno})"
        names = [a.arg for a in (*node.args.posonlyargs, *node.args.args)]
        positional = [name for name in names if name not in ("self", "cls")]
        assert len(positional) <= 5, f"{node.name} (line {node.lineno})"


def test_most_functions_and_files_are_short():
    lengths = [length(node) for path in SOURCES for node in functions(path)]
    files = [len(path.read_text().splitlines()) for path in SOURCES]

    assert median(lengths) <= 8
    assert quantiles(lengths, n=10)[8] <= 25
    assert median(files) <= 100
    assert quantiles(files, n=10)[8] <= 250


def test_no_module_hides_behind_a_vague_name():
    vague = {
        "utils",
        "helpers",
        "common",
        "base_classes",
        "misc",
        "manager",
        "managers",
    }

    assert not [path for path in SOURCES if path.stem in vague]
