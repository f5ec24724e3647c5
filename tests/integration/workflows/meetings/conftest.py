"""The bodies of the demo city with their real processes."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.model import TaskState
from workflows.actions import repository as actions
from workflows.definitions import bundle
from workflows.demo.people import introduce
from workflows.meetings import repository, service
from workflows.meetings.model import Presence
from workflows.meetings.service import NewMeeting, PointText
from workflows.people import service as people

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
IN_SIX_WEEKS = datetime(2026, 4, 16, 12, tzinfo=UTC)


class Table:
    """The engine with what is done around a meeting."""

    def __init__(self, engine, clock):
        self.engine = engine
        self.clock = clock

    def writing(self):
        return self.engine.transaction()

    def reading(self):
        return self.engine.reading()

    def actor(self, name):
        with self.reading() as work:
            return people.actor(work, name)

    def plan(self, body_key="core_group", starts_at=IN_SIX_WEEKS, *, by="an", **more):
        new = NewMeeting(body_key=body_key, starts_at=starts_at, **more)
        with self.writing() as work:
            return service.plan(work, self.engine, new, by=people.actor(work, by))

    def meeting(self, number):
        with self.reading() as work:
            return repository.meeting(work.session, number)

    def points(self, number):
        with self.reading() as work:
            return repository.points_of(work.session, number)

    def attendance(self, number):
        with self.reading() as work:
            return repository.attendance_of(work.session, number)

    def lines(self, number):
        with self.reading() as work:
            return [line.text for line in repository.lines_of(work.session, number)]

    def everybody_came(self, number, **others):
        """Write down that all members were there, but for *others* by last name."""
        entries = {
            each.member_id: (
                others.get(each.member_name.split()[-1], Presence.PRESENT),
                "",
            )
            for each in self.attendance(number)
        }
        with self.writing() as work:
            service.record_attendance(work, number, entries, by="an")

    def write(self, point, *, by="an", version=None, **text):
        with self.writing() as work:
            return service.write_point(
                work,
                point.id,
                PointText(**text),
                version=version or point.version,
                by=by,
            )

    def write_everything(self, number):
        for point in self.points(number):
            self.write(point, discussion=f"Over {point.title}.")

    def tasks(self, key):
        """Return the open tasks under a business key, by element."""
        with self.reading() as work:
            found = [
                task
                for instance in self.engine.instances.of_case(work, key)
                for task in self.engine.tasks.of_instance(work, instance.id)
            ]
        return {task.element_id: task for task in found if task.state is TaskState.OPEN}

    def do(self, key, element, *, by, **data):
        task = self.tasks(key)[element]
        with self.writing() as work:
            self.engine.tasks.complete(work, task.id, data=data, by=by)

    def pass_to(self, moment):
        self.clock.moment = max(self.clock.moment, moment)
        fired = True
        while fired:
            with self.writing() as work:
                fired = self.engine.timers.fire_due(work)

    def pass_days(self, days):
        self.pass_to(self.clock.moment + timedelta(days=days))

    def incidents(self):
        with self.reading() as work:
            return [each.message for each in self.engine.incidents.open(work)]

    def mails(self):
        """Return the mails so far, the oldest first."""
        with self.reading() as work:
            found = self.engine.outbox.newest(work, limit=1000)
        return [each.mail for each in found[::-1]]

    def subjects(self):
        return [mail.subject for mail in self.mails()]

    def actions(self, number):
        with self.reading() as work:
            found = actions.actions_of_meeting(work.session, number)
        return [each.action for each in found]


@pytest.fixture
def table(engine, clock):
    clock.moment = MONDAY
    with engine.transaction() as work:
        introduce(work)
        engine.definitions.deploy(work, bundle("svk"), by="test")
        engine.definitions.deploy(work, bundle("consultation"), by="test")
    return Table(engine, clock)
