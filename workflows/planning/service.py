"""Use cases of the year: opened, planned in series, checked, closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from engine.persistence.unit_of_work import UnitOfWork
from workflows import letters
from workflows.bodies import repository as bodies
from workflows.bodies.contacts import people_of
from workflows.bodies.duty import Duty, Rule
from workflows.bodies.model import BUNDLE_KEY, BodyKind
from workflows.calendar import day_in_words, local_day, local_moment
from workflows.cases.service import CaseEngine
from workflows.deadlines.model import START_OF_WORK
from workflows.errors import InvalidDataError, NotAllowedNowError
from workflows.letters import Letter
from workflows.meetings import service as meetings
from workflows.meetings.model import Meeting
from workflows.meetings.repository import meeting
from workflows.meetings.service import NewMeeting
from workflows.people.model import Actor
from workflows.people.rights import Action, require
from workflows.planning import repository
from workflows.planning.facts import duties_of
from workflows.planning.model import PROCESS_ID, ConsultationYear
from workflows.planning.tables import (
    ConsultationYearRow,
    DutyEscalationRow,
    DutyOutcomeRow,
)

FIRST_YEAR, LAST_YEAR = 2000, 2100
_DECEMBER = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A meeting that gets another moment; *version* is the one that was seen."""

    number: str
    starts_at: datetime
    version: int


def checked_year(year: int) -> int:
    """Return *year* when a consultation can be planned in it."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        sentence = f"Kies een jaar van {FIRST_YEAR} tot {LAST_YEAR}."
        raise InvalidDataError({"year": sentence})
    return year


def default_year(work: UnitOfWork) -> int:
    """Return the year that a secretary looks at: from December on the next one."""
    today = local_day(work.now)
    return today.year + 1 if today.month == _DECEMBER else today.year


def start_year(
    work: UnitOfWork, engine: CaseEngine, year: int, *, by: Actor
) -> ConsultationYear:
    """Start the process of a year by hand.

    A year that is yet to come opens by itself on the first of December before it.
    """
    require(by, Action.RUN_MEETING)
    checked_year(year)
    _refuse_open(work, year)
    today = local_day(work.now)
    if local_moment(date(year - 1, _DECEMBER, 1), START_OF_WORK) > work.now:
        sentence = f"Het overlegjaar {year} opent vanzelf op 1 december {year - 1}."
        raise NotAllowedNowError(str(year), "too early", sentence)
    if year < today.year:
        sentence = f"Het jaar {year} is voorbij; er valt niets meer te plannen."
        raise NotAllowedNowError(str(year), "over", sentence)
    started = engine.instances.start(
        work,
        bundle_key=BUNDLE_KEY,
        process_id=PROCESS_ID,
        variables={"year": year},
        business_key=str(year),
        label=f"Overlegjaar {year}",
        by=by.name,
    )
    found = repository.year(work.session, year)
    if found is None:
        sentence = f"Het overlegjaar {year} kon niet openen. Probeer het opnieuw."
        raise NotAllowedNowError(str(year), "not opened", sentence)
    if found.instance_id != started.id:
        # Somebody else opened it in the same moment; this process must not stay.
        raise _is_open(year)
    return found


def open_year(work: UnitOfWork, year: int, *, instance_id: UUID, by: str) -> None:
    """Note that the process of a year runs; each year is opened once."""
    checked_year(year)
    _refuse_open(work, year)
    row = ConsultationYearRow(
        year=year, opened_at=work.now, opened_by=by, instance_id=instance_id
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError as error:
        raise _is_open(year) from error


def plan_series(
    work: UnitOfWork, engine: CaseEngine, series: Sequence[NewMeeting], *, by: Actor
) -> list[Meeting]:
    """Plan meetings in one go: all of them, or none.

    The problems of the n-th meeting stand under ``starts_at-n``.
    """
    require(by, Action.RUN_MEETING)
    if not series:
        raise InvalidDataError({"starts_at-0": "Kies minstens één dag."})
    _refuse_doubles([each.starts_at for each in series])
    planned = []
    for turn, new in enumerate(series):
        try:
            planned.append(meetings.plan(work, engine, new, by=by))
        except InvalidDataError as error:
            raise _at(error, turn) from error
    return planned


def move_series(
    work: UnitOfWork, engine: CaseEngine, moves: Sequence[Move], *, by: Actor
) -> list[Meeting]:
    """Move meetings in one go: all of them, or none; what stays is left alone."""
    require(by, Action.RUN_MEETING)
    _refuse_doubles([each.starts_at for each in moves])
    moved = []
    for turn, each in enumerate(moves):
        before = meeting(work.session, each.number)
        if before.starts_at == each.starts_at:
            continue
        try:
            after = meetings.move(
                work,
                engine,
                each.number,
                each.starts_at,
                by=by,
                version=each.version,
            )
        except InvalidDataError as error:
            raise _at(error, turn) from error
        moved.append(after)
    return moved


def missing_by_law(work: UnitOfWork, year: int) -> str | None:
    """Return what a plan lacks of what the law asks; None when it is enough."""
    lacking = [
        duty
        for duty in duties_of(work, year)
        if duty.rule is Rule.LEGAL_MINIMUM and _lacks(work, duty, year)
    ]
    if not lacking:
        return None
    listed = " ".join(f"{duty.title}: {duty.words}" for duty in lacking)
    return f"De wet vraagt meer vergaderingen in {year}. {listed}"


def check_plan(work: UnitOfWork, year: int) -> None:
    """Refuse a plan with fewer meetings than the law asks."""
    sentence = missing_by_law(work, year)
    if sentence is not None:
        raise InvalidDataError({"plan_remarks": sentence})


def check_duties(work: UnitOfWork, year: int, *, on: date | None = None) -> int:
    """Tell of each duty that is late on a day (today), once; return how many."""
    known = repository.escalated(work.session, year)
    told = 0
    for duty in duties_of(work, year, on=on):
        if duty.is_bad and duty.escalates_to and duty.key not in known:
            _escalate(work, year, duty)
            told += 1
    row = work.session.get(ConsultationYearRow, year)
    if row is not None:
        row.checked_at = work.now
    work.session.flush()
    return told


def close_year(work: UnitOfWork, year: int) -> None:
    """Keep how each duty stands when the year is over; a year is closed once.

    The process closes it in its last second: it is judged as on the day after.
    """
    row = work.session.get(ConsultationYearRow, year)
    if row is not None and row.closed_at is not None:
        return
    after = max(local_day(work.now), date(year + 1, 1, 1))
    check_duties(work, year, on=after)
    work.session.add_all(
        DutyOutcomeRow(
            year=year,
            duty_key=duty.key,
            title=duty.title,
            state=duty.state,
            words=duty.words,
            due_on=duty.due_on,
        )
        for duty in duties_of(work, year, on=after)
    )
    if row is not None:
        row.closed_at = work.now
    work.session.flush()


def _escalate(work: UnitOfWork, year: int, duty: Duty) -> None:
    body = bodies.body(work.session, duty.body_key)
    who = duty.escalates_to or "head_of_service"
    if duty.rule is Rule.WANTED and body.kind is BodyKind.SOUNDING_BOARD:
        who = "alderman"
    to = people_of(work, body.key, who)
    letter = Letter(
        subject="planning",
        template="duty_late",
        about=duty.meeting_number or str(year),
        facts={
            "title": duty.title,
            "words": duty.words,
            "due": day_in_words(duty.due_on, weekday=True),
            "severity": duty.severity_name.lower(),
            "source": duty.source,
            "year": str(year),
        },
    )
    letters.send(work, letter, to)
    entry = DutyEscalationRow(
        year=year,
        duty_key=duty.key,
        title=duty.title,
        words=duty.words,
        told=", ".join(each.name for each in to),
        at=work.now,
    )
    work.session.add(entry)
    work.session.flush()


def _lacks(work: UnitOfWork, duty: Duty, year: int) -> bool:
    """Tell whether fewer meetings stand in the year than the law asks."""
    wanted = bodies.body(work.session, duty.body_key).legal_minimum or 0
    keys = bodies.counted_for(work.session, duty.body_key)
    return repository.count_in(work.session, keys, year) < wanted


def _refuse_open(work: UnitOfWork, year: int) -> None:
    if repository.year(work.session, year) is not None:
        raise _is_open(year)


def _is_open(year: int) -> NotAllowedNowError:
    sentence = f"Het overlegjaar {year} is al geopend."
    return NotAllowedNowError(str(year), "open", sentence)


def _refuse_doubles(moments: Sequence[datetime]) -> None:
    for turn, moment in enumerate(moments):
        if moment in moments[:turn]:
            sentence = "Twee vergaderingen op hetzelfde moment; kies een andere dag."
            raise InvalidDataError({f"starts_at-{turn}": sentence})


def _at(error: InvalidDataError, turn: int) -> InvalidDataError:
    """Return the problems of one meeting under the field of its row."""
    return InvalidDataError(
        {f"{name}-{turn}": sentence for name, sentence in error.problems.items()}
    )
