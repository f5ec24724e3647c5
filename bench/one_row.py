"""One row of text in the same kind of database, by the driver alone: the floor."""

import sqlite3
from contextlib import contextmanager

import psycopg

from bench.place import SQLITE
from engine.persistence.database import PRAGMAS


class OneRow:
    """A table of one row with a text."""

    def __init__(self, name, url, text):
        self._mark = "?" if name == SQLITE else "%s"
        self._begin = "BEGIN IMMEDIATE" if name == SQLITE else "BEGIN"
        self._connection = _connect(name, url)
        self._run("CREATE TABLE one_row (id integer PRIMARY KEY, state text)")
        self._run("INSERT INTO one_row VALUES (1, ?)", text)

    @contextmanager
    def transaction(self):
        """Read and write within one transaction, committed at its end."""
        self._run(self._begin)
        yield self
        self._run("COMMIT")

    def read(self):
        """Return the text."""
        found = self._connection.execute("SELECT state FROM one_row WHERE id = 1")
        return found.fetchone()[0]

    def write(self, text):
        """Replace the text."""
        self._run("UPDATE one_row SET state = ? WHERE id = 1", text)

    def close(self):
        """Close the connection."""
        self._connection.close()

    def _run(self, statement, *given):
        self._connection.execute(statement.replace("?", self._mark), given)


def _connect(name, url):
    if name == SQLITE:
        path = url.removeprefix("sqlite:///")
        connection = sqlite3.connect(path, isolation_level=None)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection
    return psycopg.connect(url.replace("+psycopg", ""), autocommit=True)
