"""Jaar: what the bodies owe, when they meet, and on which days they don't."""

from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.forms import Problems, outcome_of, posted, posted_day, problems_of
from web.services import reading, services, writing
from web.year_view import year_page
from workflows.bodies.duty import DutyState
from workflows.people.rights import Action
from workflows.planning import school_holidays, service
from workflows.planning.school_holidays import NewHoliday
from workflows.planning.service import FIRST_YEAR, LAST_YEAR

blueprint = Blueprint("year", __name__, url_prefix="/overleg/jaar")

BADGES = {
    DutyState.MET: "good",
    DutyState.PLANNED: "info",
    DutyState.OPEN: "none",
    DutyState.LATE: "late",
    DutyState.MISSED: "error",
}
"""The look of each state; the words stand beside it."""
_FIELDS = ("name", "starts_on", "ends_on")


@blueprint.app_context_processor
def _badges() -> dict[str, object]:
    """Let pages show how far a duty is."""
    return {"duty_badges": BADGES}


@blueprint.get("")
def present() -> ResponseReturnValue:
    """Go to the year that a secretary looks at now."""
    allow(Action.READ_AGENDA)
    with reading() as work:
        year = service.default_year(work)
    return redirect(url_for("year.show", year=year))


@blueprint.get("/<int:year>")
def show(year: int) -> str:
    """Show a year: duties, months, series and school holidays."""
    return _page(year, {}, {})


@blueprint.post("/<int:year>/openen")
def start(year: int) -> ResponseReturnValue:
    """Start the process that follows the duties of a year."""
    who = allow(Action.RUN_MEETING)

    def use_case(work: UnitOfWork) -> None:
        service.start_year(work, services().engine, year, by=who)

    problems, status = outcome_of(use_case, late_field="open")
    if problems:
        return _page(year, problems, {}), status
    flash(f"Het overlegjaar {year} is geopend.", "good")
    return redirect(url_for("year.show", year=year))


@blueprint.post("/<int:year>/vakanties")
def add_holiday(year: int) -> ResponseReturnValue:
    """Enter a school holiday."""
    who = allow(Action.RUN_MEETING)
    given = {name: posted(name) for name in _FIELDS}
    starts_on, ends_on = posted_day("starts_on"), posted_day("ends_on")
    if starts_on is None or ends_on is None:
        name = "starts_on" if starts_on is None else "ends_on"
        return _page(year, {name: "Kies een dag."}, given), 422
    new = NewHoliday(name=given["name"], starts_on=starts_on, ends_on=ends_on)
    problems = problems_of(lambda work: school_holidays.add(work, new, by=who))
    if problems:
        return _page(year, problems, given), 422
    flash("De schoolvakantie is toegevoegd.", "good")
    return redirect(url_for("year.show", year=year) + "#vakanties")


@blueprint.post("/<int:year>/vakanties/<uuid:holiday_id>/schrappen")
def drop_holiday(year: int, holiday_id: UUID) -> ResponseReturnValue:
    """Take a school holiday out of the year."""
    who = allow(Action.RUN_MEETING)
    with writing() as work:
        school_holidays.drop(work, holiday_id, by=who)
    flash("De schoolvakantie is geschrapt.", "good")
    return redirect(url_for("year.show", year=year) + "#vakanties")


def _page(year: int, problems: Problems, given: dict[str, str]) -> str:
    allow(Action.READ_AGENDA)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    with reading() as work:
        page = year_page(work, year)
    return render_template("pages/year.html", page=page, problems=problems, given=given)
