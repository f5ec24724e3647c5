from pathlib import Path

import pytest

from workflows.reference import pages
from workflows.register import build_registry

REFERENCE = Path(__file__).parents[3] / "docs" / "reference"


@pytest.mark.parametrize("name", pages())
def test_the_page_in_the_docs_is_made_from_the_code(name):
    written = (REFERENCE / name).read_text("utf-8")

    assert written == pages()[name], "run: python -m workflows.reference docs/reference"


@pytest.mark.parametrize("task", list(build_registry()), ids=lambda task: task.type)
def test_each_service_task_tells_what_it_does_and_takes(task):
    assert task.label
    assert task.description.endswith(".")
    assert task.required <= set(task.inputs)
