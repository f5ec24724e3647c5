"""What people rely on is written down: settings, commands, service tasks, decisions."""

import re
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path

import pytest

from engine.settings import EngineSettings
from web.cli.main import woonflow
from web.settings import WebSettings
from workflows.register import build_registry

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("bpmn/*/README.md")]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")
FILE = re.compile(r"`((?:bpmn|docs|engine|tests|web|workflows)/[\w./-]+)`")
MODULE = re.compile(r"python -m ((?:engine|web|workflows)[\w.]*)")


def variables(settings):
    """Name the environment variables of a settings class, from its field names."""
    return [f"WOONFLOW_{one.name.upper()}" for one in fields(settings)]


def variables_of_commands():
    """Name the environment variables that an option of a command reads."""
    options = (one for each in woonflow.commands.values() for one in each.params)
    return {one.envvar for one in options if one.envvar}


def test_each_documented_setting_exists():
    text = (DOCS / "reference/configuration.md").read_text()
    told = set(re.findall(r"^\| `(WOONFLOW_[A-Z_]+)`", text, re.MULTILINE))
    read = {*variables(EngineSettings), *variables(WebSettings)}

    assert told - read - variables_of_commands() == set()


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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_pages_that_a_page_names_exist(page):
    links = LINK.findall(page.read_text())

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_modules_and_files_that_a_page_names_exist(page):
    text = page.read_text()
    files = {path for path in FILE.findall(text) if not (ROOT / path).exists()}
    modules = {name for name in MODULE.findall(text) if find_spec(name) is None}

    assert (files, modules) == (set(), set())
