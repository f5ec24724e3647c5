"""Run by Alembic: migrates the connection that ``engine.persistence.migrate`` gives."""

from alembic import context

from engine.persistence.migrate import configure

configure(context)  # type: ignore[arg-type]
with context.begin_transaction():
    context.run_migrations()
