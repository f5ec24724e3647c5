"""How urgent something is, told by icon, text and colour together."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from web.dutch import count, day_of, short_day

SOON_DAYS = 3


class Urgency(StrEnum):
    """The four states of a due date, and none; values are CSS classes."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Badge:
    """A badge; *urgency* chooses its icon and colour."""

    urgency: Urgency
    text: str


def due_badge(due_at: datetime | None, *, now: datetime) -> Badge:
    """Weigh *due_at* against *now*, in local days.

    Late on the same day counts as late at once; up to three days ahead is soon.
    """
    if due_at is None:
        return Badge(urgency=Urgency.NONE, text="geen termijn")
    today = day_of(now)
    days = (day_of(due_at) - today).days
    if due_at <= now:
        return Badge(urgency=Urgency.LATE, text=_late(-days))
    if days == 0:
        return Badge(urgency=Urgency.TODAY, text="vandaag")
    if days == 1:
        return Badge(urgency=Urgency.SOON, text="morgen")
    urgency = Urgency.SOON if days <= SOON_DAYS else Urgency.LATER
    return Badge(urgency=urgency, text=short_day(due_at, today=today))


def _late(days: int) -> str:
    return f"{count(days, 'dag', 'dagen')} te laat" if days else "sinds vandaag te laat"
