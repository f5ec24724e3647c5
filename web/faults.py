"""What broke, when nobody foresaw it: the status, and what somebody reads of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

_SQLITE_FULL = "SQLITE_FULL"
_DISK_FULL = "53100"
"""The state that PostgreSQL gives when a disk is full (its appendix A)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """How a fault is answered; *retry_after* when it may be over by then."""

    status: HTTPStatus
    detail: str
    retry_after: timedelta | None = None

    @property
    def headers(self) -> Mapping[str, str]:
        """What programs read of it."""
        if self.retry_after is None:
            return {}
        return {"Retry-After": str(int(self.retry_after.total_seconds()))}


UNKNOWN = Fault(
    status=HTTPStatus.INTERNAL_SERVER_ERROR,
    detail="De fout is genoteerd. Er is niets half bewaard: probeer het opnieuw. Blijft"
    " het misgaan, geef dan het nummer hieronder door aan uw beheerder.",
)
DATABASE_AWAY = Fault(
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    detail="De databank is even niet bereikbaar. Er is niets half bewaard: probeer het"
    " zo dadelijk opnieuw.",
    retry_after=timedelta(seconds=5),
)
# Without a moment to try again: somebody must make room first.
DISK_FULL = Fault(
    status=HTTPStatus.SERVICE_UNAVAILABLE,
    detail="De schijf van de databank is vol. Er is niets half bewaard. Verwittig uw"
    " beheerder: die maakt plaats vrij, en dan kunt u opnieuw versturen.",
)


def fault_of(error: Exception) -> Fault:
    """Tell how *error* is answered."""
    if not _is_operational(error):
        return UNKNOWN
    return DISK_FULL if _is_disk_full(error) else DATABASE_AWAY


def _is_operational(error: Exception) -> bool:
    """Tell whether the database was locked, full or away, as its driver says."""
    return type(error).__name__ in {"OperationalError", "InterfaceError"}


def _is_disk_full(error: Exception) -> bool:
    raised = getattr(error, "orig", error)
    told = {getattr(raised, name, None) for name in ("sqlite_errorname", "sqlstate")}
    return bool(told & {_SQLITE_FULL, _DISK_FULL})
