"""Delen: with which partners a case is shared, on which legal ground."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.forms import Problems, outcome_of, posted
from web.services import reading, writing
from web.task_view import names_of
from workflows.bodies import sharing
from workflows.bodies.model import VIEW_NAMES
from workflows.cases import repository as cases
from workflows.errors import InvalidDataError
from workflows.people.rights import Action

blueprint = Blueprint("sharing", __name__, url_prefix="/dossiers/<number>/delen")


@blueprint.get("")
def show(number: str) -> str:
    """Show with whom a case is shared, and with whom it can be."""
    return _page(number, {})


@blueprint.post("")
def share(number: str) -> ResponseReturnValue:
    """Share a case with a partner."""
    who = actor()

    def use_case(work: UnitOfWork) -> None:
        sharing.share(
            work,
            number,
            organisation_id=_partner(),
            legal_ground=posted("legal_ground"),
            by=who,
        )

    problems, status = outcome_of(use_case, late_field="organisation_id")
    if problems:
        return _page(number, problems), status
    flash("Het dossier is gedeeld; het staat bij de notities.", "good")
    return redirect(url_for("sharing.show", number=number))


@blueprint.post("/<uuid:share_id>/stoppen")
def end(number: str, share_id: UUID) -> ResponseReturnValue:
    """End the sharing of a case."""
    who = actor()
    with writing() as work:
        sharing.end(work, share_id, by=who)
    flash("Het dossier wordt niet meer gedeeld met deze partner.", "good")
    return redirect(url_for("sharing.show", number=number))


def _page(number: str, problems: Problems) -> str:
    with reading() as work:
        case = cases.case(work.session, number)
        allow(Action.SHARE_CASE, case.subject)
        return render_template(
            "pages/sharing.html",
            case=case,
            shares=sharing.shares(work, number),
            choices=sharing.choices(work, number),
            names=names_of(work),
            view_names=VIEW_NAMES,
            given={name: request.form.get(name, "") for name in _FIELDS},
            problems=problems,
        )


_FIELDS = ("organisation_id", "legal_ground")


def _partner() -> UUID:
    try:
        return UUID(posted("organisation_id"))
    except ValueError as error:
        sentence = "Kies met welke partner u het dossier deelt."
        raise InvalidDataError({"organisation_id": sentence}) from error
