"""``woonflow doctor``: is everything there that the product needs?"""

import shutil
import socket
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import click
from sqlalchemy.exc import SQLAlchemyError

from engine.bootstrap import Engine
from engine.clock import SystemClock
from engine.health import read_health
from engine.persistence import migrate
from web.cli.place import environment, open_engine
from web.settings import from_environment

Finding = tuple[bool, str]
PATIENCE_SECONDS = 3
LEAST_FREE_BYTES = 500_000_000


@click.command()
@click.pass_context
def doctor(context: click.Context) -> None:
    """Look at settings, database, background work, mail and disk."""
    given = environment()
    from_environment(given)
    engine = open_engine(given)
    findings = [finding for look in _LOOKS for finding in look(engine)]
    for well, words in findings:
        click.echo(f"{'in orde' if well else 'FOUT   '}  {words}")
    if not all(well for well, _ in findings):
        context.exit(1)


def _database(engine: Engine) -> Iterator[Finding]:
    try:
        current = migrate.current(engine.database)
    except SQLAlchemyError as error:
        yield False, f"De databank antwoordt niet ({type(error).__name__})."
        return
    yield True, f"De databank antwoordt ({engine.database.url.get_backend_name()})."
    well = current == migrate.newest()
    yield well, f"Tabellen: {current or 'geen'}; voer zo nodig woonflow migrate uit."
    if well:
        yield from _background(engine)


def _background(engine: Engine) -> Iterator[Finding]:
    with engine.reading() as work:
        health = read_health(work, machine_now=SystemClock().now())
    beat = health.heartbeat
    yield beat is not None, f"Laatste hartslag van een proces: {beat or 'nooit'}."


def _mail(engine: Engine) -> Iterator[Finding]:
    server = urlsplit(engine.settings.smtp_url)
    address = (server.hostname or "", server.port or 25)
    try:
        socket.create_connection(address, timeout=PATIENCE_SECONDS).close()
    except OSError as error:
        yield False, f"De mailserver {address[0]} antwoordt niet ({error.strerror})."
        return
    yield True, f"De mailserver {address[0]} antwoordt."


def _disk(engine: Engine) -> Iterator[Finding]:
    folder = engine.settings.data
    there = folder if folder.exists() else folder.absolute().anchor
    free = shutil.disk_usage(there).free
    words = f"Vrije ruimte voor {folder}: {free // 1_000_000} MB."
    yield free >= LEAST_FREE_BYTES, words


_LOOKS: tuple[Callable[[Engine], Iterator[Finding]], ...] = (_database, _mail, _disk)
