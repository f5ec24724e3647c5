"""Overleg: what the next weekly meeting must discuss, and what it concluded."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.forms import Problems, posted, problems_of
from web.services import reading
from workflows.agenda import repository, service
from workflows.people.rights import Action

blueprint = Blueprint("agenda", __name__, url_prefix="/overleg/agendapunten")


@blueprint.get("")
def show() -> str:
    """List the cases that wait for the meeting."""
    return _page({}, None)


@blueprint.post("/<uuid:item_id>/besluit")
def conclude(item_id: UUID) -> ResponseReturnValue:
    """Take a case off the list with the conclusion of the meeting."""
    who = allow(Action.CONCLUDE_AGENDA)
    conclusion = posted("conclusion")

    def use_case(work: UnitOfWork) -> None:
        service.conclude(work, item_id, conclusion=conclusion, by=who)

    problems = problems_of(use_case)
    if problems:
        return _page(problems, item_id), 422
    flash("Het besluit staat bij het dossier.", "good")
    return redirect(url_for("agenda.show"))


def _page(problems: Problems, item_id: UUID | None) -> str:
    """Show the list; *problems* belong to the item of *item_id*."""
    allow(Action.READ_AGENDA)
    with reading() as work:
        items = repository.open_items(work.session)
    at = {f"conclusion-{item_id}": text for text in problems.values()}
    return render_template("pages/agenda.html", items=items, problems=at)
