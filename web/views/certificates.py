"""Ending a valid certificate: it lapses by law, or the mayor withdraws it."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.forms import Problems, posted, problems_of
from web.services import reading, services
from workflows.cases import repository as cases
from workflows.certificates import ending, repository
from workflows.certificates.ending import GROUND_NAMES
from workflows.people.rights import Action

blueprint = Blueprint("certificates", __name__, url_prefix="/attesten/<number>")

GROUNDS = [("", "Kies een grond"), *((str(g), w) for g, w in GROUND_NAMES.items())]


@blueprint.get("/einde")
def ask(number: str) -> str:
    """Ask how and why the certificate ends."""
    return _page(number, {})


@blueprint.post("/verval")
def lapse(number: str) -> ResponseReturnValue:
    """Let the certificate lapse."""
    who = allow(Action.LAPSE_CERTIFICATE)
    ground = posted("ground")

    def use_case(work: UnitOfWork) -> None:
        ending.lapse(work, services().engine, number, by=who, ground=ground)

    problems = problems_of(use_case)
    if problems:
        return _page(number, problems), 422
    flash(f"Attest {number} is vervallen. De betrokkenen krijgen bericht.", "good")
    return _to_case(number)


@blueprint.post("/intrekking")
def withdraw(number: str) -> ResponseReturnValue:
    """Withdraw the certificate."""
    who = allow(Action.WITHDRAW_CERTIFICATE)
    motivation = posted("motivation")

    def use_case(work: UnitOfWork) -> None:
        ending.withdraw(work, services().engine, number, by=who, motivation=motivation)

    problems = problems_of(use_case)
    if problems:
        return _page(number, problems), 422
    flash(f"Attest {number} is ingetrokken. De betrokkenen krijgen bericht.", "good")
    return _to_case(number)


def _page(number: str, problems: Problems) -> str:
    who = actor()
    with reading() as work:
        certificate = ending.endable(work, number, by=who)
        case = cases.case(work.session, certificate.case_number)
    return render_template(
        "pages/certificate_end.html",
        certificate=certificate,
        case=case,
        grounds=GROUNDS,
        problems=problems,
        ground=posted("ground"),
        motivation=posted("motivation"),
    )


def _to_case(number: str) -> ResponseReturnValue:
    with reading() as work:
        row = repository.row_by_number(work.session, number)
        address = url_for("cases.show", number=row.case_number)
    return redirect(address)
