"""The demo city with running cases, and a weekly meeting on the real diagrams."""

from datetime import UTC, datetime, timedelta
from importlib.resources import files

import pytest

from engine.model import Bundle, TaskState
from workflows.agenda import service as agenda
from workflows.bodies import repository as bodies
from workflows.cases import repository as cases
from workflows.definitions import bundle
from workflows.demo.case import DemoCase
from workflows.demo.dwellings import dwellings
from workflows.demo.people import introduce
from workflows.meetings import repository as meetings
from workflows.meetings import service as meeting_service
from workflows.meetings.model import Presence
from workflows.people import service as people
from workflows.weekly import closing, repository, service
from workflows.weekly.guards import weekly_meeting
from workflows.weekly.model import Words, Writing
from workflows.weekly.running import running_cases

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
FILES = (
    "weekly_quality_meeting.bpmn",
    "hold_meeting.form",
    "action_point.bpmn",
    "carry_out_action.form",
)


class Weekly:
    """The engine with what people do in a weekly meeting."""

    def __init__(self, engine, clock):
        self.engine = engine
        self.clock = clock
        self.number = ""
        self._offers = dwellings()

    def transaction(self):
        return self.engine.transaction()

    def reading(self):
        return self.engine.reading()

    def actor(self, name):
        with self.reading() as work:
            return people.actor(work, name)

    def a_case(self):
        """Let the rental agency offer a dwelling; return the number of the case."""
        case = DemoCase(engine=self.engine, offer=next(self._offers))
        case.offered()
        return case.number

    def plan(self, by="an"):
        """Plan the next meeting of the series."""
        with self.transaction() as work:
            meeting = service.plan_next(work, self.engine, by=people.actor(work, by))
        self.number = meeting.number
        return meeting

    def begun(self):
        """Plan a meeting and let the time come to hold it."""
        meeting = self.plan()
        self.pass_time(until=meeting.starts_at)
        return meeting.number

    def pass_time(self, *, until=None, **length):
        self.clock.moment = until or self.clock.moment + timedelta(**length)
        fired = True
        while fired:
            with self.transaction() as work:
                fired = self.engine.timers.fire_due(work)

    def attend(self, *present, number=None):
        """Write down who is there; the others are absent."""
        number = number or self.number
        with self.transaction() as work:
            presences = {
                each.id: (
                    Presence.PRESENT if each.user_name in present else Presence.ABSENT,
                    "",
                )
                for each in bodies.members_on(
                    work.session, "weekly_quality", work.now.date()
                )
            }
            meeting_service.record_attendance(work, number, presences, by="an")

    def write(self, use_case, case, *, by="an", version=0, **words):
        """Call a use case that writes of a case."""
        writing = Writing(
            meeting_number=self.number,
            case_number=case,
            words=Words(**words),
            version=version,
        )
        with self.transaction() as work:
            return use_case(work, writing, by=people.actor(work, by))

    def decide(self, case, decision="Bel de eigenaar.", **options):
        return self.write(service.decide, case, decision=decision, **options)

    def no_change(self, case, **options):
        return self.write(service.no_change, case, **options)

    def pass_over(self, cases, reason="Niets nieuws deze week.", by="an"):
        with self.transaction() as work:
            who = people.actor(work, by)
            return service.no_change_for(
                work, self.number, cases, reason=reason, by=who
            )

    def pass_over_the_rest(self):
        return self.pass_over([each.number for each in self.places()])

    def planned(self, use_case, *arguments, by="an", **options):
        """Call a use case that plans work in a case."""
        with self.transaction() as work:
            who = people.actor(work, by)
            return use_case(work, self.number, *arguments, by=who, **options)

    def escalate(self, case, reason="De verslaggarantie dreigt te verstrijken."):
        """Put a case on the agenda, as the processes do."""
        with self.transaction() as work:
            agenda.add(work, case, reason=reason)
            (item,) = agenda.repository.items_of(work.session, case)
        return item.id

    def hold_task(self):
        with self.reading() as work:
            meeting = meetings.meeting(work.session, self.number)
            tasks = self.engine.tasks.of_instance(work, meeting.instance_id)
        return next(each for each in tasks if each.element_id == "hold_meeting")

    def close(self, by="an"):
        """Complete the task of the meeting, as the page of tasks does."""
        task = self.hold_task()
        with self.transaction() as work:
            self.engine.tasks.complete(
                work, task.id, data={"meeting_remarks": None}, by=by
            )

    def close_on_its_page(self, by="an"):
        """Close the meeting by the button on its page."""
        with self.transaction() as work:
            who = people.actor(work, by)
            closing.finish(work, self.engine, self.number, by=who)

    def places(self, number=None):
        with self.reading() as work:
            return repository.places(work.session, number or self.number)

    def entry(self, case):
        with self.reading() as work:
            return repository.entry(work.session, self.number, case)

    def running(self, case):
        with self.reading() as work:
            meeting = weekly_meeting(work, self.number)
            found = running_cases(work.session, meeting, number=case)
        return found[0] if found else None

    def meeting(self, number=None):
        with self.reading() as work:
            return meetings.meeting(work.session, number or self.number)

    def task(self, case, element="check_completeness"):
        """Return the open task of a case."""
        with self.reading() as work:
            instance_id = cases.case(work.session, case).instance_id
            tasks = self.engine.tasks.of_instance(work, instance_id)
        return next(
            each
            for each in tasks
            if each.element_id == element and each.state is TaskState.OPEN
        )

    def incidents(self):
        with self.reading() as work:
            return [each.message for each in self.engine.incidents.open(work)]

    def mails(self):
        """Return who got which subject, the oldest first."""
        with self.reading() as work:
            found = self.engine.outbox.newest(work)
        return [(each.mail.to.split("@")[0], each.mail.subject) for each in found[::-1]]


@pytest.fixture
def weekly(engine, clock):
    clock.moment = MONDAY
    with engine.transaction() as work:
        introduce(work)
        engine.definitions.deploy(work, bundle("svk"), by="test")
        engine.definitions.deploy(work, _consultation(), by="test")
    return Weekly(engine, clock)


def _consultation():
    folder = files("bpmn") / "consultation"
    found = {name: (folder / name).read_bytes() for name in FILES}
    return Bundle(key="consultation", files=found)
