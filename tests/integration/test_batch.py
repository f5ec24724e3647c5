"""What is sent together lands together, or fails as anything else does."""

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from engine.persistence.batch import together
from engine.persistence.tables.definitions import BundleRow


def bundles(database):
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(BundleRow))


def add(session, *keys):
    rows = [{"hash": key * 64, "key": key} for key in keys]
    session.connection().execute(insert(BundleRow.__table__), rows)


def test_statements_that_are_sent_together_all_land(database):
    with database.writing() as session, together(session):
        add(session, "a")
        add(session, "b", "c")

    assert bundles(database) == 3


def add_together(database, *keys, then=lambda: None):
    with database.writing() as session, together(session):
        for key in keys:
            add(session, key)
        then()


def test_a_refused_statement_takes_all_the_others_with_it(database):
    with pytest.raises(IntegrityError):
        add_together(database, "a", "a", "b")

    assert bundles(database) == 0


def test_an_exception_on_the_way_leaves_nothing(database):
    with pytest.raises(KeyError):
        add_together(database, "a", then=lambda: {}["nothing"])

    assert bundles(database) == 0


def test_the_session_goes_on_after_statements_sent_together(database):
    with database.writing() as session:
        with together(session):
            add(session, "a")
        add(session, "b")

    assert bundles(database) == 2
