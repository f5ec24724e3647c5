from concurrent.futures import ThreadPoolExecutor

import pytest

from workflows.numbering.repository import next_number


class RollbackError(Exception):
    """Ends a transaction."""


def take(database, series="case", year=2026):
    with database.writing() as session:
        return next_number(session, series, year)


def take_and_fail(database):
    with database.writing() as session:
        next_number(session, "case", 2026)
        raise RollbackError


def test_numbers_count_up_from_one_per_series_and_year(database):
    taken = [
        take(database),
        take(database),
        take(database, year=2027),
        take(database, "certificate"),
    ]

    assert taken == [1, 2, 1, 1]


def test_a_number_that_is_rolled_back_leaves_no_gap(database):
    take(database)
    with pytest.raises(RollbackError):
        take_and_fail(database)

    assert take(database) == 2


def test_writers_at_the_same_time_never_get_the_same_number(database):
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: take(database), range(40)))

    assert sorted(taken) == list(range(1, 41))
