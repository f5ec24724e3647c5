"""The database: SQLite by default, PostgreSQL by URL, the same promises on both."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import StaticPool

BUSY = timedelta(seconds=10)
PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # FULL: a commit that was answered survives a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    f"PRAGMA busy_timeout = {BUSY // timedelta(milliseconds=1)}",
    "PRAGMA cache_size = -32000",
    "PRAGMA temp_store = MEMORY",
)


class _Switchable(Protocol):
    """What we set on a raw SQLite connection."""

    isolation_level: str | None

    def execute(self, sql: str, /) -> sqlite3.Cursor: ...


class Database:
    """An engine, with sessions for writing and for reading.

    A writing transaction takes SQLite's write lock when it begins: two
    writers then queue, instead of one failing half way because its snapshot
    is old.
    """

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.engine = _create(url)
        readers = self.engine.execution_options(postgresql_readonly=True)
        self._read = sessionmaker(readers, autoflush=False, expire_on_commit=False)
        self._write = sessionmaker(self.engine, autoflush=False, expire_on_commit=False)
        if self.is_sqlite:
            # Not on the engine: there one listener slows each statement down.
            event.listen(self._read, "after_begin", _begin_reading)
            event.listen(self._write, "after_begin", _begin_writing)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the single-machine database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction: commits at the end, rolls back on any exception."""
        with self._write.begin() as session:
            session.connection()
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that only reads; nothing of it stays."""
        with self._read() as session:
            yield session

    def on_commit(self, action: Callable[[Session], None]) -> None:
        """Call *action* after each writing transaction that was committed."""
        event.listen(self._write, "after_commit", action)

    def hurry(self) -> None:
        """Don't wait for the disk: for what is made again after a power cut.

        Tell it before the first connection; PostgreSQL doesn't listen.
        """
        if self.is_sqlite:
            event.listen(self.engine, "connect", _hurry)

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _create(url: str) -> Engine:
    """Make the engine for *url* with the settings of its database."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _create_sqlite(url, in_memory=parsed.database in {None, "", ":memory:"})
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=10,
        max_overflow=20,
        # The connection that was used last has its statements prepared.
        pool_use_lifo=True,
        connect_args={"options": "-c timezone=UTC -c lock_timeout=10s -c jit=off"},
    )


def _create_sqlite(url: str, *, in_memory: bool) -> Engine:
    arguments = {"check_same_thread": False}
    if in_memory:
        engine = create_engine(url, connect_args=arguments, poolclass=StaticPool)
    else:
        # A first start on a bare machine has no data folder yet.
        Path(make_url(url).database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args=arguments)
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(raw: _Switchable, _record: object) -> None:
    # The driver would begin late and on its own; we begin, see `_begin_writing`.
    raw.isolation_level = None
    for pragma in PRAGMAS:
        raw.execute(pragma)


def _hurry(raw: _Switchable, _record: object) -> None:
    raw.execute("PRAGMA synchronous = OFF")


def _begin_reading(_session: Session, _started: object, connection: Connection) -> None:
    if not connection.in_nested_transaction():
        connection.exec_driver_sql("BEGIN")


def _begin_writing(_session: Session, _started: object, connection: Connection) -> None:
    # A savepoint begins too, within what has begun already.
    if not connection.in_nested_transaction():
        connection.exec_driver_sql("BEGIN IMMEDIATE")
