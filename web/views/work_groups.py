"""Werkgroepen en beleidsvragen: asked, decided, reported on, answered."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from engine.model import HumanTask, TaskState
from engine.persistence.unit_of_work import UnitOfWork
from web.auth import allow
from web.course import CourseStep, StepState
from web.dutch import plain_day
from web.forms import Problems, outcome_of, posted, posted_day, problems_of
from web.services import reading, services, writing
from web.task_view import names_of
from workflows.meetings.model import PointKind
from workflows.people.rights import Action
from workflows.work_groups import reading as read
from workflows.work_groups import repository, service
from workflows.work_groups.loop import Mark
from workflows.work_groups.model import (
    CHOICE_NAMES,
    Choice,
    PolicyQuestion,
    WorkGroup,
)
from workflows.work_groups.service import (
    ClosingDecision,
    NewQuestion,
    WorkGroupDecision,
)

blueprint = Blueprint("work_groups", __name__, url_prefix="/overleg")

_STATES: Mapping[str, StepState] = {
    "done": StepState.DONE,
    "busy": StepState.BUSY,
    "late": StepState.LATE,
    "todo": StepState.AHEAD,
}


@blueprint.app_context_processor
def _matters() -> dict[str, object]:
    """Let the points of an agenda show what they are about."""
    return {
        "question_of": _question_of,
        "work_group_of": _group_of,
        "choice_names": CHOICE_NAMES,
    }


@blueprint.get("/werkgroepen")
def groups() -> str:
    """List the work groups: who reports, and whether they did."""
    who = allow(Action.READ_WORK_GROUP)
    with reading() as work:
        lines = read.group_lines(work, who)
        names = names_of(work)
    return render_template("pages/work_groups.html", lines=lines, names=names)


@blueprint.get("/werkgroepen/<number>")
def group(number: str) -> str:
    """Show a work group: mandate, members, notes, meetings, loop."""
    return _group_page(number, {})


@blueprint.post("/werkgroepen/<number>/vergaderingen")
def record_meeting(number: str) -> ResponseReturnValue:
    """Note a meeting that the group held."""
    who = allow(Action.GIVE_FEEDBACK)
    held_on = posted_day("held_on")
    if held_on is None:
        problem = {"held_on": "Vul de dag van de vergadering in."}
        return _group_page(number, problem), 422

    def use_case(work: UnitOfWork) -> None:
        service.record_meeting(
            work, number, held_on=held_on, note=posted("note"), by=who
        )

    problems = problems_of(use_case)
    if problems:
        return _group_page(number, problems), 422
    flash("De vergadering is genoteerd.", "good")
    return redirect(url_for("work_groups.group", number=number))


@blueprint.post("/werkgroepen/<number>/verantwoordelijke")
def resign(number: str) -> ResponseReturnValue:
    """Tell that the responsible leaves."""
    who = allow(Action.GIVE_FEEDBACK)

    def use_case(work: UnitOfWork) -> None:
        service.resign(
            work, services().engine, number, reason=posted("leaving_reason"), by=who
        )

    problems, status = outcome_of(use_case, late_field="leaving_reason")
    if problems:
        told = " ".join(problems.values())
        return _group_page(number, {"leaving_reason": told}), status
    flash("Genoteerd. De administratie wijst een vervanger aan.", "good")
    return redirect(url_for("work_groups.group", number=number))


@blueprint.post("/werkgroepen/<number>/afsluiten")
def decide_closing(number: str) -> ResponseReturnValue:
    """Note whether the meeting lets the group close."""
    who = allow(Action.RUN_MEETING)
    agreed = {"yes": True, "no": False}.get(posted("agreed"))
    if agreed is None:
        return _group_page(number, {"agreed": "Kies wat de vergadering besliste."}), 422
    decision = ClosingDecision(agreed=agreed, reason=posted("reason"))

    def use_case(work: UnitOfWork) -> None:
        service.decide_closing(work, services().engine, number, decision, by=who)

    problems, status = outcome_of(use_case, late_field="reason")
    if problems:
        return _group_page(number, problems), status
    flash("Het besluit staat in het verslag.", "good")
    return redirect(_back(url_for("work_groups.group", number=number)))


@blueprint.get("/beleidsvragen")
def questions() -> str:
    """List one's own questions, and the others that one may see."""
    who = allow(Action.ASK_POLICY_QUESTION)
    with reading() as work:
        found = read.questions_for(work, who)
        asking = read.may_ask(work, who)
        names = names_of(work)
    return render_template(
        "pages/policy_questions.html",
        mine=[each for each in found if each.asked_by == who.name],
        others=[each for each in found if each.asked_by != who.name],
        asking=asking,
        names=names,
    )


@blueprint.get("/beleidsvragen/nieuw")
def new_question() -> str:
    """Ask for a policy question."""
    return _new_page({})


@blueprint.post("/beleidsvragen/nieuw")
def ask() -> ResponseReturnValue:
    """Ask a policy question; it comes on the next agenda."""
    who = allow(Action.ASK_POLICY_QUESTION)
    wished_on = posted_day("wished_on")
    if posted("wished_on") and wished_on is None:
        return _new_page({"wished_on": "Vul een dag in als jaar-maand-dag."}), 422
    texts = {
        name: posted(name) for name in ("title", "question", "reason", "wished_result")
    }
    new = NewQuestion(wished_on=wished_on, **texts)
    asked: list[PolicyQuestion] = []

    def use_case(work: UnitOfWork) -> None:
        asked.append(service.ask(work, services().engine, new, by=who))

    problems = problems_of(use_case)
    if problems:
        return _new_page(problems), 422
    flash(f"Uw vraag is genoteerd als {asked[-1].number}.", "good")
    return redirect(url_for("work_groups.question", number=asked[-1].number))


@blueprint.get("/beleidsvragen/<number>")
def question(number: str) -> str:
    """Show a question and its way; the asker who sees the answer closes the loop."""
    who = allow(Action.ASK_POLICY_QUESTION)
    with reading() as work:
        found = repository.question(work.session, number)
    unseen = found.answered_at and not found.answer_seen_at
    if unseen and found.asked_by == who.name:
        with writing() as work:
            service.see_answer(work, number, by=who)
    return _question_page(number, {})


@blueprint.post("/beleidsvragen/<number>/besluit")
def decide(number: str) -> ResponseReturnValue:
    """Note what the meeting decided about a question."""
    who = allow(Action.RUN_MEETING)
    if posted("decision") not in list(Choice):
        problem = {"decision": "Kies wat de vergadering besliste."}
        return _question_page(number, problem), 422
    decision = WorkGroupDecision(
        decision=Choice(posted("decision")),
        reason=posted("reason"),
        other_group=posted("other_group"),
    )

    def use_case(work: UnitOfWork) -> None:
        service.decide(work, services().engine, number, decision, by=who)

    problems, status = outcome_of(use_case, late_field="reason")
    if problems:
        return _question_page(number, problems), status
    flash("Het besluit staat in het verslag.", "good")
    return redirect(_back(url_for("work_groups.question", number=number)))


def _group_page(number: str, problems: Problems) -> str:
    who = allow(Action.READ_WORK_GROUP)
    with reading() as work:
        seen = read.group_file(work, number, who)
        names = names_of(work)
        tasks = _open_tasks(work, seen.question)
        decides = seen.group.awaits_closing and read.may_decide(
            work, who, number, PointKind.CLOSING
        )
    return render_template(
        "pages/work_group.html",
        seen=seen,
        group=seen.group,
        course=_course(seen.marks),
        names=names,
        tasks=tasks,
        decides=decides,
        leads=service.leads(seen.group, who),
        problems=problems,
        given=request.form,
    )


def _question_page(number: str, problems: Problems) -> str:
    who = allow(Action.ASK_POLICY_QUESTION)
    with reading() as work:
        seen = read.question_file(work, number, who)
        names = names_of(work)
        tasks = _open_tasks(work, seen.question)
        decides = read.may_decide(work, who, number, PointKind.QUESTION)
    return render_template(
        "pages/policy_question.html",
        seen=seen,
        question=seen.question,
        course=_course(seen.marks),
        names=names,
        tasks=tasks,
        decides=decides and seen.question.choice is None,
        problems=problems,
        given=request.form,
    )


def _new_page(problems: Problems) -> str:
    who = allow(Action.ASK_POLICY_QUESTION)
    with reading() as work:
        service.require_may_ask(work, who)
    return render_template(
        "pages/new_policy_question.html", problems=problems, given=request.form
    )


def _open_tasks(work: UnitOfWork, question: PolicyQuestion) -> list[HumanTask]:
    """Return what waits for somebody in the process of a question."""
    if question.instance_id is None:
        return []
    found = services().engine.tasks.of_instance(work, question.instance_id)
    return [task for task in found if task.state is TaskState.OPEN]


def _course(marks: Sequence[Mark]) -> list[CourseStep]:
    return [
        CourseStep(
            element_id="",
            name=mark.name,
            state=_STATES[mark.state],
            note=", ".join(
                part for part in (mark.at and plain_day(mark.at), mark.note) if part
            ),
        )
        for mark in marks
    ]


def _question_of(number: str) -> PolicyQuestion | None:
    with reading() as work:
        return repository.question_or_none(work.session, number)


def _group_of(number: str) -> WorkGroup | None:
    with reading() as work:
        return repository.group_or_none(work.session, number)


def _back(otherwise: str) -> str:
    """Go back to the meeting page that the form stood on; to no other site."""
    asked = posted("back")
    inside = asked.startswith("/overleg/") and "//" not in asked and "\\" not in asked
    return asked if inside else otherwise
