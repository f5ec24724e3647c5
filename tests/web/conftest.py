"""A city of its own for each test, copied from one that was founded once."""

import shutil

import pytest

from tests.web.city import found, open_city


@pytest.fixture(scope="session")
def founded(sqlite_template, tmp_path_factory):
    """A database file with the people and processes of the city."""
    path = tmp_path_factory.mktemp("city") / "city.db"
    shutil.copy(sqlite_template, path)
    city = found(f"sqlite:///{path}")
    with city.engine.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    city.engine.database.dispose()
    return path


@pytest.fixture
def city(founded, tmp_path):
    """The city, open."""
    path = tmp_path / "city.db"
    shutil.copy(founded, path)
    city = open_city(f"sqlite:///{path}")
    yield city
    city.engine.database.dispose()
