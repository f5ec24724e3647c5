import subprocess
import sys

import pytest

from engine import faults

PROGRAM = """
from engine import faults
for _ in range(3):
    faults.point("after_load")
    print("passed", flush=True)
"""


def run(fault):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        env={faults.VARIABLE: fault} if fault else {},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("fault", "passes"), [("after_load", 0), ("after_load:3", 2), ("before_commit", 3)]
)
def test_a_process_dies_at_the_armed_point_and_pass_only(fault, passes):
    done = run(fault)

    assert done.stdout.count("passed") == passes
    assert done.returncode == (0 if passes == 3 else faults.EXIT_STATUS)


def test_without_a_fault_nothing_happens():
    assert run("").returncode == 0
