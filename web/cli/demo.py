"""``woonflow demo``: the demo city, loaded once and served on loopback."""

import os
import shutil
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from ipaddress import ip_address
from multiprocessing import get_context
from pathlib import Path

import click

from engine.clock import FixedClock, SystemClock
from engine.mail_sink import MailSink
from engine.persistence import migrate
from engine.smtp import Smtp
from engine.training import FixedTime, Training
from engine.worker import Worker
from web.cli.place import environment, open_engine, quiet
from web.cli.serving import Binding, require_free, serve_site
from workflows.demo.people import ACCOUNTS, CITY, PASSWORD, works_for
from workflows.demo.service import Stage, beginning, load
from workflows.people.model import ROLE_NAMES

_STEPS = 1000
LOADED = "loaded"


@click.command()
@click.option(
    "--host", envvar="WOONFLOW_HOST", default="127.0.0.1", help="A loopback address."
)
@click.option("--port", envvar="WOONFLOW_PORT", default=8000, help="Port to listen on.")
@click.option("--fresh", is_flag=True, help="Forget what was done and load again.")
@click.option("--load-only", is_flag=True, help="Load, print the accounts, and stop.")
def demo(host: str, port: int, *, fresh: bool, load_only: bool) -> None:
    """Load the demo city and serve it on loopback."""
    quiet()
    _require_loopback(host)
    if not load_only:
        require_free(host, port)
    folder = Path(os.environ.get("WOONFLOW_DATA") or "var/demo")
    sink = MailSink(folder / "mail")
    sink.start()
    given = _settings(folder, sink.url, f"http://{host}:{port}")
    try:
        prepare(folder, given, fresh=fresh)
        _welcome(f"http://{host}:{port}")
        if not load_only:
            serve_site(given, Binding(host=host, port=port))
    finally:
        sink.stop()


def prepare(folder: Path, given: dict[str, str], *, fresh: bool) -> None:
    """Load the demo city into *folder*, unless it is there already."""
    if fresh or not (folder / LOADED).exists():
        # Gone first: a load that is cut off must not pass for a whole one.
        (folder / LOADED).unlink(missing_ok=True)
        for old in folder.glob("woonflow.db*"):
            old.unlink()
        shutil.rmtree(folder / "mail", ignore_errors=True)
        (folder / "mail").mkdir(parents=True)
        _load(given)
        _make_last(folder / "woonflow.db")
        (folder / LOADED).touch()
    migrate.upgrade(open_engine(given).database)


def _load(given: dict[str, str]) -> None:
    """Load the city in a process of its own.

    Typst keeps threads, and the server forks. In a process that is forked after
    its first document those threads are gone, and each next document waits for
    them for ever.
    """
    spawn = get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as apart:
        apart.submit(_fill, given).result()


def _fill(given: dict[str, str]) -> None:
    quiet()
    now = SystemClock().now()
    clock = FixedClock(beginning(now))
    engine = open_engine(given, clock)
    # What is cut off is loaded again, so no commit on the way has to last.
    engine.database.hurry()
    migrate.upgrade(engine.database)
    transport = Smtp.from_url(engine.settings.smtp_url)
    worker = Worker(engine=engine, transport=transport, name="demo")
    training = Training(engine, worker, FixedTime(clock))
    _show(Stage(engine=engine, clock=clock, training=training), now)
    engine.database.dispose()


def _make_last(database: Path) -> None:
    """Wait until the whole file is on the disk."""
    with database.open("rb") as file:
        os.fsync(file.fileno())


def _show(stage: Stage, now: datetime) -> None:
    label = "De demostad wordt geladen"
    with click.progressbar(length=_STEPS, label=label, file=sys.stderr) as bar:

        def tell(share: float) -> None:
            bar.update(max(0, int(share * _STEPS) - bar.pos))

        load(stage, until=now, tell=tell)


def _settings(folder: Path, smtp_url: str, address: str) -> dict[str, str]:
    return environment() | {
        "WOONFLOW_DATA": str(folder),
        "WOONFLOW_DATABASE_URL": f"sqlite:///{folder.absolute()}/woonflow.db",
        "WOONFLOW_SMTP_URL": smtp_url,
        "WOONFLOW_MAIL_FROM": "wonen@mechelen.example",
        "WOONFLOW_BASE_URL": address,
        "WOONFLOW_TRAINING": "true",
    }


def _require_loopback(host: str) -> None:
    try:
        loopback = host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        message = (
            "De demo heeft bekende wachtwoorden en luistert alleen op deze machine:"
            f" gebruik 127.0.0.1 in plaats van {host}."
        )
        raise click.UsageError(message)


def _welcome(address: str) -> None:
    click.echo(f"\nWoonflow, demostad Mechelen: {address}\n")
    for account in ACCOUNTS:
        role = ROLE_NAMES[account.role]
        who = f"{account.full_name}, {role}"
        if account.organisation != CITY:
            who += f" ({works_for(account)})"
        click.echo(f"  {account.name:8} {PASSWORD}   {who}")
    again = f"{sys.argv[0]} demo --fresh"
    click.echo(f"\nStoppen met Ctrl+C; opnieuw beginnen met {again}.\n")
