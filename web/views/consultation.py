"""Overleg: where everybody begins, with his own bodies, meetings and calendars."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.forms import Problems, posted, problems_of
from web.services import reading, services, writing
from workflows.bodies import repository as bodies
from workflows.bodies.duty import Duty
from workflows.bodies.model import Body
from workflows.calendar import local_day
from workflows.meetings import repository as meetings
from workflows.meetings.model import OVER, Meeting
from workflows.people.model import Actor
from workflows.people.rights import Action, may
from workflows.planning import feeds, repository
from workflows.planning.facts import duties_of
from workflows.planning.model import Feed
from workflows.planning.service import default_year
from workflows.work_groups import repository as work_groups
from workflows.work_groups.model import Feedback, FeedbackState

blueprint = Blueprint("consultation", __name__, url_prefix="/overleg")

AHEAD = timedelta(days=120)
_OWED = (FeedbackState.ASKED, FeedbackState.MISSING)
_MOST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What somebody finds when he opens the consultation."""

    bodies: list[Body]
    meetings: list[Meeting]
    duties: list[Duty]
    feedback: list[Feedback]
    feeds: list[Feed]
    year: int


@blueprint.get("")
def show() -> str:
    """Show the bodies of the reader, and what waits for him."""
    return _page({}, None)


@blueprint.post("/agenda")
def make_feed() -> ResponseReturnValue:
    """Make a calendar to subscribe to; its address is shown this once."""
    who = allow(Action.READ_BODY)
    made: list[str] = []

    def use_case(work: UnitOfWork) -> None:
        made.append(feeds.make(work, posted("body_key") or None, by=who))

    problems = problems_of(use_case)
    if problems:
        return _page(problems, None), 422
    return _page({}, url_for("feeds.read", secret=made[0], _external=False))


@blueprint.post("/agenda/<uuid:feed_id>/intrekken")
def revoke_feed(feed_id: UUID) -> ResponseReturnValue:
    """End a calendar of the reader's own."""
    who = allow(Action.READ_BODY)
    with writing() as work:
        feeds.revoke(work, feed_id, by=who)
    flash("De agenda is ingetrokken: haar adres werkt niet meer.", "good")
    return redirect(url_for("consultation.show") + "#agenda")


def _page(problems: Problems, made: str | None) -> str:
    who = allow(Action.READ_BODY)
    with reading() as work:
        desk = _desk(work, who)
    site = services().settings.base_url.rstrip("/")
    return render_template(
        "pages/consultation.html",
        desk=desk,
        choices=[("", "Al mijn overleg")]
        + [(body.key, body.name) for body in desk.bodies],
        chosen=posted("body_key"),
        problems=problems,
        address=f"{site}{made}" if made else None,
    )


def _desk(work: UnitOfWork, who: Actor) -> Desk:
    mine = _my_bodies(work, who)
    year = local_day(work.now).year
    duties = duties_of(work, year) if may(who, Action.READ_AGENDA) else []
    return Desk(
        bodies=mine,
        meetings=_next_meetings(work, [body.key for body in mine]),
        duties=[duty for duty in duties if duty.is_bad][:_MOST],
        feedback=_owed(work, who),
        feeds=repository.feeds_of(work.session, who.name),
        year=default_year(work),
    )


def _my_bodies(work: UnitOfWork, who: Actor) -> list[Body]:
    keys = bodies.bodies_of(
        work.session,
        user_name=who.name,
        organisation_ids=who.organisation_ids,
        day=local_day(work.now),
    )
    known = {body.key: body for body in bodies.bodies(work.session)}
    return [known[key] for key in keys]


def _next_meetings(work: UnitOfWork, keys: list[str]) -> list[Meeting]:
    today = local_day(work.now)
    return [
        each
        for each in meetings.meetings_between(work.session, today, today + AHEAD)
        if each.body_key in keys and each.status not in OVER
    ][:_MOST]


def _owed(work: UnitOfWork, who: Actor) -> list[Feedback]:
    """The notes that somebody owes as the responsible of a work group."""
    return [
        note
        for group in work_groups.active(work.session)
        if group.responsible == who.name
        for note in work_groups.feedback_of(work.session, group.question_number)
        if note.state in _OWED
    ]
