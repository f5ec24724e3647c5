"""Diagrams of the BPMN Model Interchange Working Group: taken or refused with sense."""

import re
from pathlib import Path

import pytest

from engine.spiff.check import check_files, is_refused
from engine.spiff.prepass import prepare

FOLDER = Path(__file__).parents[2].parent / "shared" / "conformance" / "miwg"
EXECUTABLE = re.compile(rb'isExecutable="false"')
FILES = sorted(FOLDER.glob("*.bpmn"))

pytestmark = [
    pytest.mark.conformance,
    pytest.mark.skipif(not FILES, reason=f"no MIWG diagrams in {FOLDER}"),
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
@pytest.mark.parametrize("executable", [False, True], ids=["as is", "executable"])
def test_a_diagram_of_another_tool_is_taken_or_refused_with_words(path, executable):
    content = path.read_bytes()
    if executable:
        content = EXECUTABLE.sub(b'isExecutable="true"', content)

    found = check_files({path.name: content})

    if is_refused(found):
        assert all(f.element != "?" and f.sentence for f in found)
    else:
        assert prepare(content).processes


def test_a_plain_sequence_of_tasks_is_taken():
    content = (FOLDER / "A.1.0.bpmn").read_bytes()

    found = check_files({"a.bpmn": EXECUTABLE.sub(b'isExecutable="true"', content)})

    assert found == []
