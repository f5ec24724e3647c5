"""Reeksen: meetings of a year planned in one go, and moved in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.dutch import count, local
from web.forms import Problems, day_in, moment_in, number_in, posted, problems_of
from web.services import reading, services
from web.year_view import days_off, movable, plannable
from workflows.bodies import repository as bodies
from workflows.bodies.model import Body
from workflows.calendar import local_day
from workflows.city.model import WEEKDAYS
from workflows.errors import InvalidDataError, OvertakenError
from workflows.meetings.model import Meeting
from workflows.meetings.service import NewMeeting
from workflows.people.rights import Action
from workflows.planning import repository, service
from workflows.planning.series import DaysOff, Series, first_day, propose, rhythm_of
from workflows.planning.service import Move, checked_year

blueprint = Blueprint("series", __name__, url_prefix="/overleg/jaar/<int:year>")

_SPARE = 2
_MOST_ROWS = 80
_HOUR, _MINUTES = "14:00", "90"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A day of a series on the form; *note* tells why it was moved."""

    day: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveRow:
    """A meeting on the form to move, with the version that was seen."""

    meeting: Meeting
    day: str
    hour: str
    version: int


@blueprint.get("/reeks")
def ask(year: int) -> str:
    """Propose the days of a series."""
    with reading() as work:
        body = _body(work, year)
        rows = _proposals(work, year, body)
    return _plan_page(year, body, rows, {})


@blueprint.post("/reeks")
def plan(year: int) -> ResponseReturnValue:
    """Plan the series: all of it, or nothing."""
    who = allow(Action.RUN_MEETING)
    with reading() as work:
        body = _body(work, year)
    rows = _posted_rows()
    try:
        series = _series(year, body, rows)
    except InvalidDataError as error:
        return _plan_page(year, body, rows, error.problems), 422

    def use_case(work: UnitOfWork) -> None:
        engine = services().engine
        service.plan_series(work, engine, list(series.values()), by=who)

    problems = problems_of(use_case)
    if problems:
        return _plan_page(year, body, rows, _at_rows(problems, list(series))), 422
    planned = count(len(series), "vergadering", "vergaderingen")
    flash(f"{planned} van {body.name} gepland.", "good")
    return redirect(url_for("year.show", year=year))


@blueprint.get("/verplaatsen")
def ask_move(year: int) -> str:
    """Show the meetings of a body that can be moved, shifted by some days."""
    shift = _shift(request.args.get("dagen", ""))
    with reading() as work:
        body = _body(work, year)
        found = movable(work, year, body.key)
    rows = [_move_row(each, shift) for each in found]
    return _move_page(year, body, rows, {})


@blueprint.post("/verplaatsen")
def move(year: int) -> ResponseReturnValue:
    """Move the series: all of it, or nothing."""
    who = allow(Action.RUN_MEETING)
    with reading() as work:
        body = _body(work, year)
        found = movable(work, year, body.key)
    rows = [_posted_move(each) for each in found]
    try:
        moves = _moves(rows)
    except InvalidDataError as error:
        return _move_page(year, body, rows, error.problems), 422
    moved: list[Meeting] = []

    def use_case(work: UnitOfWork) -> None:
        moved.extend(service.move_series(work, services().engine, moves, by=who))

    try:
        problems = problems_of(use_case)
    except OvertakenError as error:
        rows = _seen_anew(year, body, rows)
        return _move_page(year, body, rows, {"starts_at-0": str(error)}), 409
    if problems:
        return _move_page(year, body, rows, problems), 422
    flash(f"{count(len(moved), 'vergadering', 'vergaderingen')} verplaatst.", "good")
    return redirect(url_for("year.show", year=year))


def _body(work: UnitOfWork, year: int) -> Body:
    """Return the body that the address names; the first one without."""
    allow(Action.RUN_MEETING)
    try:
        checked_year(year)
    except InvalidDataError:
        abort(404)
    key = request.values.get("orgaan", "")
    known = plannable(work)
    if not key and known:
        return known[0]
    found = bodies.body(work.session, key)
    if found.key not in {each.key for each in known}:
        abort(404)
    return found


def _proposals(work: UnitOfWork, year: int, body: Body) -> list[Row]:
    """Propose days; without a chosen weekday that of the last meeting."""
    rhythm = rhythm_of(body.rhythm, body.wanted_per_year)
    last_met = _last_met(work, year, body)
    chosen = _weekday(_chosen_weekday())
    first = day_in(request.args.get("vanaf", "")) or first_day(
        rhythm, year=year, last_met=last_met
    )
    series = Series(
        first=max(first, local_day(work.now) + timedelta(days=1)),
        last=date(year, 12, 31),
        rhythm=rhythm,
        weekday=last_met.weekday() if chosen is None and last_met else chosen,
    )
    taken = {local_day(each.starts_at) for each in movable(work, year, body.key)}
    return [
        Row(day=each.day.isoformat(), note=each.moved)
        for each in propose(series, days_off(work, year))
        if each.day not in taken
    ]


def _last_met(work: UnitOfWork, year: int, body: Body) -> date | None:
    """Return the day of the last meeting before the year."""
    found = repository.last_day_met(work.session, body.key, date(year, 1, 1))
    return None if found is None else local_day(found)


def _posted_rows() -> list[Row]:
    days = [
        posted(f"starts_at-{turn}")
        for turn in range(_MOST_ROWS)
        if f"starts_at-{turn}" in request.form
    ]
    return [Row(day=day) for day in days]


def _series(year: int, body: Body, rows: Sequence[Row]) -> dict[int, NewMeeting]:
    """Read the series by the number of its row; a row without a day is left out."""
    minutes = number_in(posted("minutes_long"))
    problems: dict[str, str] = {}
    if minutes is None:
        problems["minutes_long"] = "Vul een duur in minuten in."
    moments = {}
    for turn, row in enumerate(rows):
        starts_at = moment_in(row.day, posted("hour"))
        if not row.day:
            continue
        if starts_at is None:
            problems[f"starts_at-{turn}"] = "Kies een dag en een uur."
        elif starts_at.year != year:
            problems[f"starts_at-{turn}"] = f"Kies een dag in {year}."
        else:
            moments[turn] = starts_at
    if not moments and not problems:
        problems["starts_at-0"] = "Kies minstens één dag."
    if problems:
        raise InvalidDataError(problems)
    return {
        turn: NewMeeting(
            body_key=body.key,
            starts_at=starts_at,
            minutes_long=minutes or 0,
            place=posted("place"),
        )
        for turn, starts_at in moments.items()
    }


def _at_rows(problems: Problems, turns: Sequence[int]) -> Problems:
    """Say what is wrong with the n-th meeting at the row that it stood on."""
    found = {}
    for name, sentence in problems.items():
        field_name, _, turn = name.rpartition("-")
        at_row = field_name == "starts_at"
        found[f"starts_at-{turns[int(turn)]}" if at_row else field_name] = sentence
    return found


def _move_row(meeting: Meeting, shift: int) -> MoveRow:
    there = local(meeting.starts_at)
    day = there.date() + timedelta(days=shift)
    return MoveRow(
        meeting=meeting,
        day=day.isoformat(),
        hour=f"{there:%H:%M}",
        version=meeting.version,
    )


def _posted_move(meeting: Meeting) -> MoveRow:
    """Read the row of a meeting; what was not posted stays as it is."""
    now = _move_row(meeting, 0)
    version = number_in(posted(f"version-{meeting.number}"))
    return MoveRow(
        meeting=meeting,
        day=posted(f"day-{meeting.number}") or now.day,
        hour=posted(f"hour-{meeting.number}") or now.hour,
        version=now.version if version is None else version,
    )


def _seen_anew(year: int, body: Body, rows: Sequence[MoveRow]) -> list[MoveRow]:
    """Keep what was typed, beside the meetings as somebody else left them."""
    typed = {row.meeting.number: row for row in rows}
    with reading() as work:
        found = movable(work, year, body.key)
    return [
        replace(typed[each.number], meeting=each, version=each.version)
        for each in found
        if each.number in typed
    ]


def _moves(rows: Sequence[MoveRow]) -> list[Move]:
    problems = {}
    moves = []
    for turn, row in enumerate(rows):
        starts_at = moment_in(row.day, row.hour)
        if starts_at is None:
            problems[f"starts_at-{turn}"] = "Kies een dag en een uur."
            continue
        moves.append(
            Move(number=row.meeting.number, starts_at=starts_at, version=row.version)
        )
    if problems:
        raise InvalidDataError(problems)
    return moves


def _shift(text: str) -> int:
    """Read by how many days all is moved; at most a year either way."""
    try:
        return max(-366, min(366, int(text)))
    except ValueError:
        return 0


def _chosen_weekday() -> str:
    return request.args.get("weekdag", "")


def _weekday(text: str) -> int | None:
    return WEEKDAYS.index(text) if text in WEEKDAYS else None


def _reason(row: MoveRow, off: DaysOff) -> str | None:
    """Return why nobody would meet on the day of a row."""
    day = day_in(row.day)
    return None if day is None else off.reason(day)


def _plan_page(year: int, body: Body, rows: Sequence[Row], problems: Problems) -> str:
    allow(Action.RUN_MEETING)
    with reading() as work:
        choices = [(each.key, each.name) for each in plannable(work)]
        off = days_off(work, year)
    spare = [Row(day="") for _ in range(_SPARE)]
    return render_template(
        "pages/series.html",
        year=year,
        body=body,
        rows=[*rows, *spare] if request.method == "GET" else rows,
        bodies=choices,
        weekdays=[("", "Zoals de vorige keer"), *((day, day) for day in WEEKDAYS)],
        chosen_weekday=_chosen_weekday(),
        hour=posted("hour") or _HOUR,
        minutes=posted("minutes_long") or _MINUTES,
        place=posted("place"),
        has_holidays=any(each.starts_on.year == year for each in off.school_holidays),
        problems=problems,
    )


def _move_page(
    year: int, body: Body, rows: Sequence[MoveRow], problems: Problems
) -> str:
    allow(Action.RUN_MEETING)
    with reading() as work:
        choices = [(each.key, each.name) for each in plannable(work)]
        off = days_off(work, year)
    weighed = [(row, _reason(row, off)) for row in rows]
    return render_template(
        "pages/series_move.html",
        year=year,
        body=body,
        rows=weighed,
        bodies=choices,
        days=request.args.get("dagen", ""),
        problems=problems,
    )
