"""Pages of the reference that are made from the code.

``python -m workflows.reference FOLDER`` writes them; a test compares.
"""

import sys
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path

from engine.registry import Registry, ServiceTask
from workflows.city.catalogue import SETTINGS
from workflows.city.model import Setting, SettingValue
from workflows.notices.model import ADDRESSEE_NAMES, template, template_names
from workflows.register import build_registry

_MADE = "<!-- Made by `python -m workflows.reference docs/reference`. -->"

_TASKS_INTRODUCTION = (
    "What a diagram may ask for in a service or send task"
    " (`zeebe:taskDefinition`). Inputs marked * must be mapped."
)
_SETTINGS_INTRODUCTION = (
    "Each setting has a value from a day on; a running case keeps the terms"
    " with which it started. Periods are written in ISO 8601."
)


def service_tasks_page(registry: Registry) -> str:
    """Return the page on service tasks and notices."""
    tasks = sorted(registry, key=lambda task: task.type)
    lines = [
        "# Service tasks",
        "",
        _MADE,
        "",
        _TASKS_INTRODUCTION,
        "",
        *(line for task in tasks for line in _task(task)),
        "## Addressees of a notice",
        "",
        *_table(("addressee", "in Dutch"), ADDRESSEE_NAMES.items()),
        "",
        "## Notices",
        "",
        *_table(
            ("template", "subject"),
            ((name, template(name).subject.template) for name in template_names()),
        ),
    ]
    return "\n".join(lines) + "\n"


def settings_page(settings: Mapping[str, Setting]) -> str:
    """Return the page on the settings of a city."""
    groups = groupby(
        sorted(settings.values(), key=lambda setting: setting.group),
        key=lambda setting: setting.group,
    )
    lines = [
        "# Settings of the city",
        "",
        _MADE,
        "",
        _SETTINGS_INTRODUCTION,
    ]
    for group, members in groups:
        rows = ((s.name, f"{s.label}. {s.sentence}", _default(s)) for s in members)
        lines += ["", f"## {group}", "", *_table(("name", "meaning", "default"), rows)]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return the pages by file name."""
    return {
        "service-tasks.md": service_tasks_page(build_registry()),
        "settings-of-the-city.md": settings_page(SETTINGS),
    }


def _task(task: ServiceTask) -> list[str]:
    inputs = [
        (f"{name}{'*' if name in task.required else ''}", text)
        for name, text in task.inputs.items()
    ]
    lines = [f"## `{task.type}`", "", f"**{task.label}.** {task.description}", ""]
    lines += [*_table(("input", "what"), inputs), ""] if inputs else []
    outputs = task.outputs.items()
    return lines + ([*_table(("output", "what"), outputs), ""] if outputs else [])


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    """Write a table whose first column is code."""
    return [
        f"| {' | '.join(head)} |",
        f"|{'---|' * len(head)}",
        *(f"| `{first}` | {' | '.join(rest)} |" for first, *rest in rows),
    ]


def _default(setting: Setting) -> str:
    """Write a default in words, with its notation where that differs."""
    value = SettingValue(
        setting=setting,
        value=setting.default,
        valid_from=None,
        changed_at=None,
        changed_by=None,
    )
    notation = str(setting.default)
    return (
        f"{value.in_words} (`{notation}`)"
        if notation.startswith("P") and notation != value.in_words
        else value.in_words
    )


if __name__ == "__main__":
    for name, text in pages().items():
        (Path(sys.argv[1]) / name).write_text(text, "utf-8")
