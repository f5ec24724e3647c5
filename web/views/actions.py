"""Actiepunten en besluiten: the register over all bodies."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.forms import Problems, day_in, posted, problems_of
from web.paging import PAGE, Pager, asked, asked_offset
from web.services import reading, services
from workflows.actions import repository, service
from workflows.actions.model import (
    STATE_NAMES,
    ActionQuery,
    ActionState,
    DecisionQuery,
)
from workflows.bodies import repository as bodies
from workflows.calendar import local_day
from workflows.people.model import Actor
from workflows.people.rights import Action, reads_all_cases

blueprint = Blueprint("actions", __name__, url_prefix="/overleg")

ACTION_FILTERS = ("q", "orgaan", "toestand", "van", "laat")
DECISION_FILTERS = ("q", "orgaan", "vanaf", "tot")


@blueprint.get("/actiepunten")
def action_list() -> str:
    """List the action points that the filters ask for."""
    who = allow(Action.READ_ACTIONS)
    filters = asked(ACTION_FILTERS)
    with reading() as work:
        today = local_day(work.now)
        query = _action_query(work, filters, who)
        page = repository.find(work.session, query)
        choices = _bodies(work)
    return render_template(
        "pages/actions.html",
        page=page,
        filters=filters,
        pager=_pager(filters, page.total),
        bodies=choices,
        states=STATE_NAMES.items(),
        today=today,
    )


@blueprint.get("/besluiten")
def decision_list() -> str:
    """List the decisions that the filters ask for."""
    who = allow(Action.READ_ACTIONS)
    filters = asked(DECISION_FILTERS)
    query = DecisionQuery(
        text=filters["q"],
        body_key=filters["orgaan"] or None,
        decided_from=day_in(filters["vanaf"]),
        decided_until=day_in(filters["tot"]),
        with_cases=reads_all_cases(who),
        offset=asked_offset(),
        limit=PAGE,
    )
    with reading() as work:
        page = repository.decisions(work.session, query)
        choices = _bodies(work)
    return render_template(
        "pages/decisions.html",
        page=page,
        filters=filters,
        pager=_pager(filters, page.total),
        bodies=choices,
    )


@blueprint.get("/actiepunten/<uuid:action_id>/vervallen")
def ask_drop(action_id: UUID) -> str:
    """Ask why an action point goes."""
    return _drop_page(action_id, {})


@blueprint.post("/actiepunten/<uuid:action_id>/vervallen")
def drop(action_id: UUID) -> ResponseReturnValue:
    """Let an action point go."""
    who = allow(Action.RUN_MEETING)
    reason = posted("reason")

    def use_case(work: UnitOfWork) -> None:
        service.drop(work, services().engine, action_id, reason=reason, by=who)

    problems = problems_of(use_case)
    if problems:
        return _drop_page(action_id, problems), 422
    flash("Het actiepunt is vervallen.", "good")
    return redirect(url_for("actions.action_list"))


def _drop_page(action_id: UUID, problems: Problems) -> str:
    allow(Action.RUN_MEETING)
    with reading() as work:
        row = repository.action_row(work.session, action_id)
        service.require_open(row)
        action = repository.to_action(row)
    return render_template(
        "pages/action_drop.html",
        action=action,
        problems=problems,
        reason=posted("reason"),
    )


def _action_query(work: UnitOfWork, filters: dict[str, str], who: Actor) -> ActionQuery:
    state = filters["toestand"]
    return ActionQuery(
        text=filters["q"],
        body_key=filters["orgaan"] or None,
        state=ActionState(state) if state in set(ActionState) else None,
        owner=who.name if filters["van"] == "mij" else None,
        overdue_on=local_day(work.now) if filters["laat"] else None,
        with_cases=reads_all_cases(who),
        also_of=who.name,
        offset=asked_offset(),
        limit=PAGE,
    )


def _bodies(work: UnitOfWork) -> list[tuple[str, str]]:
    return [(each.key, each.name) for each in bodies.bodies(work.session)]


def _pager(filters: dict[str, str], total: int) -> Pager:
    return Pager(path=request.path, query=filters, total=total, offset=asked_offset())
