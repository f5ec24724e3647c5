"""Wekelijks overleg: which one is on, its whole list, and its closing."""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from engine.errors import AnswersRefusedError, LostRaceError
from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.authorship import as_known
from web.dutch import count, long_day
from web.forms import Problems, key_in, posted, problems_of
from web.services import reading, services, writing
from web.weekly_view import read_list
from workflows.errors import InvalidDataError, OvertakenError, UnknownError
from workflows.meetings import service as meeting_service
from workflows.meetings.model import PRESENCE_NAMES, Presence
from workflows.papers import service as papers
from workflows.people.rights import Action
from workflows.weekly import closing, repository, service
from workflows.weekly.model import ENTRY_NAMES

blueprint = Blueprint("weekly", __name__, url_prefix="/overleg/wekelijks")


@blueprint.get("")
def now() -> ResponseReturnValue:
    """Lead to the meeting that is on, or that comes next."""
    allow(Action.READ_AGENDA)
    with reading() as work:
        meeting = service.current(work)
        next_one = service.next_in_series(work) if meeting is None else None
    if meeting is None:
        return render_template("pages/weekly_none.html", next_one=next_one)
    return redirect(url_for("weekly.show", number=meeting.number))


@blueprint.post("/plannen")
def plan() -> ResponseReturnValue:
    """Plan the next meeting of the series."""
    who = allow(Action.RUN_MEETING)
    with writing() as work:
        meeting = service.plan_next(work, services().engine, by=who)
    flash(f"Het overleg staat gepland op {long_day(meeting.starts_at)}.", "good")
    return redirect(url_for("weekly.show", number=meeting.number))


@blueprint.get("/<number>")
def show(number: str) -> str:
    """Show the list of a meeting."""
    return _page(number, {})


@blueprint.post("/<number>/ordenen")
def order(number: str) -> ResponseReturnValue:
    """Put the cases in their order of now."""
    who = allow(Action.RUN_MEETING)
    with writing() as work:
        found = service.rebuild_list(work, number, by=who)
    flash(f"De lijst telt {count(found, 'dossier', 'dossiers')}.", "good")
    return _back(number)


@blueprint.post("/<number>/doorschuiven")
def pass_over(number: str) -> ResponseReturnValue:
    """Record for several cases at once that nothing changes."""
    who = allow(Action.RUN_MEETING)
    reason, chosen = posted("reason"), request.form.getlist("case")
    passed = []

    def use_case(work: UnitOfWork) -> None:
        wanted = chosen
        if posted("which") == "rest":
            places = repository.places(work.session, number)
            wanted = [each.number for each in places if not each.is_discussed]
        passed.append(
            service.no_change_for(work, number, wanted, reason=reason, by=who)
        )

    problems = problems_of(use_case)
    if problems:
        return _page(number, problems), 422
    flash(f"Geen wijziging in {count(passed[0], 'dossier', 'dossiers')}.", "good")
    return _back(number)


@blueprint.post("/<number>/aanwezig")
def attend(number: str) -> ResponseReturnValue:
    """Write down who is there."""
    who = allow(Action.RUN_MEETING)
    presences = {}
    for name, value in request.form.items():
        member = key_in(name.removeprefix("presence-"))
        if member is not None and value in set(Presence):
            presences[member] = (Presence(value), posted(f"replaced-{member}"))
    with writing() as work:
        meeting_service.record_attendance(work, number, presences, by=who.name)
    flash("De aanwezigheid is genoteerd.", "good")
    return _back(number)


@blueprint.post("/<number>/sluiten")
def close(number: str) -> ResponseReturnValue:
    """Close the meeting: all that was decided is carried out."""
    who = allow(Action.RUN_MEETING)
    remarks = posted("remarks")
    try:
        with writing() as work:
            closing.finish(work, services().engine, number, by=who, remarks=remarks)
    except InvalidDataError as error:
        return _page(number, error.problems), 422
    except AnswersRefusedError as error:
        return _page(number, {"remarks": str(error)}), 422
    except (LostRaceError, OvertakenError) as error:
        return _page(number, {"remarks": _who_was_first(error)}), HTTPStatus.CONFLICT
    flash("Het overleg is afgesloten. De besluiten zijn uitgevoerd.", "good")
    return _back(number)


@blueprint.get("/<number>/besluitenlijst")
def decision_list(number: str) -> Response:
    """Return the decision list as a PDF."""
    who = allow(Action.READ_AGENDA)
    with reading() as work:
        view = read_list(work, number)
        if view.decision_list is None:
            raise UnknownError(number, "De besluitenlijst van")
        paper, content = papers.read(work, view.decision_list.id, by=who)
    response = Response(content, content_type=paper.media_type)
    response.headers.set("Content-Disposition", "inline", filename=paper.file_name)
    return response


def _who_was_first(error: Exception) -> str:
    with reading() as work:
        return str(as_known(work, actor(), error))


def _back(number: str) -> Response:
    return redirect(url_for("weekly.show", number=number))


def _page(number: str, problems: Problems) -> str:
    allow(Action.READ_AGENDA)
    with reading() as work:
        view = read_list(work, number)
    return render_template(
        "pages/weekly.html",
        view=view,
        meeting=view.meeting,
        today=view.today,
        problems=problems,
        presences=PRESENCE_NAMES,
        entry_names=ENTRY_NAMES,
    )
