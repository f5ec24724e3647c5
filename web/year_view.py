"""A year of the consultation as its page shows it: months, days off, meetings."""

from calendar import Calendar
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.duty import Duty
from workflows.bodies.model import PROCESSES, Body
from workflows.calendar import MONTHS, local_day
from workflows.city import service as city
from workflows.meetings import repository as meetings
from workflows.meetings.model import PREPARED, Meeting, MeetingStatus
from workflows.planning import repository
from workflows.planning.facts import duties_of
from workflows.planning.model import (
    ConsultationYear,
    Escalation,
    Outcome,
    SchoolHoliday,
)
from workflows.planning.series import DaysOff


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """A day of a month; *off* tells why nobody meets then."""

    day: date
    in_month: bool
    off: str | None
    is_today: bool
    meetings: Sequence[Meeting]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month with its weeks and its meetings."""

    name: str
    first: date
    weeks: Sequence[Sequence[Square]]
    meetings: Sequence[Meeting]


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyYear:
    """A body with its meetings in the year, for planning and moving."""

    body: Body
    planned: int
    held: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """Everything on the page of a year."""

    year: int
    opened: ConsultationYear | None
    duties: Sequence[Duty]
    outcomes: Sequence[Outcome]
    escalations: Sequence[Escalation]
    months: Sequence[Month]
    bodies: Sequence[BodyYear]
    holidays: Sequence[SchoolHoliday]
    has_closing_days: bool


def year_page(work: UnitOfWork, year: int) -> YearPage:
    """Gather the page of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found = meetings.meetings_between(work.session, first, last)
    off = days_off(work, year)
    return YearPage(
        year=year,
        opened=repository.year(work.session, year),
        duties=duties_of(work, year),
        outcomes=repository.outcomes(work.session, year),
        escalations=repository.escalations(work.session, year),
        months=list(_months(year, found, off, local_day(work.now))),
        bodies=_bodies(work, found),
        holidays=off.school_holidays,
        has_closing_days=any(day.year == year for day in off.calendar.closing_days),
    )


def days_off(work: UnitOfWork, year: int) -> DaysOff:
    """Return the days of a year on which no meeting is proposed."""
    holidays = repository.school_holidays(
        work.session, date(year, 1, 1), date(year, 12, 31)
    )
    return DaysOff(calendar=city.working_calendar(work), school_holidays=holidays)


def plannable(work: UnitOfWork) -> list[Body]:
    """Return the bodies whose meetings are planned here."""
    today = local_day(work.now)
    return [
        body for body in bodies.bodies(work.session, on=today) if body.kind in PROCESSES
    ]


def movable(work: UnitOfWork, year: int, body_key: str) -> list[Meeting]:
    """Return the meetings of a body in a year that can be moved."""
    found = meetings.meetings_between(
        work.session, date(year, 1, 1), date(year, 12, 31), body_key
    )
    return [each for each in found if each.status in PREPARED]


def _bodies(work: UnitOfWork, found: Sequence[Meeting]) -> list[BodyYear]:
    return [_body_year(body, found) for body in plannable(work)]


def _body_year(body: Body, found: Sequence[Meeting]) -> BodyYear:
    own = [each for each in found if each.body_key == body.key]
    held = [
        each
        for each in own
        if each.status in {MeetingStatus.HELD, MeetingStatus.CLOSED}
    ]
    return BodyYear(
        body=body,
        planned=sum(each.status in PREPARED for each in own),
        held=len(held),
    )


def _months(
    year: int, found: Sequence[Meeting], off: DaysOff, today: date
) -> Iterable[Month]:
    by_day: dict[date, list[Meeting]] = {}
    for each in found:
        by_day.setdefault(local_day(each.starts_at), []).append(each)
    for number in range(1, 13):
        squares = [
            [_square(day, number, off, by_day, today) for day in week]
            for week in Calendar().monthdatescalendar(year, number)
        ]
        own = [each for each in found if local_day(each.starts_at).month == number]
        yield Month(
            name=MONTHS[number - 1],
            first=date(year, number, 1),
            weeks=squares,
            meetings=own,
        )


def _square(
    day: date,
    month: int,
    off: DaysOff,
    by_day: Mapping[date, Sequence[Meeting]],
    today: date,
) -> Square:
    in_month = day.month == month
    return Square(
        day=day,
        in_month=in_month,
        off=off.reason(day) if in_month else None,
        is_today=day == today and in_month,
        meetings=by_day.get(day, ()) if in_month else (),
    )
