"""Suspending, resuming and stopping a case, each on a page that asks why."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.forms import Problems, posted, problems_of
from web.services import reading, services
from workflows.cases import steering
from workflows.cases.steering import Step
from workflows.people.rights import Action

blueprint = Blueprint("steering", __name__, url_prefix="/dossiers/<number>/verloop")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """What the page of a step says."""

    step: Step
    title: str
    consequences: str
    question: str
    back: str
    done: str
    danger: bool = False


WORDINGS: Mapping[str, Wording] = {
    "opschorten": Wording(
        step=Step.SUSPEND,
        title="Dossier opschorten",
        consequences="Zolang een dossier is opgeschort, kan niemand er een taak in"
        " afwerken en vertrekken er geen herinneringen. De termijnen van de wet en"
        " de waarborg lopen gewoon door.",
        question="Waarom wordt het dossier opgeschort?",
        back="Niet opschorten",
        done="Het dossier is opgeschort.",
    ),
    "hervatten": Wording(
        step=Step.RESUME,
        title="Dossier hervatten",
        consequences="De open taken kunnen weer worden afgewerkt. Herinneringen die"
        " intussen moesten vertrekken, vertrekken nu.",
        question="Waarom kan het dossier verder?",
        back="Nog niet hervatten",
        done="Het dossier loopt weer.",
    ),
    "stopzetten": Wording(
        step=Step.CANCEL,
        title="Dossier stopzetten",
        consequences="Stopzetten sluit het dossier: open taken, herinneringen en"
        " geplande bezoeken vervallen. Dat kan niet ongedaan gemaakt worden. Trekt"
        " de aanvrager zich terug, kies dan ‘Dossier intrekken’.",
        question="Waarom wordt het dossier stopgezet?",
        back="Niet stopzetten",
        done="Het dossier is stopgezet.",
        danger=True,
    ),
}


@blueprint.get("/<step>")
def ask(number: str, step: str) -> str:
    """Ask why the course of the case changes."""
    return _page(number, _wording(step), {})


@blueprint.post("/<step>")
def steer(number: str, step: str) -> ResponseReturnValue:
    """Change the course of the case."""
    wording = _wording(step)
    who = allow(Action.MANAGE_CASE)
    reason = posted("reason")

    def use_case(work: UnitOfWork) -> None:
        steering.steer(
            work, services().engine, number, wording.step, by=who, reason=reason
        )

    problems = problems_of(use_case)
    if problems:
        return _page(number, wording, problems), 422
    flash(wording.done, "good")
    return redirect(url_for("cases.show", number=number))


def _wording(step: str) -> Wording:
    if step not in WORDINGS:
        abort(404)
    return WORDINGS[step]


def _page(number: str, wording: Wording, problems: Problems) -> str:
    who = allow(Action.MANAGE_CASE)
    with reading() as work:
        case = steering.steerable(work, number, wording.step, by=who)
    return render_template(
        "pages/steering.html",
        case=case,
        wording=wording,
        problems=problems,
        reason=posted("reason"),
    )
