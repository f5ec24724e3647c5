import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from engine.errors import NewerDatabaseError
from engine.persistence.base import Base
from engine.persistence.database import Database
from engine.persistence.migrate import current, is_current, newest, upgrade
from tests.factories import import_tables


@pytest.fixture
def empty(request, tmp_path):
    import_tables()
    database = Database(f"sqlite:///{tmp_path}/nowhere/yet/woonflow.db")
    yield database
    database.dispose()


@pytest.fixture
def empty_postgres(postgres_server):
    import_tables()
    with postgres_server.database() as url:
        database = Database(url)
        yield database
        database.dispose()


@pytest.fixture(params=["empty", "empty_postgres"])
def fresh(request):
    return request.getfixturevalue(request.param)


def test_the_migrations_make_the_tables_that_the_code_uses(fresh):
    upgrade(fresh)

    with fresh.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": False}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_an_empty_database_is_not_current_and_a_migrated_one_is(fresh):
    before = is_current(fresh)
    upgrade(fresh)

    assert not before
    assert is_current(fresh)
    assert current(fresh) == newest()


def test_a_second_upgrade_changes_nothing(fresh):
    upgrade(fresh)
    upgrade(fresh)

    assert is_current(fresh)


def test_a_database_of_a_newer_version_is_refused_in_words_and_left_alone(fresh):
    upgrade(fresh)
    with fresh.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'ahead'"))

    with pytest.raises(NewerDatabaseError, match=r"nieuwere versie .* \(ahead\)"):
        upgrade(fresh)
    assert current(fresh) == "ahead"
