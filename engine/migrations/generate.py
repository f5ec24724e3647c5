"""Write a migration from the difference between the tables and the history.

``python -m engine.migrations.generate "create the tables" MODULE...`` where the
modules hold the tables of the domain. For the maker of a change, not for a
running installation.
"""

import sys
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command

from engine.persistence.database import Database
from engine.persistence.migrate import alembic_config, upgrade


def main(arguments: list[str]) -> None:
    """Write one migration; the first argument says what it does."""
    message, *modules = arguments
    for module in modules:
        import_module(module)
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'history.db'}")
        upgrade(database)
        with database.engine.begin() as connection:
            command.revision(alembic_config(connection), message, autogenerate=True)
        database.dispose()


if __name__ == "__main__":
    main(sys.argv[1:])
