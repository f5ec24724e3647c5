"""Gedeelde dossiers: what a partner sees of the cases that the city shares."""

from flask import Blueprint, render_template

from web.auth import allow
from web.services import reading
from workflows.packs import shared
from workflows.people.rights import Action

blueprint = Blueprint("partner", __name__, url_prefix="/overleg/gedeeld")


@blueprint.get("")
def case_list() -> str:
    """List the cases that are shared with the organisation of the reader."""
    who = allow(Action.READ_SHARED_CASE)
    with reading() as work:
        found = shared.shared_cases(work, by=who)
    return render_template("pages/shared_cases.html", found=found)


@blueprint.get("/<number>")
def show(number: str) -> str:
    """Show one shared case, as much of it as the reader's right gives."""
    who = allow(Action.READ_SHARED_CASE)
    with reading() as work:
        sheet = shared.shared_case(work, number, by=who)
    return render_template("pages/shared_case.html", sheet=sheet)
