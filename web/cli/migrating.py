"""``woonflow migrate``: the tables that this version needs."""

import click

from engine.persistence import migrate as migrations
from web.cli.place import environment, open_engine


@click.command()
def migrate() -> None:
    """Bring the database to the tables that this version needs."""
    engine = open_engine(environment())
    before = migrations.current(engine.database)
    migrations.upgrade(engine.database)
    after = migrations.current(engine.database)
    click.echo(
        f"De databank is al bij ({after})."
        if before == after
        else f"De databank is bijgewerkt: {before or 'leeg'} → {after}."
    )
