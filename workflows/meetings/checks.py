"""What must be right before a step of a meeting: a sentence per thing that isn't.

The checks on the forms ask this before a task is completed, so that the task
stays open; the service tasks behind them ask it again.
"""

from collections.abc import Callable, Mapping

from engine.persistence.unit_of_work import UnitOfWork
from engine.registry import Filled, FormCheck
from workflows.bodies.repository import partner_rights
from workflows.bodies.sharing import view_of
from workflows.errors import InvalidDataError
from workflows.meetings import repository
from workflows.meetings.model import PointKind

Problem = Callable[[UnitOfWork, str], str | None]
"""From the number of a meeting to what is wrong, None when all is right."""


def require(problem: Problem, work: UnitOfWork, number: str, control: str) -> None:
    """Raise ``InvalidDataError`` at *control* when something is wrong."""
    sentence = problem(work, number)
    if sentence is not None:
        raise InvalidDataError({control: sentence})


def without_points(work: UnitOfWork, number: str) -> str | None:
    """An agenda without points invites nobody."""
    if repository.points_of(work.session, number):
        return None
    return "De agenda heeft nog geen punten: voeg er minstens één toe."


def without_attendance(work: UnitOfWork, number: str) -> str | None:
    """Of each member it must be known whether he was there."""
    missing = [
        each.member_name
        for each in repository.attendance_of(work.session, number)
        if each.presence is None
    ]
    if not missing:
        return None
    names = ", ".join(missing)
    return f"Noteer eerst de aanwezigheid van elk lid. Nog niet genoteerd: {names}."


def without_next(work: UnitOfWork, number: str) -> str | None:
    """The next meeting of the body must have a date."""
    meeting = repository.meeting(work.session, number)
    found = repository.next_of(work.session, [meeting.body_key], meeting.starts_at)
    if found is not None:
        return None
    return f"Plan eerst de volgende vergadering van {meeting.body_name}."


def without_words(work: UnitOfWork, number: str) -> str | None:
    """Minutes say something of each point."""
    silent = [
        f"{each.position}. {each.title}"
        for each in repository.points_of(work.session, number)
        if not each.is_discussed
    ]
    if not silent:
        return None
    return f"Het verslag zegt nog niets over: {'; '.join(silent)}."


def unseen_cases(work: UnitOfWork, number: str) -> str | None:
    """A selected case is of no use when no partner may see it."""
    meeting = repository.meeting(work.session, number)
    chosen = {
        point.case_number
        for point in repository.points_of(work.session, number)
        if point.kind is PointKind.CASE and point.case_number
    }
    rights = partner_rights(work.session, meeting.body_key)
    partners = {right.organisation_id for right in rights}
    unseen = sorted(
        case
        for case in chosen
        if view_of(work.session, partners, case_number=case, body_key=meeting.body_key)
        is None
    )
    if not unseen:
        return None
    listed = ", ".join(unseen)
    return (
        f"Geen enkele partner mag deze dossiers zien: {listed}."
        " Deel ze eerst, of haal ze van de agenda."
    )


def _check(form_id: str, control: str, problem: Problem) -> FormCheck:
    """Make the check of a form: when *problem* holds, it is said at *control*."""

    def run(filled: Filled) -> Mapping[str, str]:
        number = filled.variables.get("meeting_number")
        if not isinstance(number, str):
            return {}
        sentence = problem(filled.work, number)
        return {} if sentence is None else {control: sentence}

    return FormCheck(form_id=form_id, run=run)


CHECKS = (
    _check("approve_agenda", "agenda_approved", without_points),
    _check("select_cases", "selection_remarks", unseen_cases),
    _check("record_attendance", "attendance_complete", without_attendance),
    _check("draft_minutes", "minutes_ready", without_words),
    _check("plan_next", "next_remarks", without_next),
)
