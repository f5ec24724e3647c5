"""Brings a database to the tables that this version needs."""

from importlib.resources import files
from typing import Literal

from alembic import command
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Enum, text

import engine.persistence.tables.definitions
import engine.persistence.tables.installation
import engine.persistence.tables.instances
import engine.persistence.tables.jobs
import engine.persistence.tables.messages
import engine.persistence.tables.tasks
import engine.persistence.tables.timers  # noqa: F401 - all tables must be known
from engine.errors import NewerDatabaseError
from engine.persistence.base import Base
from engine.persistence.database import Database
from engine.persistence.types import JsonText, UtcDateTime

PLAIN: dict[type[object], str] = {
    UtcDateTime: "sa.DateTime(timezone=True)",
    JsonText: "sa.Text()",
    Enum: "sa.String(length=40)",
}
"""What our own types are in a migration, which must not import them."""

_LOCK = text("SELECT pg_advisory_xact_lock(77290002)")
_PATIENCE = text("SET LOCAL lock_timeout = '30s'")


def upgrade(database: Database) -> None:
    """Run the migrations that this database hasn't had, in one transaction.

    Several processes may call this at once; on PostgreSQL they queue. Raises
    ``NewerDatabaseError`` when it had one that this version doesn't know.
    """
    with database.writing() as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(_PATIENCE)
            connection.execute(_LOCK)
        _require_known(connection)
        command.upgrade(alembic_config(connection), "head")


def _require_known(connection: Connection) -> None:
    found = MigrationContext.configure(connection).get_current_revision()
    history = ScriptDirectory.from_config(alembic_config()).walk_revisions()
    if found is not None and found not in {each.revision for each in history}:
        raise NewerDatabaseError(found)


def current(database: Database) -> str | None:
    """Return the revision of a database, None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str | None:
    """Return the revision that this version of the code needs."""
    return ScriptDirectory.from_config(alembic_config()).get_current_head()


def is_current(database: Database) -> bool:
    """Tell whether the database has had all migrations."""
    return current(database) == newest()


def alembic_config(connection: Connection | None = None) -> Config:
    """Configure Alembic for the history inside the package."""
    config = Config()
    folder = files("engine").joinpath("migrations")
    config.set_main_option("script_location", str(folder))
    config.set_main_option("path_separator", "os")
    config.set_main_option(
        "file_template", "%%(year)d_%%(month).2d_%%(day).2d_%%(slug)s"
    )
    config.attributes["connection"] = connection
    return config


def configure(context: EnvironmentContext) -> None:
    """Set up a run of migrations; called by ``engine/migrations/env.py``."""
    connection = context.config.attributes["connection"]
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_render,
        transactional_ddl=True,
    )


def _render(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    """Write our own types as plain ones; all else is left to Alembic."""
    if kind != "type":
        return False
    return next((text for own, text in PLAIN.items() if isinstance(item, own)), False)
