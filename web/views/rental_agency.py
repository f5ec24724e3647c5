"""Mijn woningen: what a rental agency follows of its own dwellings."""

from flask import Blueprint, render_template, request

from web import case_filters
from web.auth import allow
from web.case_filters import CaseFilters
from web.dwelling_view import PHASE_WORDS, view_of
from web.paging import Pager, asked, asked_offset
from web.services import reading
from workflows.cases import repository
from workflows.cases.model import STATUS_NAMES
from workflows.errors import ForbiddenError
from workflows.people.rights import Action

blueprint = Blueprint("rental_agency", __name__)


@blueprint.get("/svk")
def dwellings() -> str:
    """Show the dwellings of the agency of whoever asks."""
    actor = allow(Action.READ_CASE)
    if actor.is_city:
        reason = "Deze pagina is voor een sociaal verhuurkantoor. Gebruik ‘Dossiers’."
        raise ForbiddenError(Action.READ_CASE, reason)
    filters = CaseFilters(values=asked(case_filters.NAMES))
    with reading() as work:
        query = filters.to_query(actor, now=work.now, offset=asked_offset())
        page = repository.find(work.session, query)
        views = [view_of(work, actor, case) for case in page.cases]
    pager = Pager(
        path=request.path, query=filters.values, total=page.total, offset=page.offset
    )
    statuses = [("", "Alle"), *((str(key), name) for key, name in STATUS_NAMES.items())]
    return render_template(
        "pages/dwellings.html",
        views=views,
        filters=filters,
        pager=pager,
        statuses=statuses,
        phase_words=PHASE_WORDS,
        sorts=case_filters.SORTS,
    )
