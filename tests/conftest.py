"""Databases for the tests: the same tests on SQLite and on a real PostgreSQL."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import event

from engine.clock import FixedClock
from engine.persistence.base import Base
from engine.persistence.database import Database
from engine.registry import Registry
from tests.factories import an_engine, import_tables
from tests.postgres import NoPostgresError, empty, shared_server

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
TEMPLATE = "woonflow_template"


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="run the long forms too")


def pytest_collection_modifyitems(config, items):
    """Leave the long forms to ``--full``: deselected, so nothing is skipped."""
    if config.getoption("--full"):
        return
    long = [item for item in items if item.get_closest_marker("full")]
    config.hook.pytest_deselected(items=long)
    items[:] = [item for item in items if item not in long]


# A busy machine is slow, not wrong: no test is timed.
settings.register_profile("woonflow", deadline=None)
settings.load_profile("woonflow")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory):
    """A SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "woonflow.db"
    _create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server, shared by all workers of this run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    folder = Path(tempfile.gettempdir()) / f"woonflow-pg-{run[:12]}"
    try:
        with shared_server(folder, _prepare) as server:
            yield server
    except NoPostgresError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture
def sqlite_url(sqlite_template, tmp_path):
    """The address of a fresh SQLite database with all tables."""
    shutil.copy(sqlite_template, tmp_path / "woonflow.db")
    return f"sqlite:///{tmp_path / 'woonflow.db'}"


@pytest.fixture(scope="session")
def postgres_clone(postgres_server):
    """The address of a PostgreSQL database that this worker empties and reuses."""
    with postgres_server.database(TEMPLATE) as url:
        yield url


@pytest.fixture
def postgres_url(postgres_clone):
    """The address of an empty PostgreSQL database with all tables.

    Emptying takes milliseconds, where a fresh clone takes most of a second.
    """
    empty(postgres_clone)
    return postgres_clone


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request):
    """A fresh database with all tables, on each of the two in turn."""
    name = {"sqlite": "sqlite_url", "postgresql": "postgres_url"}[request.param]
    return request.getfixturevalue(name)


@pytest.fixture
def database(database_url):
    """A fresh database, open."""
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def clock():
    """A clock that stands at noon until the test moves it."""
    return FixedClock(NOON)


@pytest.fixture
def registry():
    """The service tasks of the test; it adds its own."""
    return Registry()


@pytest.fixture
def engine(database_url, clock, registry):
    """The engine, whole and real, on each of the two databases in turn."""
    engine = an_engine(database_url, clock, registry=registry)
    yield engine
    engine.database.dispose()


@pytest.fixture
def count_sql():
    """Count statements and commits: ``with count_sql(database) as counted:``."""
    return _count_sql


class Counted:
    """What went to the database."""

    def __init__(self):
        self.statements = []
        self.commits = 0


@contextmanager
def _count_sql(database):
    counted = Counted()

    def executed(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            counted.statements.append(statement)

    def committed(_connection):
        counted.commits += 1

    event.listen(database.engine, "before_cursor_execute", executed)
    event.listen(database.engine, "commit", committed)
    yield counted
    event.remove(database.engine, "before_cursor_execute", executed)
    event.remove(database.engine, "commit", committed)


def _prepare(server):
    server.execute(f"CREATE DATABASE {TEMPLATE}")
    _create_tables(server.url(TEMPLATE))


def _create_tables(url):
    import_tables()
    database = Database(url)
    Base.metadata.create_all(database.engine)
    database.dispose()
