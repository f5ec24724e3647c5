"""Where is measured: fresh databases with all tables, SQLite and PostgreSQL."""

import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import psycopg

from engine.bootstrap import build_engine
from engine.clock import FixedClock
from engine.persistence import migrate
from engine.persistence.database import Database
from engine.registry import Registry
from engine.settings import EngineSettings
from tests.factories import import_tables
from tests.postgres import private_server

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
TEMPLATE = "bench_template"


class Place:
    """A folder and a durable PostgreSQL server, for the length of a run.

    *quick* asks for the smallest run that still measures: it is no figure.
    """

    def __init__(self, *, quick=False):
        self.quick = quick
        self._open = ExitStack()
        self._made = 0

    def __enter__(self):
        folder = self._open.enter_context(tempfile.TemporaryDirectory())
        self.folder = Path(folder)
        import_tables()
        return self

    def __exit__(self, *_):
        self._open.close()

    def size(self, full, quick):
        """Return how many or how large: *full*, or *quick* in a quick run."""
        return quick if self.quick else full

    @cached_property
    def server(self):
        """The PostgreSQL server: durable, as in production."""
        server = self._open.enter_context(private_server(durable=True))
        server.execute(f"CREATE DATABASE {TEMPLATE}")
        _create_tables(server.url(TEMPLATE))
        return server

    @cached_property
    def _template(self):
        path = self.folder / "template.db"
        _create_tables(f"sqlite:///{path}")
        return path

    @contextmanager
    def database(self, name):
        """Give the address of a fresh database with all tables."""
        if name == POSTGRESQL:
            with self.server.database(TEMPLATE) as url:
                yield url
            return
        self._made += 1
        path = self.folder / f"{self._made}.db"
        shutil.copy(self._template, path)
        yield f"sqlite:///{path}"

    @contextmanager
    def engine(self, name, registry=None):
        """Give an engine on a fresh database; its clock stands at noon."""
        with self.database(name) as url:
            settings = EngineSettings(database_url=url)
            engine = build_engine(settings, registry or Registry(), FixedClock(NOON))
            yield engine
            engine.database.dispose()


def settle(database):
    """Leave much that was inserted at once as the upkeep of the database does."""
    if database.is_sqlite:
        with database.writing() as session:
            session.connection().exec_driver_sql("ANALYZE")
        return
    address = database.url.set(drivername="postgresql")
    text = address.render_as_string(hide_password=False)
    with psycopg.connect(text, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        connection.execute("CHECKPOINT")


def _create_tables(url):
    database = Database(url)
    migrate.upgrade(database)
    with database.engine.connect() as connection:
        if database.is_sqlite:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.dispose()
