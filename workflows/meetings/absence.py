"""Organisations that sent nobody to a meeting."""

from collections.abc import Iterable

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies.contacts import people_of
from workflows.calendar import day_in_words, local_day
from workflows.meetings import mails, repository
from workflows.meetings.model import Attendance, Meeting, Presence
from workflows.meetings.service import add_line


def sent_nobody(attendance: Iterable[Attendance]) -> list[str]:
    """Name the organisations of which nobody came, nor was excused or replaced."""
    there: dict[str, bool] = {}
    for each in attendance:
        if each.organisation_name is None:
            continue
        came = each.presence is not Presence.ABSENT or bool(each.replaced_by)
        name = each.organisation_name
        there[name] = there.get(name, False) or came
    return sorted(name for name, came in there.items() if not came)


def neglected_duty(attendance: Iterable[Attendance]) -> list[str]:
    """Name the organisations that had to accept the invitation, and sent nobody.

    Social housing organisations must (BVR 16-11-2018, art. 3).
    """
    listed = list(attendance)
    bound = {each.organisation_name for each in listed if each.must_attend}
    return [name for name in sent_nobody(listed) if name in bound]


def note_absence(work: UnitOfWork, meeting: Meeting, *, by: str) -> None:
    """Note who neglected his duty; tell the alderman who was absent twice in a row."""
    attendance = repository.attendance_of(work.session, meeting.number)
    for name in neglected_duty(attendance):
        text = f"{name} moest aanwezig zijn, maar stuurde niemand."
        add_line(work, meeting.number, by=by, text=text)
    previous = repository.previous_of(work.session, meeting)
    if not previous:
        return
    before = repository.attendance_of(work.session, previous[0].number)
    again = set(sent_nobody(before)) & set(sent_nobody(attendance))
    for name in sorted(again):
        _tell_alderman(work, meeting, previous[0], name, by=by)


def _tell_alderman(
    work: UnitOfWork, meeting: Meeting, previous: Meeting, name: str, *, by: str
) -> None:
    to = people_of(work, meeting.body_key, "alderman")
    mails.write(
        work,
        meeting,
        "absent_twice",
        to,
        organisation=name,
        first=day_in_words(local_day(previous.starts_at), weekday=True),
        second=day_in_words(local_day(meeting.starts_at), weekday=True),
    )
    text = f"{name} was twee keer na elkaar afwezig; de schepen is verwittigd."
    add_line(work, meeting.number, by=by, text=text)
