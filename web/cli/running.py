"""``woonflow run``: a process in memory, with its trace; nothing is stored."""

import json
from pathlib import Path

import click

from engine.errors import DefinitionRefusedError
from engine.feel.values import from_python
from engine.step import Variables
from engine.testing import Harness, Service
from web.cli.definitions import Format, ReadableFile


class _Silent(dict[str, Service]):
    """Service tasks that answer with nothing."""

    def __missing__(self, _service_type: str) -> Service:
        return lambda _inputs: {}


@click.command()
@click.argument("file", type=ReadableFile)
@click.option("--data", default="{}", help="The variables at the start, as JSON.")
@click.option("--process", default=None, help="Which process of the file to start.")
@click.option("--format", "form", type=Format, default="text", help="How to print.")
def run(file: Path, data: str, process: str | None, form: str) -> None:
    """Run the process of FILE until it waits or ends, and print its trace.

    The decisions and forms beside FILE come along; service tasks answer with
    nothing.
    """
    try:
        harness = Harness(files=_family(file), services=_Silent())
    except DefinitionRefusedError as refusal:
        click.echo(str(refusal), err=True)
        raise click.exceptions.Exit(1) from refusal
    chosen = process or _first_process(harness, file)
    harness.start(chosen, **_variables(data))
    _print(harness, form)


def _family(file: Path) -> dict[str, bytes]:
    beside = [
        path
        for path in file.parent.iterdir()
        if path.suffix in (".bpmn", ".dmn", ".form")
    ]
    return {path.name: path.read_bytes() for path in sorted({file, *beside})}


def _first_process(harness: Harness, file: Path) -> str:
    names = list(harness.bundle.processes)
    return file.stem if file.stem in names else names[0]


def _variables(data: str) -> Variables:
    try:
        given = json.loads(data)
    except json.JSONDecodeError as error:
        message = f"--data is geen JSON: {error}"
        raise click.UsageError(message) from error
    if not isinstance(given, dict):
        message = "--data moet een JSON-object zijn."
        raise click.UsageError(message)
    return {name: from_python(value) for name, value in given.items()}


def _print(harness: Harness, form: str) -> None:
    report = {
        "trace": harness.trace,
        "open": harness.open,
        "incidents": [one.message for one in harness.incidents],
        "ended": harness.ended,
        "outcome": harness.outcome,
    }
    if form == "json":
        click.echo(json.dumps(report, ensure_ascii=False))
        return
    for element_id in harness.trace:
        click.echo(element_id)
    for message in report["incidents"] or ():
        click.echo(f"incident: {message}")
    where = harness.outcome or ", ".join(harness.open) or "een gebeurtenis"
    click.echo(f"geëindigd in {where}" if harness.ended else f"wacht op {where}")
