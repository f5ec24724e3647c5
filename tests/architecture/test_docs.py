"""What people rely on is written down: settings, commands, service tasks, decisions."""

from dataclasses import fields
from pathlib import Path

import pytest

from engine.settings import EngineSettings
from web.cli.main import woonflow
from web.settings import WebSettings
from workflows.register import build_registry

DOCS = Path(__file__).parents[2] / "docs"


def variables(settings):
    """Name the environment variables of a settings class, from its field names."""
    names = {"session_idle": "session_idle_hours"}
    return [
        f"WOONFLOW_{names.get(one.name, one.name).upper()}" for one in fields(settings)
    ]


@pytest.mark.parametrize(
    "variable", sorted({*variables(EngineSettings), *variables(WebSettings)})
)
def test_each_setting_is_documented(variable):
    assert f"| `{variable}` |" in (DOCS / "reference/configuration.md").read_text()


@pytest.mark.parametrize("command", sorted(woonflow.commands))
def test_each_command_is_documented(command):
    assert f"| `woonflow {command}" in (DOCS / "reference/cli.md").read_text()


@pytest.mark.parametrize("task", list(build_registry()), ids=lambda task: task.type)
def test_each_service_task_is_documented(task):
    assert f"`{task.type}`" in (DOCS / "reference/service-tasks.md").read_text()


def test_each_decision_has_its_five_parts():
    parts = ("Context", "Options", "Decision", "Consequences", "Confirmation")

    for page in (DOCS / "decisions").glob("0*.md"):
        text = page.read_text()
        assert all(f"\n## {part}\n" in text for part in parts), page.name


def test_the_pages_that_the_readme_names_exist():
    root = DOCS.parent
    text = (root / "README.md").read_text()
    targets = [part.split(")")[0] for part in text.split("](")[1:]]
    local = [target for target in targets if not target.startswith("http")]

    assert [target for target in local if not (root / target).exists()] == []
