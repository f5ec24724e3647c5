"""Het verslag van een vergadering: written while people talk, saved by itself."""

from collections.abc import Mapping
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.dutch import local
from web.forms import (
    Problems,
    posted,
    posted_day,
    posted_key,
    posted_number,
    problems_of,
)
from web.minutes_view import read_minutes
from web.problems import wants_json
from web.services import reading, services, writing
from workflows.errors import OvertakenError
from workflows.meetings import repository, service
from workflows.meetings.model import POINT_KIND_NAMES
from workflows.meetings.service import PointText
from workflows.minutes import drafting
from workflows.minutes.drafting import NewDraftAction
from workflows.people.rights import Action

blueprint = Blueprint("minutes", __name__, url_prefix="/overleg/vergaderingen")

_TEXTS = ("discussion", "conclusion", "decision")
_TYPED = ("text", "owner", "owner_name", "due_on")

Typed = Mapping[str, str]


@blueprint.get("/<meeting>/verslag")
def show(meeting: str) -> str:
    """Show the minutes: to write them, to comment on them, or to read them."""
    return _page(meeting)


@blueprint.post("/punten/<uuid:point_id>/verslag")
def write(point_id: UUID) -> ResponseReturnValue:
    """Write what the minutes say of a point; what is typed is never lost."""
    who = allow(Action.RUN_MEETING)
    text = PointText(**{name: posted(name) for name in _TEXTS})
    version = posted_number("version")
    try:
        with writing() as work:
            new = service.write_point(
                work, point_id, text, version=version, by=who.name
            )
    except OvertakenError as error:
        if wants_json():
            raise
        return _lost(point_id, str(error)), HTTPStatus.CONFLICT
    note = f"Bewaard om {local(services().clock.now()):%H:%M}."
    if wants_json():
        return jsonify(note=note, fields={"version": new})
    flash(note, "good")
    return _back_to(point_id)


@blueprint.post("/punten/<uuid:point_id>/actiepunten")
def add_action(point_id: UUID) -> ResponseReturnValue:
    """Write an action point with a point."""
    who = allow(Action.RUN_MEETING)
    new = NewDraftAction(
        text=posted("text"),
        due_on=posted_day("due_on"),
        owner=posted("owner") or None,
        owner_name=posted("owner_name"),
    )
    problems = problems_of(
        lambda work: drafting.add_action(work, point_id, new, by=who)
    )
    if problems:
        number = _meeting_of(point_id)
        at = {f"{name}-{point_id}": text for name, text in problems.items()}
        return _page(number, problems=at), 422
    flash("Het actiepunt is toegevoegd.", "good")
    return _back_to(point_id)


@blueprint.post("/<meeting>/actiepunten/<uuid:action_id>/schrappen")
def drop_action(meeting: str, action_id: UUID) -> ResponseReturnValue:
    """Take an action point out of the draft."""
    who = allow(Action.RUN_MEETING)
    with writing() as work:
        drafting.drop_action(work, action_id, by=who)
    flash("Het actiepunt is geschrapt.", "good")
    return redirect(url_for("minutes.show", meeting=meeting))


@blueprint.post("/<meeting>/opmerkingen")
def comment(meeting: str) -> ResponseReturnValue:
    """Comment on the draft."""
    who = actor()

    def use_case(work: UnitOfWork) -> None:
        point_id = posted_key("point_id")
        drafting.comment(work, meeting, posted("text"), point_id=point_id, by=who)

    problems = problems_of(use_case)
    if problems:
        return _page(meeting, problems={"comment": " ".join(problems.values())}), 422
    flash("Uw opmerking is bij de secretaris.", "good")
    return redirect(url_for("minutes.show", meeting=meeting, _anchor="opmerkingen"))


@blueprint.post("/<meeting>/opmerkingen/<uuid:comment_id>")
def handle(meeting: str, comment_id: UUID) -> ResponseReturnValue:
    """Say what was done with a comment."""
    who = allow(Action.RUN_MEETING)
    answer = posted("answer")
    problems = problems_of(
        lambda work: drafting.handle_comment(work, comment_id, answer, by=who)
    )
    if problems:
        at = {f"answer-{comment_id}": " ".join(problems.values())}
        return _page(meeting, problems=at), 422
    flash("De opmerking is verwerkt.", "good")
    return redirect(url_for("minutes.show", meeting=meeting, _anchor="opmerkingen"))


def _lost(point_id: UUID, sentence: str) -> str:
    """Show what the loser of a race typed beside what stands there now."""
    typed = {name: posted(name) for name in _TEXTS}
    return _page(
        _meeting_of(point_id), lost=(point_id, typed), problems={"lost": sentence}
    )


def _page(
    number: str,
    *,
    lost: tuple[UUID, Typed] | None = None,
    problems: Problems | None = None,
) -> str:
    who = actor()
    with reading() as work:
        view = read_minutes(work, who, number)
    return render_template(
        "pages/minutes.html",
        view=view,
        record=view.record,
        meeting=view.record.meeting,
        lost_point=lost[0] if lost else None,
        typed=lost[1] if lost else {},
        problems=problems or {},
        kind_names=POINT_KIND_NAMES,
        given={name: posted(name) for name in _TYPED},
    )


def _meeting_of(point_id: UUID) -> str:
    with reading() as work:
        return repository.point_row(work.session, point_id).meeting_number


def _back_to(point_id: UUID) -> Response:
    number = _meeting_of(point_id)
    return redirect(url_for("minutes.show", meeting=number, _anchor=f"punt-{point_id}"))
