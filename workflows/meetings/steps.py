"""What the process of a meeting does with it, step by step."""

from collections.abc import Iterable
from datetime import datetime

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.contacts import people_of
from workflows.bodies.seats import seats
from workflows.calendar import day_in_words, local_day, moment_in_words
from workflows.city import service as city
from workflows.meetings import absence, checks, dates, mails, repository
from workflows.meetings.dates import Term
from workflows.meetings.guards import touch
from workflows.meetings.model import OVER, Meeting, MeetingStatus
from workflows.meetings.service import add_line
from workflows.packs import service as packs

_GROUP_NAMES = {
    "secretary": "de secretaris",
    "chair": "de voorzitter",
    "alderman": "de schepen",
    "head_of_service": "het diensthoofd",
    "members": "de leden",
}


def terms(work: UnitOfWork, meeting: Meeting) -> list[Term]:
    """Count the terms of a meeting from the settings of today."""
    return dates.terms_of(
        bodies.body(work.session, meeting.body_key).kind,
        meeting.starts_at,
        settings=city.values(work),
        calendar=city.working_calendar(work),
    )


def call_for_items(work: UnitOfWork, number: str, *, by: str) -> None:
    """Ask the members for points, once for each meeting."""
    row = repository.locked_row(work.session, number)
    if row.called_at is not None:
        return
    row.called_at = work.now
    work.session.flush()
    meeting = repository.meeting(work.session, number)
    until = _term(terms(work, meeting), "items_until")
    count = mails.write(
        work,
        meeting,
        "call_for_items",
        people_of(work, meeting.body_key, "members"),
        until="" if until is None else day_in_words(local_day(until), weekday=True),
    )
    told_to = "1 lid" if count == 1 else f"{count} leden"
    text = f"Oproep voor agendapunten verstuurd aan {told_to}."
    add_line(work, number, by=by, text=text)


def approve_agenda(work: UnitOfWork, number: str, *, by: str) -> None:
    """Note who approved an agenda; one without points is refused."""
    checks.require(checks.without_points, work, number, "agenda_approved")
    row = repository.locked_row(work.session, number)
    row.agenda_approved_at = work.now
    row.agenda_approved_by = by
    touch(work, row, by)
    add_line(work, number, by=by, text="Agenda goedgekeurd.")


def invite(work: UnitOfWork, number: str, *, by: str) -> None:
    """Send the packs and the invitation, again only for another date."""
    row = repository.locked_row(work.session, number)
    if row.invited_for == row.starts_at:
        return
    again = row.invited_for is not None
    packs.make_all(work, number, by=by)
    row.invited_at = work.now
    row.invited_for = row.starts_at
    row.status = MeetingStatus.INVITED
    touch(work, row, by)
    text = "Uitnodiging en bundel verstuurd"
    moment = moment_in_words(row.starts_at)
    text += f", voor de nieuwe datum {moment}." if again else "."
    add_line(work, number, by=by, text=text)


def hold(work: UnitOfWork, number: str, *, by: str) -> None:
    """Note that a meeting was held; refused without attendance of each member."""
    checks.require(checks.without_attendance, work, number, "attendance_complete")
    row = repository.locked_row(work.session, number)
    row.status = MeetingStatus.HELD
    row.held_at = work.now
    touch(work, row, by)
    add_line(work, number, by=by, text="Vergadering gehouden; aanwezigheid genoteerd.")
    absence.note_absence(work, repository.meeting(work.session, number), by=by)


def remind(
    work: UnitOfWork, number: str, *, to: Iterable[str], what: str, by: str
) -> None:
    """Mail a reminder, and note that it was sent."""
    groups = list(to)
    meeting = repository.meeting(work.session, number)
    contacts = people_of(work, meeting.body_key, groups)
    mails.write(work, meeting, "reminder", contacts, what=what)
    names = ", ".join(_GROUP_NAMES.get(group, group) for group in groups)
    add_line(work, number, by=by, text=f"Herinnering aan {names}: {what}")


def close(work: UnitOfWork, number: str, *, by: str) -> None:
    """Close a meeting: nothing changes in it any more."""
    row = repository.locked_row(work.session, number)
    if row.status in OVER:
        return
    row.status = MeetingStatus.CLOSED
    row.closed_at = work.now
    row.closed_by = by
    touch(work, row, by)
    add_line(work, number, by=by, text="Vergadering afgesloten.")


def tell_cancelled(work: UnitOfWork, number: str, *, by: str) -> None:
    """Tell who is invited to a meeting that it is cancelled, if they knew of it."""
    meeting = repository.meeting(work.session, number)
    row = repository.locked_row(work.session, number)
    row.status = MeetingStatus.CANCELLED
    work.session.flush()
    if meeting.called_at is None and meeting.invited_at is None:
        return
    reason = meeting.cancelled_reason or "niet vermeld"
    contacts = [seat.contact for seat in seats(work, meeting.body_key)]
    attached = packs.withdrawal(work, meeting) if meeting.invited_at else ()
    count = mails.write(
        work, meeting, "cancelled", contacts, attachments=attached, reason=reason
    )
    told_to = "1 genodigde" if count == 1 else f"{count} genodigden"
    add_line(work, number, by=by, text=f"Afgelasting gemeld aan {told_to}.")


def _term(counted: Iterable[Term], name: str) -> datetime | None:
    return next((each.at for each in counted if each.name == name), None)
