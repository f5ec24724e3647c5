"""``woonflow bench``: measure this machine, from a checkout."""

import subprocess
import sys
from pathlib import Path

import click

BENCHES = Path(__file__).parents[2] / "bench"


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("names", nargs=-1)
@click.pass_context
def bench(context: click.Context, names: tuple[str, ...]) -> None:
    """Run the benches (all, or those in NAMES); needs a checkout."""
    if not BENCHES.is_dir():
        message = (
            "De metingen horen bij de broncode: gebruik make bench in een checkout."
        )
        raise click.UsageError(message)
    command = [sys.executable, "-m", "bench", *names]
    done = subprocess.run(command, cwd=BENCHES.parent, check=False)  # noqa: S603 - our own module
    context.exit(done.returncode)
