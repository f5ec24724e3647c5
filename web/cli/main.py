"""The command ``woonflow``: the group that all commands hang on."""

import sys

import click

from engine.errors import EngineError
from web.cli import (
    accounts,
    definitions,
    demo,
    doctor,
    keeping,
    measuring,
    migrating,
    running,
    serving,
    working,
)
from web.errors import SettingError
from workflows.errors import WorkflowError


@click.group()
@click.version_option(package_name="woonflow")
def woonflow() -> None:
    """The case engine for the housing-quality work of a Flemish city."""


for command in (
    demo.demo,
    serving.serve,
    working.worker,
    migrating.migrate,
    definitions.check,
    definitions.deploy,
    definitions.export,
    definitions.import_,
    running.run,
    accounts.user,
    accounts.token,
    accounts.tokens_,
    keeping.backup,
    keeping.restore,
    doctor.doctor,
    measuring.bench,
):
    woonflow.add_command(command)


def main() -> None:
    """Run the command; a refusal is one clear line, never a traceback."""
    try:
        woonflow()
    except (EngineError, WorkflowError, SettingError) as error:
        click.echo(f"Fout: {error}", err=True)
        sys.exit(1)
