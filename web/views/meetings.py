"""Vergaderingen: planned, prepared, held; the page of one and its agenda."""

from datetime import date, datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.forms import (
    Problems,
    asked_year,
    key_in,
    moment_in,
    number_in,
    posted,
    posted_number,
    problems_of,
)
from web.meeting_view import read_meeting
from web.services import reading, services, writing
from workflows.bodies import repository as bodies
from workflows.bodies.model import PROCESSES
from workflows.calendar import local_day
from workflows.errors import InvalidDataError
from workflows.meetings import points, repository, service
from workflows.meetings.model import (
    POINT_KIND_NAMES,
    PRESENCE_NAMES,
    Meeting,
    Presence,
)
from workflows.meetings.points import Handed
from workflows.meetings.service import NewMeeting
from workflows.papers import service as papers
from workflows.people.model import Actor
from workflows.people.rights import Action, may

blueprint = Blueprint("meetings", __name__, url_prefix="/overleg/vergaderingen")

_FIELDS = ("body_key", "day", "hour", "minutes_long", "place", "reason")


@blueprint.get("")
def meeting_list() -> str:
    """List the meetings of a year, of the bodies that somebody sits in."""
    who = allow(Action.READ_MEETING)
    with reading() as work:
        today = local_day(work.now)
        year = asked_year() or today.year
        found = _of_year(work, who, year)
    later = [each for each in found if local_day(each.starts_at) >= today]
    past = [each for each in reversed(found) if local_day(each.starts_at) < today]
    return render_template(
        "pages/meetings.html", year=year, later=later, past=past, today=today
    )


@blueprint.get("/nieuw")
def new() -> str:
    """Ask for a new meeting."""
    allow(Action.RUN_MEETING)
    given = {"body_key": request.args.get("orgaan", ""), "minutes_long": "90"}
    return _new_page(given, {})


@blueprint.post("/nieuw")
def plan() -> ResponseReturnValue:
    """Plan a meeting."""
    who = allow(Action.RUN_MEETING)
    given = {name: posted(name) for name in _FIELDS}
    planned: list[Meeting] = []

    def use_case(work: UnitOfWork) -> None:
        meeting = NewMeeting(
            body_key=given["body_key"],
            starts_at=_moment(given["day"], given["hour"]),
            minutes_long=number_in(given["minutes_long"]) or 0,
            place=given["place"],
            reason=given["reason"],
        )
        planned.append(service.plan(work, services().engine, meeting, by=who))

    problems = problems_of(use_case)
    if problems:
        return _new_page(given, problems), 422
    flash(f"Vergadering {planned[0].number} is gepland.", "good")
    return _back(planned[0].number)


@blueprint.get("/<meeting>")
def show(meeting: str) -> str:
    """Show one meeting."""
    return _page(meeting, {})


@blueprint.post("/<meeting>/verplaatsen")
def move(meeting: str) -> ResponseReturnValue:
    """Move a meeting to another day or hour."""
    who = allow(Action.RUN_MEETING)

    def use_case(work: UnitOfWork) -> None:
        starts_at = _moment(posted("day"), posted("hour"))
        version = posted_number("version")
        service.move(
            work, services().engine, meeting, starts_at, by=who, version=version
        )

    problems = problems_of(use_case)
    if problems:
        return _page(meeting, problems), 422
    flash("De vergadering is verplaatst; haar termijnen zijn opnieuw geteld.", "good")
    return _back(meeting)


@blueprint.post("/<meeting>/afgelasten")
def cancel(meeting: str) -> ResponseReturnValue:
    """Cancel a meeting."""
    who = allow(Action.RUN_MEETING)
    reason = posted("reason")

    def use_case(work: UnitOfWork) -> None:
        service.cancel(work, services().engine, meeting, reason=reason, by=who)

    problems = problems_of(use_case)
    if problems:
        return _page(meeting, problems), 422
    flash("De vergadering is afgelast.", "good")
    return _back(meeting)


@blueprint.post("/<meeting>/punten")
def hand_in(meeting: str) -> ResponseReturnValue:
    """Put a point on the agenda."""
    who = actor()
    handed = Handed(
        title=posted("title"), explanation=posted("explanation"), case=posted("case")
    )
    problems = problems_of(lambda work: points.hand_in(work, meeting, handed, by=who))
    if problems:
        return _page(meeting, problems), 422
    flash("Het punt staat op de agenda.", "good")
    return _back(meeting, "agenda")


@blueprint.post("/punten/<uuid:point_id>/verplaatsen")
def turn(point_id: UUID) -> ResponseReturnValue:
    """Move a point up or down."""
    who = allow(Action.RUN_MEETING)
    places = -1 if posted("to") == "up" else 1
    with writing() as work:
        number = points.turn(work, point_id, places=places, by=who)
    return _back(number, f"punt-{point_id}")


@blueprint.post("/punten/<uuid:point_id>/schrappen")
def drop(point_id: UUID) -> ResponseReturnValue:
    """Take a point off the agenda."""
    who = allow(Action.RUN_MEETING)
    with writing() as work:
        number = points.drop(work, point_id, by=who)
    flash("Het punt is van de agenda gehaald.", "good")
    return _back(number, "agenda")


@blueprint.get("/papieren/<uuid:paper_id>")
def paper(paper_id: UUID) -> Response:
    """Hand out a paper to whom it was made for."""
    who = actor()
    with reading() as work:
        found, content = papers.read(work, paper_id, by=who)
    response = Response(content, content_type=found.media_type)
    response.headers.set("Content-Disposition", "inline", filename=found.file_name)
    return response


@blueprint.post("/<meeting>/aanwezigheid")
def attend(meeting: str) -> ResponseReturnValue:
    """Write down who was there."""
    who = allow(Action.RUN_MEETING)
    entries = _entries()
    version = posted_number("version")
    with writing() as work:
        service.record_attendance(work, meeting, entries, by=who.name, version=version)
    flash("De aanwezigheid is genoteerd.", "good")
    return _back(meeting, "aanwezigheid")


def _entries() -> dict[UUID, tuple[Presence, str]]:
    """Read who was there: a field per member, only those that were filled in."""
    found = {}
    for name, value in request.form.items():
        member = name.removeprefix("presence-")
        key = key_in(member)
        if member != name and key is not None and value in set(Presence):
            found[key] = (Presence(value), posted(f"replaced-{member}"))
    return found


def _page(number: str, problems: Problems) -> str:
    with reading() as work:
        view = read_meeting(work, actor(), number)
    return render_template(
        "pages/meeting.html",
        view=view,
        meeting=view.meeting,
        problems=problems,
        given={name: posted(name) for name in ("title", "explanation", "case")},
        presence_names=PRESENCE_NAMES,
        kind_names=POINT_KIND_NAMES,
    )


def _new_page(given: dict[str, str], problems: Problems) -> str:
    with reading() as work:
        today = local_day(work.now)
        choices = [
            (each.key, each.name)
            for each in bodies.bodies(work.session, on=today)
            if each.kind in PROCESSES
        ]
    return render_template(
        "pages/new_meeting.html", given=given, problems=problems, bodies=choices
    )


def _of_year(work: UnitOfWork, who: Actor, year: int) -> list[Meeting]:
    found = repository.meetings_between(
        work.session, date(year, 1, 1), date(year, 12, 31)
    )
    if who.is_city and may(who, Action.READ_ACTIONS):
        return found
    own = bodies.bodies_of(
        work.session,
        user_name=who.name,
        organisation_ids=who.organisation_ids,
        day=local_day(work.now),
    )
    return [each for each in found if each.body_key in own]


def _moment(day: str, hour: str) -> datetime:
    found = moment_in(day, hour)
    if found is None:
        raise InvalidDataError({"day": "Vul een dag en een uur in."})
    return found


def _back(number: str, anchor: str = "") -> Response:
    return redirect(url_for("meetings.show", meeting=number, _anchor=anchor or None))
