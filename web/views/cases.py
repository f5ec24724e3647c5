"""Dossiers: the list of cases, and the page of one."""

from collections.abc import Iterable

from flask import (
    Blueprint,
    Response,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web import case_filters
from web.auth import actor, allow
from web.case_diagram import DRAWING_NAMES
from web.case_filters import CaseFilters
from web.case_view import drawing_of, read_case
from web.forms import Problems, posted, problems_of
from web.paging import Pager, asked, asked_offset
from web.services import reading
from workflows.cases import repository, service
from workflows.cases.model import KIND_NAMES, STATUS_NAMES, VlokReferences
from workflows.people import repository as people
from workflows.people.model import Role
from workflows.people.rights import Action

blueprint = Blueprint("cases", __name__, url_prefix="/dossiers")

Selects = list[tuple[str, str, list[tuple[str, str]]]]


@blueprint.get("")
def case_list() -> str:
    """Show the cases that the filters ask for."""
    who = allow(Action.READ_CASE)
    filters = CaseFilters(values=asked(case_filters.NAMES))
    with reading() as work:
        query = filters.to_query(who, now=work.now, offset=asked_offset())
        page = repository.find(work.session, query)
        selects = _selects(work)
    pager = Pager(
        path=request.path, query=filters.values, total=page.total, offset=page.offset
    )
    return render_template(
        "pages/cases.html", page=page, filters=filters, pager=pager, selects=selects
    )


@blueprint.get("/<number>")
def show(number: str) -> str:
    """Show one case."""
    return _page(number, {})


@blueprint.get("/<number>/tekeningen/<name>")
def drawing(number: str, name: str) -> Response:
    """Return a drawing of the version that this case runs on."""
    with reading() as work:
        content = drawing_of(work, actor(), number, name)
    return Response(content, content_type="application/xml; charset=utf-8")


@blueprint.post("/<number>/notities")
def note(number: str) -> ResponseReturnValue:
    """Add a note to a case."""
    who = allow(Action.NOTE_CASE)
    problems = problems_of(
        lambda work: service.note(work, number, by=who, text=posted("text"))
    )
    if problems:
        return _page(number, problems), 422
    flash("De notitie is toegevoegd.", "good")
    return redirect(url_for("cases.show", number=number))


@blueprint.post("/<number>/vlok")
def set_vlok(number: str) -> ResponseReturnValue:
    """Note the numbers of a case in VLOK."""
    who = allow(Action.NOTE_CASE)
    references = VlokReferences(
        case=posted("vlok_case") or None,
        inspection=posted("vlok_inspection") or None,
        entity=posted("vlok_entity") or None,
    )
    problems_of(
        lambda work: service.set_vlok_references(work, number, references, by=who)
    )
    flash("De nummers uit VLOK zijn bewaard.", "good")
    return redirect(url_for("cases.show", number=number))


def _page(number: str, problems: Problems) -> str:
    who = allow(Action.READ_CASE)
    with reading() as work:
        view = read_case(
            work,
            who,
            number,
            drawing=request.args.get("tekening", ""),
            whole="alles" in request.args,
        )
    return render_template(
        "pages/case.html",
        view=view,
        case=view.case,
        drawing_names=DRAWING_NAMES,
        problems=problems,
    )


def _selects(work: UnitOfWork) -> Selects:
    inspectors = people.holders_of(
        work.session, Role.INSPECTOR, on=work.now.date(), organisation_id=None
    )
    milestones = repository.milestones(work.session)
    return [
        ("soort", "Soort", _choices(KIND_NAMES.items())),
        ("toestand", "Toestand", _choices(STATUS_NAMES.items())),
        ("fase", "Fase", _choices((name, name) for name in milestones)),
        (
            "controleur",
            "Woningcontroleur",
            _choices((user.name, user.full_name) for user in inspectors),
        ),
        ("sorteer", "Sorteer", list(case_filters.SORTS)),
    ]


def _choices(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", "Alle"), *((str(value), words) for value, words in pairs)]
