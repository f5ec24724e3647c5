"""The bodies of the demo city, with meetings as rows and the real diagrams."""

from datetime import date, datetime, timedelta
from importlib.resources import files

import pytest

from engine.model import Bundle, TaskState
from engine.persistence.repositories.tasks import TaskRepository
from workflows.demo.people import introduce
from workflows.meetings.model import MeetingStatus
from workflows.meetings.tables import MeetingRow
from workflows.people import service as people
from workflows.work_groups import repository, service
from workflows.work_groups.model import Choice
from workflows.work_groups.service import NewQuestion, WorkGroupDecision

FILES = (
    "work_group.bpmn",
    "appoint_responsible.form",
    "replace_responsible.form",
    "give_feedback.form",
    "propose_closing.form",
)
QUESTION = NewQuestion(
    title="Toewijzing aan jonge alleenstaanden",
    question="Moet het toewijzingsreglement een voorrang voor jonge alleenstaanden krijgen?",
    reason="Hun wachttijd is het langst.",
    wished_result="Een voorstel van reglement.",
)
APPOINTMENT = {
    "responsible": "tom",
    "group_name": "Toewijzing",
    "mandate": "Onderzoek en stel een reglement voor.",
    "members": "Leila Benali\nan\nJoris Nijs",
    "frequency": "P1M",
    "ends_on": date(2026, 12, 31),
}


class Consultation:
    """The engine with what the tests do in it."""

    def __init__(self, engine, clock):
        self.engine = engine
        self.clock = clock

    def actor(self, name):
        with self.engine.reading() as work:
            return people.actor(work, name)

    def meeting(self, number, starts_at, *, body_key="core_group", status=None):
        """Insert a meeting without a process."""
        with self.engine.transaction() as work:
            row = MeetingRow(
                number=number,
                body_key=body_key,
                sequence=1,
                starts_at=starts_at,
                minutes_long=90,
                place="Stadhuis",
                reason="",
                status=status or MeetingStatus.AGENDA_OPEN,
                planned_at=work.now,
                planned_by="an",
                version=1,
            )
            work.session.add(row)
        return number

    def over(self, number, status=MeetingStatus.CLOSED):
        with self.engine.transaction() as work:
            work.session.get_one(MeetingRow, number).status = status

    def ask(self, *, by="nadia", new=QUESTION):
        with self.engine.transaction() as work:
            return service.ask(work, self.engine, new, by=people.actor(work, by))

    def decide(self, number, decision=Choice.FOUND, *, by="griet", **told):
        made = WorkGroupDecision(decision=decision, **told)
        with self.engine.transaction() as work:
            return service.decide(
                work, self.engine, number, made, by=people.actor(work, by)
            )

    def tasks(self, number):
        with self.engine.reading() as work:
            found = repository.question(work.session, number)
            tasks = TaskRepository(work.session).of_instance(found.instance_id)
        return {each.element_id: each for each in tasks if each.state is TaskState.OPEN}

    def do(self, number, element, *, by, **data):
        task = self.tasks(number)[element]
        with self.engine.transaction() as work:
            self.engine.tasks.complete(work, task.id, data=data, by=by)

    def founded(self, meeting_number="KG-2026-1", **changes):
        """Lead a question to an active work group."""
        self.meeting(meeting_number, self.clock.now() + timedelta(hours=1))
        number = self.ask().number
        self.decide(number)
        self.do(number, "appoint_responsible", by="an", **APPOINTMENT | changes)
        return number

    def ask_feedback(self, number, meeting_number, starts_at):
        """Send what the preparation of a meeting sends."""
        self.send(
            number,
            "feedback_asked",
            meeting_number=meeting_number,
            meeting_at=starts_at,
            remind_at=starts_at - timedelta(days=14),
            feedback_until=starts_at - timedelta(days=7),
        )

    def send(self, number, name, **variables):
        with self.engine.transaction() as work:
            self.engine.messages.correlate(
                work, name=name, correlation_key=number, variables=variables, by="test"
            )

    def pass_time(self, **length):
        self.clock.advance(timedelta(**length))
        while self._fire():
            pass

    def _fire(self):
        with self.engine.transaction() as work:
            return self.engine.timers.fire_due(work)

    def incidents(self):
        with self.engine.reading() as work:
            return [each.message for each in self.engine.incidents.open(work)]

    def question(self, number):
        with self.engine.reading() as work:
            return repository.question(work.session, number)

    def group(self, number):
        with self.engine.reading() as work:
            return repository.group(work.session, number)

    def mails(self):
        """Return the mails so far: to whom, with which subject; the oldest first."""
        with self.engine.reading() as work:
            found = self.engine.outbox.newest(work)
        return [(each.mail.to.split("@")[0], each.mail.subject) for each in found[::-1]]


@pytest.fixture
def loop(engine, clock):
    clock.moment = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
    with engine.transaction() as work:
        introduce(work)
        engine.definitions.deploy(work, a_bundle(), by="test")
    return Consultation(engine, clock)


def a_bundle():
    folder = files("bpmn") / "consultation"
    found = {name: (folder / name).read_bytes() for name in FILES}
    return Bundle(key="consultation", files=found)
