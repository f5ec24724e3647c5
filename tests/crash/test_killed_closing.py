"""A process dies while it closes a weekly meeting: all of it is there, or nothing."""

import os
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import islice

import pytest

from engine import faults
from engine.bootstrap import build_engine
from engine.clock import FixedClock
from engine.model import Bundle, TaskState
from engine.settings import EngineSettings
from tests.crash.processes import PROCESSES, ended, fresh_url
from workflows.actions import repository as actions
from workflows.actions.model import DecisionQuery
from workflows.bodies import repository as bodies
from workflows.definitions import bundle
from workflows.demo.case import DemoCase
from workflows.demo.dwellings import dwellings
from workflows.demo.people import introduce
from workflows.meetings import repository as meetings
from workflows.meetings.model import MeetingStatus, Presence
from workflows.meetings.service import record_attendance
from workflows.people import service as people
from workflows.register import build_registry
from workflows.weekly import closing, planning, service
from workflows.weekly.model import Words, Writing
from workflows.weekly.planning import NewTask

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = datetime(2026, 3, 3, 9, tzinfo=UTC)
FILES = (
    "weekly_quality_meeting.bpmn",
    "hold_meeting.form",
    "action_point.bpmn",
    "carry_out_action.form",
)
POINTS = (
    "after_advance",
    "after_instance_row",
    "after_journal",
    # Past the meeting itself: in the middle of starting the work in the cases.
    "after_journal:2",
    "after_variables:3",
    "before_commit",
    "after_commit",
)

pytestmark = [pytest.mark.crash, pytest.mark.timeout(300)]


def an_engine(url, moment):
    settings = EngineSettings(database_url=url)
    return build_engine(settings, build_registry(), FixedClock(moment))


def close(url, number, fault):
    """Close the meeting as its page does; *fault* arms a fault point."""
    if fault:
        os.environ[faults.VARIABLE] = fault
    engine = an_engine(url, TUESDAY)
    with engine.transaction() as work:
        closing.finish(work, engine, number, by=people.actor(work, "an"))
    engine.database.dispose()


class Scene:
    """A meeting over three cases, all discussed, two of them with work to start."""

    def __init__(self, url):
        self.url = url
        self.engine = an_engine(url, MONDAY)
        with self.engine.transaction() as work:
            introduce(work)
            for one in (bundle("svk"), _consultation()):
                self.engine.definitions.deploy(work, one, by="test")
        self.cases = [self._a_case(offer) for offer in islice(dwellings(), 3)]
        with self.engine.transaction() as work:
            an = people.actor(work, "an")
            self.number = service.plan_next(work, self.engine, by=an).number
        with self.engine.transaction() as work:
            self.engine.timers.fire_due(work)
        with self.engine.transaction() as work:
            self._talk(work, people.actor(work, "an"))

    def _a_case(self, offer):
        case = DemoCase(engine=self.engine, offer=offer)
        case.offered()
        return case.number

    def _talk(self, work, an):
        new = NewTask(text="Bel", owner="tom", due_on=date(2026, 3, 10))
        for case in self.cases[:2]:
            planning.plan_task(work, self.number, case, new, by=an)
            writing = Writing(
                meeting_number=self.number,
                case_number=case,
                words=Words(decision=f"Besluit over {case}."),
                version=0,
            )
            service.decide(work, writing, by=an)
        service.no_change_for(
            work, self.number, self.cases, reason="Niets nieuws", by=an
        )
        present = {
            each.id: (Presence.PRESENT, "")
            for each in bodies.members_on(
                work.session, "weekly_quality", TUESDAY.date()
            )
        }
        record_attendance(work, self.number, present, by="an")

    def close(self, *, fault=""):
        """Close in a process of its own; return its exit status."""
        process = PROCESSES.Process(target=close, args=(self.url, self.number, fault))
        process.start()
        return ended(process)

    def told(self):
        """Count what a closing does: decisions, work, open tasks, mails, meetings."""
        with self.engine.reading() as work:
            decisions = actions.decisions(work.session, DecisionQuery()).total
            works = sum(
                len(actions.actions_of_case(work.session, case)) for case in self.cases
            )
            meeting = meetings.meeting(work.session, self.number)
            held = self.engine.tasks.of_instance(work, meeting.instance_id)
            planned = meetings.next_of(
                work.session, ["weekly_quality"], meeting.starts_at
            )
            incidents = self.engine.incidents.open(work)
        return {
            "decisions": decisions,
            "works": works,
            "closed": meeting.status is MeetingStatus.CLOSED,
            "held": held[-1].state is TaskState.COMPLETED,
            "next": planned is not None,
            "incidents": len(incidents),
        }


NOTHING = {
    "decisions": 0,
    "works": 0,
    "closed": False,
    "held": False,
    "next": False,
    "incidents": 0,
}
ALL = {
    "decisions": 2,
    "works": 2,
    "closed": True,
    "held": True,
    "next": True,
    "incidents": 0,
}


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_closing_that_dies_leaves_nothing_or_all(kind, tmp_path, request):
    with fresh_url(kind, tmp_path, request) as url:
        scene = Scene(url)
        for point in POINTS:
            assert scene.close(fault=point) == faults.EXIT_STATUS
            is_committed = point == "after_commit"
            assert scene.told() == (ALL if is_committed else NOTHING), point
        scene.engine.database.dispose()


def _consultation():
    folder = files("bpmn") / "consultation"
    found = {name: (folder / name).read_bytes() for name in FILES}
    return Bundle(key="consultation", files=found)
