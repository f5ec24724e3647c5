"""Whatever people do, in whatever order: a process goes on until one of its ends."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.testing import Harness
from tests.processes.consultation.conftest import NUMBER, QUESTION, START, City

ENDS = {
    "coordination_cycle": {"closed", "cancelled"},
    "periodic_consultation": {"closed", "cancelled"},
    "weekly_quality_meeting": {"closed", "cancelled"},
    "work_group": {"closed", "not_founded", "referred"},
}
ANSWERS = {
    "approve_minutes": ({"approval_choice": "approve"},) * 2
    + ({"approval_choice": "send_back", "approval_remarks": "anders"},),
    "appoint_responsible": ({"responsible": "an"}, {"responsible": "bea"}),
    "replace_responsible": ({"responsible": "an"}, {"responsible": "bea"}),
    "take_note": ({"noted_on": None, "decision_reference": "CBS-1"},),
}
"""What the tasks may be answered with; an empty form for those that aren't named."""

DECISIONS = ("found", "found", "found", "not_found", "other_group")


class Anybody:
    """Does what *choose* tells: complete a task, let time go by, send a message."""

    def __init__(self, family, runner, choose):
        self.choose = choose
        self.city = City()
        self.case = Harness(
            files=family,
            services=self.city.services(),
            now=START,
            runner=runner,
            key="consultation",
        )

    def begin(self, process_id):
        if process_id == "work_group":
            self.case.start(process_id, question_number=QUESTION, asked_by="piet")
            return
        self.city.work_groups = self.city.founded = ["BV-2026-1", "BV-2026-2"]
        self.case.start(
            process_id,
            meeting_number=NUMBER,
            body_key="kerngroep",
            body_name="Kerngroep",
            chair=None,
            secretary="an",
        )

    def act(self):
        moves = [self.complete] * 4 * bool(self.case.tasks)
        moves += [self.wait] * 4 * bool(self.case.timers)
        moves += [self.send] * bool(self.case.subscriptions)
        self.city.comments_until = self.case.now + timedelta(days=10)
        self.city.replace_until = self.case.now + timedelta(days=30)
        self.choose(moves)()

    def complete(self):
        task = self.choose(self.case.tasks)
        answers = ANSWERS.get(task.element_id, ({},))
        self.case.complete(task.token, **self.choose(answers))

    def wait(self):
        self.case.advance(min(t.due_at for t in self.case.timers) - self.case.now)

    def send(self):
        one = self.choose(self.case.subscriptions)
        self.city.meeting_at += timedelta(days=7)
        if one.kind == "signal":
            self.case.signal(one.name)
            return
        payload = {
            "question_decided": {"decision": self.choose(DECISIONS)},
            "closing_decided": {"agreed": self.choose((True, False))},
            "feedback_asked": {
                "meeting_number": self.choose(("KG-2026-1", "KG-2026-2")),
                "meeting_at": self.case.now + timedelta(days=21),
                "remind_at": self.case.now + timedelta(days=7),
                "feedback_until": self.case.now + timedelta(days=14),
            },
        }
        self.case.deliver(one.name, one.correlation_key, **payload.get(one.name, {}))


@pytest.mark.parametrize("process_id", sorted(ENDS))
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_a_process_waits_for_something_or_has_ended_well(
    family, runner, process_id, data
):
    anybody = Anybody(family, runner, lambda some: data.draw(st.sampled_from(some)))
    anybody.begin(process_id)
    case = anybody.case
    for _ in range(40):
        if case.ended:
            break
        assert case.tasks or case.timers or case.subscriptions
        anybody.act()

        assert case.incidents == []
    if case.ended:
        assert case.outcome in ENDS[process_id]
        assert (case.open, case.timers, case.subscriptions) == ([], [], [])
