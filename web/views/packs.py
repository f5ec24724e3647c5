"""De agendabundel of a meeting as a page, and the choice of its cases."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.auth import actor, allow
from web.forms import Problems, problems_of
from web.services import reading, writing
from workflows.meetings import points
from workflows.packs import selection, service
from workflows.papers import service as papers
from workflows.papers.model import CITY, PaperKind
from workflows.people.rights import Action, reads_all_cases

blueprint = Blueprint("packs", __name__, url_prefix="/overleg/vergaderingen")


@blueprint.get("/<meeting>/bundel")
def show(meeting: str) -> str:
    """Show the pack as it stands now; the city may look as one of the partners."""
    who = actor()
    asked = _asked_partner()
    with reading() as work:
        pack = service.read_pack(work, meeting, by=who, organisation_id=asked)
        sent = [
            paper
            for paper in papers.readable(work, meeting, by=who)
            if paper.kind is PaperKind.AGENDA_PACK
        ]
        others = [
            each
            for each in (
                service.onlookers(work, meeting) if reads_all_cases(who) else []
            )
            if each.key != CITY
        ]
    return render_template(
        "pages/pack.html", pack=pack, meeting=meeting, sent=sent, others=others
    )


@blueprint.get("/<meeting>/dossiers")
def choose(meeting: str) -> str:
    """Show which cases the meeting talks about, and running ones to add."""
    return _choice(meeting, {})


@blueprint.post("/<meeting>/dossiers")
def add(meeting: str) -> ResponseReturnValue:
    """Put the chosen cases on the agenda."""
    who = allow(Action.RUN_MEETING)
    chosen = request.form.getlist("cases")
    problems = problems_of(lambda work: selection.choose(work, meeting, chosen, by=who))
    if problems:
        return _choice(meeting, problems), 422
    flash("De dossiers staan op de agenda.", "good")
    return redirect(url_for("packs.choose", meeting=meeting, q=_asked_text() or None))


@blueprint.post("/<meeting>/dossiers/<uuid:point_id>/schrappen")
def drop(meeting: str, point_id: UUID) -> ResponseReturnValue:
    """Take a case off the agenda again."""
    who = allow(Action.RUN_MEETING)
    with writing() as work:
        points.drop(work, point_id, by=who)
    flash("Het dossier is van de agenda gehaald.", "good")
    return redirect(url_for("packs.choose", meeting=meeting))


def _choice(meeting: str, problems: Problems) -> str:
    who = allow(Action.RUN_MEETING)
    text = _asked_text()
    with reading() as work:
        found = selection.selection(work, meeting, text=text, by=who)
    return render_template(
        "pages/pack_cases.html",
        found=found,
        meeting=found.meeting,
        text=text,
        problems=problems,
    )


def _asked_text() -> str:
    return request.values.get("q", "").strip()


def _asked_partner() -> UUID | None:
    """Return the partner through whose eyes is asked to look, if any."""
    try:
        return UUID(request.args.get("publiek", ""))
    except ValueError:
        return None
