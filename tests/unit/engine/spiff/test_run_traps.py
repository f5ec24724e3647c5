"""Whatever the check lets pass can be run to its end."""

import pytest

from engine.step import Deliver
from engine.testing import Harness
from tests.unit.engine.spiff.test_traps import TRAPS

EXPECTED_INCIDENTS = {"uncaught_error", "uncaught_cancel"}
"""These diagrams throw an error that nobody catches; an incident is right."""
ENDLESS = {"ring of tasks without a gateway"}
MOST_ACTIONS = 60


class Nothing(dict):
    """Each service task gives nothing."""

    def __missing__(self, key):
        return lambda inputs: {}


def act(case):
    """Do the next thing that somebody or something outside would do."""
    if case.open:
        case.complete(case.open[0], x=9)
    elif case.subscriptions:
        case.do(Deliver(token=case.subscriptions[0].token))
    elif case.timers:
        first = min(case.timers, key=lambda timer: timer.due_at)
        case.advance(max(first.due_at, case.now) - case.now)
    else:
        return False
    return case.ended is None


@pytest.mark.parametrize(
    "name", sorted(name for name, trap in TRAPS.items() if trap.refused is None)
)
def test_what_the_check_lets_pass_runs_to_its_end(name):
    case = Harness(files={"p.bpmn": TRAPS[name].content}, services=Nothing())
    case.start(case_number="1", x=9, items=[1, 2], xs=[1, 2])
    for _ in range(MOST_ACTIONS):
        if case.ended or not act(case):
            break

    kinds = {incident.kind for incident in case.incidents}
    assert kinds <= EXPECTED_INCIDENTS
    assert case.ended == "completed" or kinds or name in ENDLESS
