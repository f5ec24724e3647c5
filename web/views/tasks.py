"""Mijn taken: what waits for somebody, for his group, for nobody yet."""

from uuid import UUID

from flask import Blueprint, render_template, request, url_for

from engine.persistence.unit_of_work import UnitOfWork
from web import task_filters
from web.auth import allow
from web.paging import asked
from web.services import reading, services
from web.task_view import glance, names_of
from workflows.cases import repository as cases
from workflows.people.model import Actor
from workflows.people.rights import Action

blueprint = Blueprint("tasks", __name__)


@blueprint.get("/taken")
def task_list() -> str:
    """Show the tasks that the filters ask for, and one of them beside the list."""
    actor = allow(Action.READ_TASK)
    filters = task_filters.read(
        asked(task_filters.NAMES), path=url_for("tasks.task_list")
    )
    with reading() as work:
        query = task_filters.to_query(
            filters, actor, now=work.now, own_cases=_own_cases(work, actor)
        )
        page = services().engine.tasks.find(work, query)
        total = services().engine.tasks.count(work, query)
        asked_task = _asked_task()
        shown = asked_task or next((task.id for task in page.items), None)
        chosen = glance(work, actor, shown) if shown else None
        names = names_of(work)
    return render_template(
        "pages/tasks.html",
        filters=filters,
        scopes=task_filters.scopes_of(actor),
        terms=task_filters.TERMS,
        sorts=task_filters.SORTS,
        tasks=page.items,
        total=total,
        most=query.count_cap,
        next_cursor=page.next_cursor,
        chosen=chosen,
        asked_task=asked_task,
        names=names,
    )


def _own_cases(work: UnitOfWork, actor: Actor) -> frozenset[str] | None:
    """Return the numbers that a rental agency is kept to; None for the city."""
    if actor.is_city:
        return None
    return cases.numbers_of(work.session, actor.organisation_ids)


def _asked_task() -> UUID | None:
    """Return the task that was clicked, to be shown beside the list."""
    try:
        return UUID(request.args.get("taak", ""))
    except ValueError:
        return None
