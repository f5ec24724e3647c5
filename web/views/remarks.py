"""Opmerkingen bij processen: pinned to a step, decided by a body, answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.model import TaskState
from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.forms import Problems, outcome_of, posted, problems_of
from web.services import reading, services
from web.task_view import names_of, reach
from workflows.bodies import repository as bodies
from workflows.errors import UnknownError
from workflows.meetings.model import PointKind
from workflows.people.rights import Action
from workflows.remarks import measuring, repository, service
from workflows.remarks.model import Remark, Step, StepLoad
from workflows.remarks.service import NewRemark
from workflows.remarks.steps import process_of
from workflows.work_groups import reading as loops
from workflows.work_groups.repository import points_about

blueprint = Blueprint("remarks", __name__, url_prefix="/overleg/opmerkingen")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a remark is to be pinned, and the case in which it came up."""

    step: Step
    case_number: str
    back: str


@blueprint.app_context_processor
def _matters() -> dict[str, object]:
    """Let a point of an agenda show the remark that it is about."""
    return {"remark_of": _remark_of}


@blueprint.get("")
def remark_list() -> str:
    """List one's own remarks, and all others."""
    who = allow(Action.READ_REMARKS)
    with reading() as work:
        found = repository.remarks(work.session)
        names = names_of(work)
    return render_template(
        "pages/remarks.html",
        mine=[each for each in found if each.author == who.name],
        others=[each for each in found if each.author != who.name],
        names=names,
    )


@blueprint.get("/nieuw")
def new() -> str:
    """Ask what is the matter with a step."""
    return _new_page({})


@blueprint.post("/nieuw")
def pin() -> ResponseReturnValue:
    """Pin a remark to a step."""
    who = allow(Action.PIN_REMARK)
    new_remark = NewRemark(
        bundle_hash=posted("version"),
        process_id=posted("process"),
        element_id=posted("element"),
        text=posted("text"),
        case_number=posted("case_number") or None,
    )
    pinned: list[Remark] = []

    def use_case(work: UnitOfWork) -> None:
        pinned.append(service.pin(work, services().engine, new_remark, by=who))

    problems = problems_of(use_case)
    if problems:
        return _new_page(problems), 422
    flash(f"Uw opmerking is bewaard als {pinned[-1].number}.", "good")
    return redirect(url_for("remarks.show", number=pinned[-1].number))


@blueprint.get("/<number>")
def show(number: str) -> str:
    """Show a remark, how busy the step was and is, and what became of it."""
    return _page(number, {})


@blueprint.post("/<number>/besluit")
def decide(number: str) -> ResponseReturnValue:
    """Note what the body decided about a remark."""
    who = allow(Action.RUN_MEETING)
    change = {"yes": True, "no": False}.get(posted("change"))
    if change is None:
        return _page(number, {"change": "Kies wat het overleg besliste."}), 422

    def use_case(work: UnitOfWork) -> None:
        service.decide(
            work, services().engine, number, change=change, text=posted("text"), by=who
        )

    problems, status = outcome_of(use_case, late_field="text")
    if problems:
        return _page(number, problems), status
    flash("Het besluit staat in het verslag.", "good")
    back = posted("back")
    inside = back.startswith("/overleg/") and "//" not in back and "\\" not in back
    return redirect(back if inside else url_for("remarks.show", number=number))


def _page(number: str, problems: Problems) -> str:
    who = allow(Action.READ_REMARKS)
    with reading() as work:
        remark = repository.remark(work.session, number)
        points = points_about(work.session, number, PointKind.REMARK)
        found = services().engine.tasks
        tasks = (
            found.of_instance(work, remark.instance_id) if remark.instance_id else []
        )
        shown: Mapping[str, object] = {
            "remark": remark,
            "now_load": measuring.load_of(work.session, remark.step),
            "body": bodies.body(work.session, remark.body_key),
            "agenda": [(meeting.number, meeting.starts_at) for _, meeting in points],
            "names": names_of(work),
            "tasks": [task for task in tasks if task.state is TaskState.OPEN],
            "decides": remark.decided_at is None
            and loops.may_decide(work, who, number, PointKind.REMARK),
        }
    return render_template(
        "pages/remark.html", problems=problems, given=request.form, **shown
    )


def _new_page(problems: Problems) -> str:
    allow(Action.PIN_REMARK)
    with reading() as work:
        place = _place(work)
        load: StepLoad = measuring.load_of(work.session, place.step)
        earlier = repository.on_step(work.session, place.step)
        owner = bodies.body(work.session, service.owner_of(work, place.step.bundle_key))
    return render_template(
        "pages/new_remark.html",
        place=place,
        load=load,
        earlier=earlier,
        owner=owner,
        problems=problems,
        text=posted("text"),
    )


def _place(work: UnitOfWork) -> _Place:
    """Find the step that was named: by a task, or by a place in a drawing."""
    named = request.args.get("taak")
    if named and request.method == "GET":
        return _of_task(work, named)
    values = request.form if request.method == "POST" else request.args
    version = values.get("version", "")
    element_id = values.get("element", "")
    bundle = services().engine.definitions.get(work, version)
    process_id = values.get("process", "") or process_of(
        bundle, element_id, values.get("file", "")
    )
    step = service.step_of(work, services().engine, version, process_id, element_id)
    back = url_for("processes.bundle", key=step.bundle_key, content_hash=version)
    return _Place(step=step, case_number=values.get("case_number", ""), back=back)


def _of_task(work: UnitOfWork, named: str) -> _Place:
    try:
        task_id = UUID(named)
    except ValueError:
        raise UnknownError(named, "De taak") from None
    found = reach(work, actor(), task_id, Action.READ_TASK)
    task = found.task
    instance = services().engine.instances.get(work, task.instance_id)
    step = service.step_of(
        work,
        services().engine,
        instance.bundle_hash,
        task.process_id,
        task.element_id,
    )
    return _Place(
        step=step,
        case_number=found.case.number if found.case else "",
        back=url_for("task_form.show", task_id=task.id),
    )


def _remark_of(number: str) -> Remark | None:
    with reading() as work:
        return repository.remark_or_none(work.session, number)
