"""Statements that are sent together, because nobody needs their answers.

PostgreSQL answers each statement over the network: ten of them are ten times
the way there and back. Within ``together`` they go out one after the other, and
the answers are read at its end. SQLite is no network away, so nothing changes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


@contextmanager
def together(session: Session) -> Iterator[None]:
    """Send the statements of this stretch together; read no results in it.

    An error of any of them is raised at its end, as the error of SQLAlchemy
    that it would have been: the transaction is lost either way.
    """
    connection = session.connection()
    if connection.dialect.name != "postgresql":
        yield
        return
    driver = cast("psycopg.Connection", connection.connection.driver_connection)
    try:
        with driver.pipeline():
            yield
    except psycopg.Error as error:
        kind = DBAPIError.instance(
            "statements sent together", None, error, psycopg.Error
        )
        raise kind from error
