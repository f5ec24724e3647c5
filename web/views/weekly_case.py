"""Wekelijks overleg, one case: the screen that the meeting looks at together."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from http import HTTPStatus
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

from engine.persistence.unit_of_work import UnitOfWork
from web.auth import actor, allow
from web.dutch import local
from web.forms import Problems, posted, posted_number
from web.services import reading, services, writing
from web.weekly_view import next_undiscussed, read_screen
from workflows.calendar import local_moment
from workflows.deadlines.model import END_OF_DAY
from workflows.errors import InvalidDataError, OvertakenError
from workflows.people.model import Actor
from workflows.people.rights import Action, may
from workflows.weekly import planning, service
from workflows.weekly.decision_list import told
from workflows.weekly.model import ENTRY_NAMES, Entry, Words, Writing
from workflows.weekly.planning import NewTask

blueprint = Blueprint(
    "weekly_case", __name__, url_prefix="/overleg/wekelijks/<number>/<case_number>"
)

blueprint.add_app_template_filter(told, "planned")
_TYPED = ("task", "task_owner", "task_due", "open_task", "open_owner", "open_due")


@blueprint.app_template_filter("end_of_day")
def _end_of_day(day: date) -> datetime:
    """Return the moment at which what is due on a day is late."""
    return local_moment(day, END_OF_DAY)


@blueprint.get("")
def show(number: str, case_number: str) -> str:
    """Show one case."""
    return _page(number, case_number)


@blueprint.post("")
def write(number: str, case_number: str) -> ResponseReturnValue:
    """Do what the pressed button asks, with all that was typed."""
    who = allow(Action.RUN_MEETING)
    act = _ACTS.get(posted("doe").partition(":")[0], _keep)
    try:
        with writing() as work:
            goes_on = act(work, _typed(number, case_number), who)
            following = next_undiscussed(work, number, case_number) if goes_on else ""
    except InvalidDataError as error:
        return _page(number, case_number, error.problems), 422
    except OvertakenError as error:
        problems = {"note": str(error)}
        return _page(number, case_number, problems, lost=True), HTTPStatus.CONFLICT
    if following == "":
        return redirect(
            url_for("weekly_case.show", number=number, case_number=case_number)
        )
    if following is None:
        flash("Alle lopende dossiers zijn besproken.", "good")
        return redirect(url_for("weekly.show", number=number))
    return redirect(url_for("weekly_case.show", number=number, case_number=following))


@blueprint.post("/concept")
def save(number: str, case_number: str) -> ResponseReturnValue:
    """Keep what is typed, without a word on the page."""
    who = allow(Action.RUN_MEETING)
    with writing() as work:
        entry = service.save(work, _typed(number, case_number), by=who)
    note = f"Bewaard om {local(services().clock.now()):%H:%M}."
    return jsonify(note=note, version=entry.version)


_Act = Callable[[UnitOfWork, Writing, Actor], bool]
"""Does something; tells whether the meeting goes on to the next case."""


def _keep(work: UnitOfWork, writing: Writing, who: Actor) -> bool:
    service.save(work, writing, by=who)
    flash("Bewaard.", "good")
    return False


def _decide(work: UnitOfWork, writing: Writing, who: Actor) -> bool:
    """Record the case, with the task that was typed but not added yet."""
    if posted("task"):
        _plan_typed_task(work, writing, who)
    service.decide(work, writing, by=who)
    return True


def _leave(work: UnitOfWork, writing: Writing, who: Actor) -> bool:
    service.no_change(work, writing, by=who)
    return True


def _plan_task(work: UnitOfWork, writing: Writing, who: Actor) -> bool:
    _plan_typed_task(work, writing, who)
    service.save(work, writing, by=who)
    return False


def _plan_typed_task(work: UnitOfWork, writing: Writing, who: Actor) -> None:
    new = NewTask(
        text=posted("task"), owner=posted("task_owner"), due_on=_day("task_due")
    )
    planning.plan_task(work, writing.meeting_number, writing.case_number, new, by=who)


def _change_task(work: UnitOfWork, writing: Writing, who: Actor) -> bool:
    """Plan other hands, another date, or both, for an open task."""
    number, case_number = writing.meeting_number, writing.case_number
    task_id, to, due_on = _key("open_task"), posted("open_owner"), _day("open_due")
    if not to and due_on is None:
        sentence = "Kies wie de taak overneemt, of een nieuwe datum."
        raise InvalidDataError({"open_owner": sentence})
    if to:
        planning.plan_assignment(work, number, case_number, task_id, to=to, by=who)
    if due_on is not None:
        planning.plan_moment(work, number, case_number, task_id, due_on=due_on, by=who)
    service.save(work, writing, by=who)
    return False


def _drop(work: UnitOfWork, writing: Writing, who: Actor) -> bool:
    """Take planned work away again; the button names it."""
    _, _, line = posted("doe").partition(":")
    for line_id in _keys([line]):
        planning.drop(work, writing.meeting_number, line_id, by=who)
    service.save(work, writing, by=who)
    return False


_ACTS: Mapping[str, _Act] = {
    "bewaren": _keep,
    "vastleggen": _decide,
    "geen-wijziging": _leave,
    "taak": _plan_task,
    "wijzigen": _change_task,
    "weg": _drop,
}


def _typed(number: str, case_number: str) -> Writing:
    return Writing(
        meeting_number=number,
        case_number=case_number,
        words=_words(),
        version=posted_number("version"),
    )


def _words() -> Words:
    return Words(
        note=posted("note"),
        decision=posted("decision"),
        concludes=tuple(_keys(request.form.getlist("concludes"))),
    )


def _page(
    number: str,
    case_number: str,
    problems: Problems | None = None,
    *,
    lost: bool = False,
) -> str:
    """Show the screen; after a refusal with what was typed, never without.

    *lost*: somebody was first. His text stands beside; saving again overwrites it.
    """
    allow(Action.READ_AGENDA)
    writes = may(actor(), Action.RUN_MEETING)
    with reading() as work:
        screen = read_screen(work, number, case_number, writes=writes)
    refused = problems is not None
    return render_template(
        "pages/weekly_case.html",
        screen=screen,
        meeting=screen.meeting,
        case=screen.case,
        words=_words() if refused else _kept(screen.entry),
        ticked=_ticked(screen.entry, refused=refused),
        typed={name: posted(name) for name in _TYPED},
        version=screen.entry.version if lost or not refused else posted("version"),
        problems=problems or {},
        lost=lost,
        writes=writes and screen.is_open,
        entry_names=ENTRY_NAMES,
        today=screen.today,
    )


def _kept(entry: Entry) -> Words:
    return Words(note=entry.note, decision=entry.decision)


def _ticked(entry: Entry, *, refused: bool) -> set[str] | None:
    """Return the ticked agenda items; None ticks all, as long as nothing is decided."""
    if refused:
        return set(request.form.getlist("concludes"))
    return {str(each) for each in entry.concludes} if entry.decision else None


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(posted(name))
    except ValueError:
        return None


def _key(name: str) -> UUID:
    found = _keys([posted(name)])
    if not found:
        raise InvalidDataError({name: "Kies een taak."})
    return found[0]


def _keys(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
