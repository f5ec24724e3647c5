"""The page of one task: its form beside the facts of its case."""

from uuid import UUID

from flask import (
    Blueprint,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from engine.model import HumanTask, TaskState
from web import task_submission
from web.auth import actor
from web.dutch import local
from web.forms import posted
from web.problems import wants_json
from web.schema_forms import error_links, only_changes, posted_form
from web.services import reading, services, writing
from web.task_submission import Conflict, Sent, Sheet
from web.task_view import glance, names_of, reach
from workflows.people import repository as people
from workflows.people.model import Role
from workflows.people.rights import Action

blueprint = Blueprint("task_form", __name__, url_prefix="/taken/<uuid:task_id>")


@blueprint.get("")
def show(task_id: UUID) -> str:
    """Show a task with its form, or how it ended."""
    with reading() as work:
        seen = glance(work, actor(), task_id)
        if seen.task.state is not TaskState.OPEN:
            return render_template(
                "pages/task_closed.html", seen=seen, names=names_of(work)
            )
        sheet = task_submission.opened(work, actor(), task_id)
    return _page(sheet)


@blueprint.post("")
def send(task_id: UUID) -> ResponseReturnValue:
    """Complete the task, or show what doesn't fit."""
    sent = Sent(posted=posted_form(), files=request.files, key=posted("_key")[:64])
    outcome = task_submission.send(actor(), task_id, sent)
    if isinstance(outcome, HumanTask):
        flash(f"De taak ‘{outcome.name}’ is afgewerkt ({outcome.label}).", "good")
        return redirect(url_for("tasks.task_list"))
    if isinstance(outcome, Conflict):
        return _conflict_page(outcome)
    return _page(outcome), 200 if only_changes(sent.posted) else 422


@blueprint.post("/velden")
def refresh(task_id: UUID) -> str:
    """Return the fields again, with the questions that the answers ask for."""
    with reading() as work:
        sheet = task_submission.refreshed(work, actor(), task_id, posted_form())
    return render_template("parts/form.html", sheet=sheet, refresh=_refresh(task_id))


@blueprint.post("/concept")
def save_draft(task_id: UUID) -> ResponseReturnValue:
    """Keep what was typed so far."""
    with writing() as work:
        task_submission.draft(work, actor(), task_id, posted_form())
    note = f"Concept bewaard om {local(services().clock.now()):%H:%M}."
    if wants_json():
        return jsonify(note=note)
    flash(note, "good")
    return redirect(url_for("task_form.show", task_id=task_id))


@blueprint.post("/opnemen")
def claim(task_id: UUID) -> ResponseReturnValue:
    """Take the task in hand."""
    with writing() as work:
        seen = reach(work, actor(), task_id, Action.WORK_TASK)
        services().engine.tasks.claim(
            work, task_id, by=actor().name, on_behalf_of=seen.acts_for
        )
    flash("U hebt de taak opgenomen.", "good")
    return redirect(url_for("task_form.show", task_id=task_id))


@blueprint.post("/teruggeven")
def release(task_id: UUID) -> ResponseReturnValue:
    """Give the task back to its group."""
    with writing() as work:
        seen = reach(work, actor(), task_id, Action.WORK_TASK)
        services().engine.tasks.release(
            work, task_id, by=actor().name, on_behalf_of=seen.acts_for
        )
    flash("De taak is teruggegeven aan de groep.", "good")
    return redirect(url_for("task_form.show", task_id=task_id))


@blueprint.post("/toewijzen")
def assign(task_id: UUID) -> ResponseReturnValue:
    """Put the task in the hands of a colleague."""
    to = posted("to")
    with writing() as work:
        reach(work, actor(), task_id, Action.ASSIGN_TASK)
        people.user(work.session, to)
        services().engine.tasks.assign(work, task_id, to=to, by=actor().name)
    flash("De taak is toegewezen.", "good")
    return redirect(url_for("task_form.show", task_id=task_id))


def _page(sheet: Sheet) -> str:
    with reading() as work:
        names = names_of(work)
        colleagues = [
            (user.name, user.full_name)
            for group in sheet.glance.task.candidate_groups
            if group in list(Role)
            for user in people.holders_of(
                work.session, Role(group), on=local(work.now).date()
            )
        ]
    return render_template(
        "pages/task.html",
        sheet=sheet,
        seen=sheet.glance,
        names=names,
        colleagues=colleagues,
        links=error_links(sheet.fields, sheet.errors),
        refresh=_refresh(sheet.glance.task.id),
    )


def _conflict_page(conflict: Conflict) -> ResponseReturnValue:
    return render_template("pages/conflict.html", conflict=conflict), 409


def _refresh(task_id: UUID) -> str:
    return url_for("task_form.refresh", task_id=task_id)
