"""Who was at a weekly meeting, as far as its quorum goes."""

from engine.persistence.unit_of_work import UnitOfWork
from workflows.bodies import repository as bodies
from workflows.bodies.contacts import of_member
from workflows.bodies.model import Contact
from workflows.calendar import local_day
from workflows.city.service import values
from workflows.meetings import repository as meetings
from workflows.meetings.model import Attendance, Meeting, Presence
from workflows.people import repository as people
from workflows.people.model import Role
from workflows.weekly.quorum import Attendant, Quorum, shortfall


def missing_people(work: UnitOfWork, meeting: Meeting) -> str | None:
    """Say who had to be there and wasn't, None when the quorum was met."""
    chosen = values(work)
    wanted = Quorum(
        head=bool(chosen["weekly_needs_head"]),
        inspectors=int(str(chosen["weekly_needs_inspectors"])),
    )
    return shortfall(attendants(work, meeting), wanted)


def attendants(work: UnitOfWork, meeting: Meeting) -> list[Attendant]:
    """Return who was there; somebody who came instead counts for whom he replaced."""
    day = local_day(meeting.starts_at)
    heads = _holders(work, meeting, Role.HEAD_OF_SERVICE)
    heads |= {
        user.deputy
        for user in people.users(work.session)
        if user.name in heads and user.deputy
    }
    inspectors = _holders(work, meeting, Role.INSPECTOR)
    accounts = {
        member.id: member.user_name
        for member in bodies.members_on(work.session, meeting.body_key, day)
    }
    return [
        Attendant(
            name=each.replaced_by or each.member_name,
            leads=accounts.get(each.member_id) in heads,
            inspects=accounts.get(each.member_id) in inspectors,
        )
        for each in meetings.attendance_of(work.session, meeting.number)
        if _is_filled(each)
    ]


def absentees(work: UnitOfWork, meeting: Meeting) -> list[Contact]:
    """Return the members who were not there and can be mailed."""
    day = local_day(meeting.starts_at)
    away = {
        each.member_id
        for each in meetings.attendance_of(work.session, meeting.number)
        if each.presence is not Presence.PRESENT
    }
    return [
        contact
        for member in bodies.members_on(work.session, meeting.body_key, day)
        if member.id in away
        for contact in of_member(work, member)
    ]


def _is_filled(attendance: Attendance) -> bool:
    """Tell whether a seat was taken, by the member or by who came instead."""
    return attendance.presence is Presence.PRESENT or bool(attendance.replaced_by)


def _holders(work: UnitOfWork, meeting: Meeting, role: Role) -> set[str]:
    """Return the user names of who holds a role on the day of the meeting."""
    day = local_day(meeting.starts_at)
    return {user.name for user in people.holders_of(work.session, role, on=day)}
