"""Counts what goes to a database."""

from contextlib import contextmanager

from sqlalchemy import event


class Counted:
    """The statements and the commits of a stretch of work."""

    def __init__(self):
        self.statements = []
        self.commits = 0


@contextmanager
def counted(database):
    """Count while open; opening a transaction is no statement."""
    found = Counted()

    def executed(_connection, _cursor, statement, *_rest):
        if not statement.startswith("BEGIN"):
            found.statements.append(statement)

    def committed(_connection):
        found.commits += 1

    event.listen(database.engine, "before_cursor_execute", executed)
    event.listen(database.engine, "commit", committed)
    yield found
    event.remove(database.engine, "before_cursor_execute", executed)
    event.remove(database.engine, "commit", committed)
