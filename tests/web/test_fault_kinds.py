"""A driver's error is told apart by what it says, on both databases."""

import psycopg.errors
import pytest
from sqlalchemy.exc import OperationalError

from web.faults import DATABASE_AWAY, DISK_FULL, UNKNOWN, fault_of


def wrapped(original):
    return OperationalError("INSERT", {}, original)


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (wrapped(psycopg.errors.DiskFull()), DISK_FULL),
        (wrapped(psycopg.errors.AdminShutdown()), DATABASE_AWAY),
        (wrapped(ConnectionError()), DATABASE_AWAY),
        (ZeroDivisionError(), UNKNOWN),
    ],
)
def test_a_full_disk_is_no_database_that_is_away(error, fault):
    assert fault_of(error) is fault
