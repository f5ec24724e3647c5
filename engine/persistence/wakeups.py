"""Tell workers that there is something to do, once it is committed.

Within a process by a callback after the commit; between processes on
PostgreSQL by NOTIFY, which the server sends at the commit. Both may get lost
in a crash: the sweep of ``engine.scheduling`` is the net.
"""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import psycopg
from sqlalchemy import text
from sqlalchemy.orm import Session

from engine.persistence.database import Database

CHANNEL = "woonflow"
SOON = timedelta(minutes=1)
"""A timer that is due later than this is found in time by the sweep."""

_FLAG = "announced"
_NOTIFY = text(f"SELECT pg_notify('{CHANNEL}', '')")


def announce(session: Session) -> None:
    """Wake the workers when this transaction is committed; once is enough."""
    if session.info.get(_FLAG):
        return
    session.info[_FLAG] = True
    if session.get_bind().dialect.name == "postgresql":
        session.execute(_NOTIFY)


def on_announcement(database: Database, action: Callable[[], None]) -> None:
    """Call *action* after each commit of this process that announced work."""

    def committed(session: Session) -> None:
        if session.info.pop(_FLAG, False):
            action()

    database.on_commit(committed)


def listen(database: Database, action: Callable[[], None], *, until: Event) -> None:
    """Call *action* at each announcement of any process, *until* is set.

    PostgreSQL only. Raises ``psycopg.Error`` when the connection breaks; the
    caller connects again.
    """
    url = database.url.set(drivername="postgresql")
    address = url.render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"LISTEN {CHANNEL}")
        # What came before we listened is found by looking once.
        action()
        while not until.is_set():
            for _ in connection.notifies(timeout=1, stop_after=1):
                action()
