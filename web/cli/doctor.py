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
from web.health import beat
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
    if current != migrate.newest():
        words = f"De tabellen zijn niet bijgewerkt ({current or 'er zijn er geen'})"
        yield False, f"{words}: voer woonflow migrate uit."
        return
    yield True, f"De tabellen zijn bijgewerkt ({current})."
    yield _background(engine)


def _background(engine: Engine) -> Finding:
    with engine.reading() as work:
        check = beat(read_health(work, machine_now=SystemClock().now()).heartbeat)
    if check.ok:
        return True, f"Het achtergrondwerk gaf {check.words} een teken van leven."
    said = "nog geen" if check.value is None else f"{check.words} het laatste"
    return False, (
        f"Het achtergrondwerk gaf {said} teken van leven:"
        " start woonflow serve of woonflow worker."
    )


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
