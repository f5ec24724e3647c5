"""A city in which caseworkers look at their processes, with the real diagrams."""

from datetime import timedelta
from importlib.resources import files

import pytest

from engine.model import Bundle, TaskState
from engine.persistence.repositories.tasks import TaskRepository
from tests.factories import a_bundle, assigned
from tests.unit.engine.spiff.drawing import chain, end, process, start, user
from workflows.demo.people import introduce
from workflows.meetings.model import MeetingStatus
from workflows.meetings.tables import MeetingRow
from workflows.people import service as people
from workflows.remarks import repository, service
from workflows.remarks.deploying import deploy
from workflows.remarks.service import NewRemark


def review(name="Nakijken"):
    """Draw a process with one task, as a bundle of the city."""
    drawn = process(
        start(),
        user("review", assigned("inspector"), name=name),
        end(),
        chain("s", "review", "e"),
        key="reviewing",
    )
    return a_bundle(drawn, key="svk")


class Bench:
    """The engine with what the tests do in it."""

    def __init__(self, engine, clock):
        self.engine = engine
        self.clock = clock

    def deploy(self, bundle, *, by="pieter"):
        with self.engine.transaction() as work:
            return deploy(work, self.engine, bundle, by=by)

    def begin(self, number):
        with self.engine.transaction() as work:
            return self.engine.instances.start(
                work,
                bundle_key="svk",
                process_id="reviewing",
                variables={},
                business_key=number,
                label="",
                by="an",
            )

    def finish(self, instance, *, after):
        """Complete the task of a case, so long after it was opened."""
        with self.engine.reading() as work:
            tasks = TaskRepository(work.session).of_instance(instance.id)
        task = next(each for each in tasks if each.state is TaskState.OPEN)
        self.clock.moment = task.created_at + after
        with self.engine.transaction() as work:
            self.engine.tasks.complete(work, task.id, data={}, by="tom")

    def pin(self, *, by="tom", element_id="review", text="Duurt te lang.", **changes):
        with self.engine.transaction() as work:
            latest = self.engine.definitions.latest(work, "svk")
            new = NewRemark(
                bundle_hash=changes.pop("bundle_hash", latest.content_hash),
                process_id=changes.pop("process_id", "reviewing"),
                element_id=element_id,
                text=text,
                **changes,
            )
            return service.pin(work, self.engine, new, by=people.actor(work, by))

    def decide(self, number, *, change, text="Splits de taak.", by="griet"):
        with self.engine.transaction() as work:
            return service.decide(
                work,
                self.engine,
                number,
                change=change,
                text=text,
                by=people.actor(work, by),
            )

    def meeting(self, number="WKO-2026-9", **ahead):
        with self.engine.transaction() as work:
            work.session.add(
                MeetingRow(
                    number=number,
                    body_key="weekly_quality",
                    sequence=9,
                    starts_at=work.now + timedelta(**ahead),
                    minutes_long=45,
                    place="",
                    reason="",
                    status=MeetingStatus.PLANNED,
                    planned_at=work.now,
                    planned_by="an",
                    version=1,
                )
            )
        return number

    def remark(self, number):
        with self.engine.reading() as work:
            return repository.remark(work.session, number)

    def tasks(self, number):
        with self.engine.reading() as work:
            found = repository.remark(work.session, number)
            tasks = TaskRepository(work.session).of_instance(found.instance_id)
        return {each.element_id: each for each in tasks if each.state is TaskState.OPEN}

    def mails(self):
        with self.engine.reading() as work:
            found = self.engine.outbox.newest(work)
        return [(each.mail.to.split("@")[0], each.mail.text) for each in found[::-1]]

    def incidents(self):
        with self.engine.reading() as work:
            return [each.message for each in self.engine.incidents.open(work)]


@pytest.fixture
def bench(engine, clock):
    folder = files("bpmn") / "consultation"
    names = ("process_remark.bpmn", "change_process.form")
    found = {name: (folder / name).read_bytes() for name in names}
    with engine.transaction() as work:
        introduce(work)
        bundle = Bundle(key="consultation", files=found)
        engine.definitions.deploy(work, bundle, by="test")
        engine.definitions.deploy(work, review(), by="test")
    return Bench(engine, clock)
