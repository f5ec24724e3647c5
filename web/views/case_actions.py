"""Small forms on a case: works done, withdrawal, the facts of its dwelling."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.forms import Problems, posted, problems_of
from web.services import reading, services
from workflows.cases import dwelling as facts
from workflows.cases import repository, service
from workflows.dwellings import repository as dwellings
from workflows.dwellings.model import EPC_LABELS
from workflows.errors import InvalidDataError
from workflows.people.rights import Action, require
from workflows.works import proofs
from workflows.works import repository as works

blueprint = Blueprint("case_actions", __name__, url_prefix="/dossiers/<number>")


@blueprint.get("/werken-klaar")
def works_done(number: str) -> str:
    """Ask when the works were finished."""
    return _works_page(number, {})


@blueprint.post("/werken-klaar")
def report_works_done(number: str) -> ResponseReturnValue:
    """Tell the city that the works are finished, and show it with files."""
    with reading() as work:
        case = repository.case(work.session, number)
        allow(Action.REPORT_WORKS_DONE, case.subject)
    try:
        done = _works_done()
    except InvalidDataError as error:
        return _works_page(number, error.problems), 422

    def use_case(work: UnitOfWork) -> None:
        service.report_works_done(
            work, services().engine, number, by=actor(), done=done
        )

    problems = problems_of(use_case)
    if problems:
        return _works_page(number, problems), 422
    flash("Gemeld. De stad plant nu een hercontrole.", "good")
    return _back(number)


@blueprint.get("/intrekken")
def withdrawal(number: str) -> str:
    """Ask why the case stops."""
    return _withdrawal_page(number, {})


@blueprint.post("/intrekken")
def withdraw(number: str) -> ResponseReturnValue:
    """Withdraw an offered dwelling."""
    reason = posted("reason")

    def use_case(work: UnitOfWork) -> None:
        service.withdraw(work, services().engine, number, by=actor(), reason=reason)

    problems = problems_of(use_case)
    if problems:
        return _withdrawal_page(number, problems), 422
    flash("Het dossier is ingetrokken.", "good")
    return _back(number)


@blueprint.get("/woning")
def dwelling(number: str) -> str:
    """Ask what the registers say of the dwelling."""
    return _dwelling_page(number, {})


@blueprint.post("/woning")
def describe_dwelling(number: str) -> ResponseReturnValue:
    """Note what the registers say of the dwelling."""
    given = {name: posted(name) for name in facts.FIELDS}

    def use_case(work: UnitOfWork) -> None:
        facts.describe(work, number, given, by=actor())

    problems = problems_of(use_case)
    if problems:
        return _dwelling_page(number, problems, given), 422
    flash("De woninggegevens zijn bewaard.", "good")
    return _back(number)


def _works_done() -> service.WorksDone:
    """Read the form; photos take long to clean, so this is no transaction."""
    given = [each for each in request.files.getlist("proofs") if each.filename]
    try:
        on = date.fromisoformat(posted("works_done_on"))
    except ValueError as error:
        problem = "Vul de dag in waarop de werken klaar waren."
        raise InvalidDataError({"works_done_on": problem}) from error
    return service.WorksDone(
        on=on,
        remarks=posted("remarks"),
        proofs=proofs.all_taken_in((each.filename or "", each.read) for each in given),
    )


def _works_page(number: str, problems: Problems) -> str:
    who = allow(Action.REPORT_WORKS_DONE)
    with reading() as work:
        case = repository.case(work.session, number)
        require(who, Action.REPORT_WORKS_DONE, case.subject)
        lists = works.works_of(work.session, number)
    return render_template(
        "pages/works_done.html",
        case=case,
        works=next(iter(lists), None),
        problems=problems,
        day=posted("works_done_on"),
        remarks=posted("remarks"),
        most_files=proofs.MOST_FILES,
    )


def _dwelling_page(
    number: str, problems: Problems, given: Mapping[str, str] | None = None
) -> str:
    with reading() as work:
        case = repository.case(work.session, number)
        allow(Action.EDIT_DWELLING, case.subject)
        unit = dwellings.unit(work.session, case.unit_id)
    return render_template(
        "pages/dwelling.html",
        case=case,
        values=given or facts.facts_of(unit),
        labels=[(label, label) for label in EPC_LABELS],
        problems=problems,
    )


def _withdrawal_page(number: str, problems: Problems) -> str:
    who = allow(Action.WITHDRAW_CASE)
    with reading() as work:
        case = repository.case(work.session, number)
        require(who, Action.WITHDRAW_CASE, case.subject)
    return render_template("pages/withdrawal.html", case=case, problems=problems)


def _back(number: str) -> ResponseReturnValue:
    if actor().is_city:
        return redirect(url_for("cases.show", number=number))
    return redirect(url_for("rental_agency.dwellings"))
