"""The bodies of the demo city and the real diagrams, on a clock that tests move."""

from datetime import UTC, datetime, time, timedelta
from importlib.resources import files

import pytest

from engine.model import Bundle, TaskState
from engine.persistence.repositories.tasks import TaskRepository
from workflows.calendar import local_moment
from workflows.demo.people import introduce
from workflows.meetings import service as meetings
from workflows.meetings.model import MeetingStatus
from workflows.meetings.service import NewMeeting
from workflows.meetings.tables import MeetingRow
from workflows.people import service as people
from workflows.planning import repository

NEW_YEAR = datetime(2026, 1, 5, 9, tzinfo=UTC)


class Office:
    """The engine with what a secretary does in it."""

    def __init__(self, engine, clock):
        self.engine = engine
        self.clock = clock

    def actor(self, name):
        with self.engine.reading() as work:
            return people.actor(work, name)

    def plan(self, body_key, *days, hour=14):
        """Plan meetings through the use case; return their numbers."""
        with self.engine.transaction() as work:
            return [
                meetings.plan(
                    work,
                    self.engine,
                    NewMeeting(body_key=body_key, starts_at=at(day, hour)),
                    by=people.actor(work, "an"),
                ).number
                for day in days
            ]

    def held(self, number, status=MeetingStatus.HELD):
        """Let a meeting be held without all that goes before it."""
        with self.engine.transaction() as work:
            work.session.get_one(MeetingRow, number).status = status

    def tasks(self, year):
        with self.engine.reading() as work:
            found = repository.year(work.session, year)
            tasks = TaskRepository(work.session).of_instance(found.instance_id)
        return {each.element_id: each for each in tasks if each.state is TaskState.OPEN}

    def pass_time(self, **length):
        self.clock.advance(timedelta(**length))
        fired = True
        while fired:
            with self.engine.transaction() as work:
                fired = self.engine.timers.fire_due(work)

    def mails(self):
        with self.engine.reading() as work:
            return self.engine.outbox.newest(work, limit=200)


def at(day, hour=14):
    return local_moment(day, time(hour))


def consultation():
    """Return the bundle of the consultation, as it lies in ``bpmn``."""
    endings = (".bpmn", ".dmn", ".form")
    found = {
        each.name: each.read_bytes()
        for each in files("bpmn.consultation").iterdir()
        if each.name.endswith(endings)
    }
    return Bundle(key="consultation", files=found)


@pytest.fixture
def office(engine, clock):
    clock.moment = NEW_YEAR
    with engine.transaction() as work:
        introduce(work)
        engine.definitions.deploy(work, consultation(), by="pieter")
    return Office(engine, clock)
