"""``woonflow backup`` and ``woonflow restore``: a copy of the database."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy import make_url

from engine.settings import EngineSettings
from web.cli.place import environment

_POSTGRESQL = (
    "Deze databank is PostgreSQL: gebruik pg_dump en pg_restore"
    " (zie docs/how-to/back-up.md)."
)


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def backup(target: Path) -> None:
    """Copy the database to the new file TARGET, while the site goes on."""
    if target.exists():
        message = f"{target} bestaat al; kies een andere naam."
        raise click.UsageError(message)
    _copy(_database(), target)
    click.echo(f"De databank is gekopieerd naar {target}.")


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Don't ask.")
def restore(source: Path, *, yes: bool) -> None:
    """Put the copy SOURCE back; stop the site first."""
    _require_sound(source)
    target = _database()
    if target.exists() and not yes:
        click.confirm(f"{target} wordt overschreven. Doorgaan?", abort=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    _copy(source, target)
    click.echo(f"De databank is teruggezet uit {source}.")


def _database() -> Path:
    url = make_url(EngineSettings.from_env(environment()).database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise click.UsageError(_POSTGRESQL)
    return Path(url.database)


def _copy(source: Path, target: Path) -> None:
    if not source.exists():
        message = f"{source} bestaat niet."
        raise click.UsageError(message)
    with (
        closing(sqlite3.connect(source)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        old.backup(new)


def _require_sound(source: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
            copy.execute("SELECT version_num FROM alembic_version").fetchone()
            answer = copy.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        message = f"{source} is geen kopie van een Woonflow-databank."
        raise click.UsageError(message) from error
    if answer != "ok":
        message = f"{source} is beschadigd: {answer}"
        raise click.UsageError(message)
