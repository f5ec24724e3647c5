"""Nieuw dossier: an offered dwelling, or a request for a certificate."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.auth import actor, allow
from web.case_opening import FORMS, Opening, blank, filled, open_new
from web.schema_forms import error_links, posted_form
from web.services import reading
from workflows.cases.model import KIND_NAMES, Case, CaseKind
from workflows.people import repository as people
from workflows.people.model import OrganisationKind
from workflows.people.rights import Action, Subject

blueprint = Blueprint("new_case", __name__, url_prefix="/dossiers/nieuw")

_AGENCIES = (OrganisationKind.RENTAL_AGENCY, OrganisationKind.HOUSING_COMPANY)


@blueprint.get("")
def choose() -> ResponseReturnValue:
    """Let the city choose a kind; an agency offers a dwelling."""
    who = allow(Action.OPEN_CASE)
    if not who.is_city:
        return redirect(url_for("new_case.fill_in", kind=CaseKind.SVK_INTAKE))
    return render_template("pages/new_case.html", kinds=KIND_NAMES)


@blueprint.get("/<kind>")
def fill_in(kind: str) -> ResponseReturnValue:
    """Show the empty form of a kind of case."""
    _allow_opening()
    with reading() as work:
        opening = blank(work, CaseKind(_known(kind)))
    return _page(opening)


@blueprint.post("/<kind>/velden")
def refresh(kind: str) -> str:
    """Return the fields again, with the questions that the answers ask for."""
    _allow_opening()
    with reading() as work:
        opening = filled(work, CaseKind(_known(kind)), posted_form())
    return render_template(
        "parts/form.html", sheet=opening, refresh=_refresh(opening.kind)
    )


@blueprint.post("/<kind>")
def open_case(kind: str) -> ResponseReturnValue:
    """Open the case, or show what doesn't fit."""
    _allow_opening()
    organisation = request.form.get("organisation_id", "")
    outcome = open_new(
        actor(), CaseKind(_known(kind)), posted_form(), _uuid(organisation)
    )
    if isinstance(outcome, Case):
        flash(f"Dossier {outcome.number} is geopend.", "good")
        return redirect(url_for("cases.show", number=outcome.number))
    return _page(outcome), 422 if outcome.errors else 200


def _page(opening: Opening) -> str:
    with reading() as work:
        agencies = people.organisations(work.session, kinds=_AGENCIES)
    asks_agency = actor().is_city and opening.kind is CaseKind.SVK_INTAKE
    return render_template(
        "pages/new_case_form.html",
        opening=opening,
        sheet=opening,
        title=KIND_NAMES[opening.kind],
        refresh=_refresh(opening.kind),
        links=error_links(opening.fields, opening.errors),
        agencies=[(each.id, each.name) for each in agencies] if asks_agency else [],
        organisation_id=request.form.get("organisation_id", ""),
    )


def _refresh(kind: CaseKind) -> str:
    return url_for("new_case.refresh", kind=kind)


def _allow_opening() -> None:
    organisation = min(actor().organisation_ids, default=None, key=str)
    allow(Action.OPEN_CASE, Subject(organisation_id=organisation))


def _known(kind: str) -> str:
    return kind if kind in FORMS else CaseKind.SVK_INTAKE


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
