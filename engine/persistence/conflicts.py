"""Failures that pass by themselves: a lost race, or a database that is away."""

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from engine.errors import InstanceNotRunningError, StaleInstanceError

_SERIALIZATION = frozenset({"40001", "40P01", "55P03"})
"""PostgreSQL: serialization failure, deadlock, lock not available."""


def passes_by_itself(error: BaseException) -> bool:
    """Tell whether the same thing may simply be done again a little later."""
    if isinstance(error, (StaleInstanceError, InstanceNotRunningError)):
        return True
    if isinstance(error, (OperationalError, PoolTimeoutError)):
        return True
    return (
        isinstance(error, DBAPIError)
        and getattr(error.orig, "sqlstate", None) in _SERIALIZATION
    )
