"""The wheel holds what the product needs, and its names are its own."""

import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("bpmn", "engine", "web", "workflows")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    target = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        target,
        ".",
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    with ZipFile(next(target.glob("*.whl"))) as archive:
        yield archive.namelist()


@pytest.mark.parametrize(
    "ending",
    [
        "bpmn/svk/svk_intake.bpmn",
        "bpmn/svk/fee.dmn",
        "bpmn/svk/offer.form",
        "engine/migrations/env.py",
        "web/templates/base.html",
        "licenses/LICENSE",
    ],
)
def test_the_wheel_holds_the_files_that_are_no_code(wheel, ending):
    assert any(name.endswith(ending) for name in wheel)


def test_the_wheel_holds_no_tests_and_no_sources_of_scripts(wheel):
    assert not [name for name in wheel if name.startswith("tests/")]
    assert not [name for name in wheel if "node_modules" in name]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_dependency_owns_one_of_our_names(package):
    assert set(packages_distributions().get(package, [])) <= {"woonflow"}
