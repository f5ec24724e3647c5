"""In which order the running cases are discussed; pure.

The order is that of ``domain.md`` 8 (g): overdue, due this week, waiting for
others, new since the last meeting, the rest.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from workflows.calendar import local_day, local_moment
from workflows.weekly.model import RunningCase, Section

WEEK = timedelta(days=7)
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """From where a meeting looks at its cases.

    *at* is the moment of the meeting, not that on which the list was made: what
    is due in between is late by then. *week_ends_at* is the start of the day a
    week later, *new_since* the meeting before.
    """

    at: datetime
    week_ends_at: datetime
    new_since: datetime


def outlook(meets_at: datetime, met_before: datetime | None) -> Outlook:
    """Return the outlook of a meeting; the first one calls a week old still new."""
    next_week = local_day(meets_at) + WEEK
    return Outlook(
        at=meets_at,
        week_ends_at=local_moment(next_week, time()),
        new_since=met_before or meets_at - WEEK,
    )


def section_of(case: RunningCase, seen_from: Outlook) -> Section:
    """Return the first part of the list that a case belongs to."""
    fitting = (part for part, fits in _RULES.items() if fits(case, seen_from))
    return next(fitting, Section.REST)


def in_order(
    cases: Iterable[RunningCase], seen_from: Outlook
) -> list[tuple[Section, RunningCase]]:
    """Put cases in the order of the list, each with its part.

    Within a part: what is due first, then the oldest, then by number. The order
    doesn't depend on that of *cases*.
    """
    placed = [(section_of(case, seen_from), case) for case in cases]
    return sorted(placed, key=lambda each: _key(*each))


def _key(part: Section, case: RunningCase) -> tuple[int, datetime, datetime, str]:
    return (_RANK[part], case.due_at or _NEVER, case.opened_at, case.number)


def _is_due_before(case: RunningCase, moment: datetime) -> bool:
    return case.due_at is not None and case.due_at < moment


_RANK = {part: rank for rank, part in enumerate(Section)}
_RULES: Mapping[Section, Callable[[RunningCase, Outlook], bool]] = {
    Section.LATE: lambda case, seen: _is_due_before(case, seen.at),
    Section.THIS_WEEK: lambda case, seen: _is_due_before(case, seen.week_ends_at),
    Section.WAITING: lambda case, _: case.waits,
    Section.NEW: lambda case, seen: case.opened_at > seen.new_since,
}
