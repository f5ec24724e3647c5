from datetime import timedelta

import pytest

from engine.recurrence import TimerRuleError
from engine.retries import TIMERS
from engine.smtp import MailTransportError
from engine.worker import Worker
from tests.integration.scripted import NOON


class NoMail:
    def send(self, message):
        reason = "geen mail in deze proef"
        raise MailTransportError(reason, permanent=True)


@pytest.fixture
def worker(town):
    return Worker(engine=town, transport=NoMail(), name="worker")


def rounds_until_quiet(town, worker):
    """Work, and wait for what was held back, until nothing is left to try."""
    for _ in range(TIMERS.attempts):
        worker.fire_timers()
        town.after(minutes=30)


def kinds(town, instance_id):
    with town.reading() as work:
        return [entry.kind for entry in town.journal.of(work, instance_id)]


def test_a_timer_does_not_fire_before_its_moment(town, worker):
    instance_id = town.start(timers=[["reminder", "P7D"]])
    town.after(days=7, seconds=-1)

    tally = worker.fire_timers()

    (timer,) = town.ledger(instance_id)
    assert tally.fired == 0
    assert timer.fired_at is None


def test_a_timer_fires_at_its_moment_and_the_ledger_tells(town, worker):
    instance_id = town.start(timers=[["reminder", "P7D"]])
    town.after(days=7, minutes=3)

    worker.fire_timers()

    (timer,) = town.ledger(instance_id)
    assert timer.armed_at == NOON
    assert timer.due_at == NOON + timedelta(days=7)
    assert timer.fired_at - timer.due_at == timedelta(minutes=3)


def test_a_timer_takes_effect_once_however_often_we_look(town, worker):
    instance_id = town.start(timers=[["reminder", "P7D"], ["breach", "P14D"]])
    town.after(days=8)

    for _ in range(3):
        worker.fire_timers()

    assert kinds(town, instance_id).count("timer_fired") == 1


def test_timers_fire_in_the_order_of_their_moments(town):
    fired = []
    town.start(timers=[["late", "P3D"], ["early", "P1D"], ["middle", "P2D"]])
    town.after(days=5)

    Worker(
        engine=town, transport=NoMail(), seen=lambda one: fired.append(one.element_id)
    ).fire_timers()

    assert fired == ["early", "middle", "late"]


def test_a_case_that_cannot_go_on_holds_no_other_up(town, worker):
    town.start(timers=[["broken", "P1D"]])
    other = town.start(timers=[["reminder", "P2D"]])
    town.after(days=3)

    tally = worker.fire_timers()

    assert (tally.fired, tally.failed) == (1, 1)
    assert "timer_fired" in kinds(town, other)


def test_a_timer_that_failed_waits_before_it_is_tried_again(town, worker):
    town.start(timers=[["broken", "P1D"]])
    town.after(days=2)
    worker.fire_timers()

    at_once = worker.fire_timers()
    town.after(seconds=TIMERS.first.total_seconds())
    later = worker.fire_timers()

    assert (at_once.failed, later.failed) == (0, 1)


def test_the_next_look_at_a_failed_timer_is_in_the_future(town, worker):
    town.start(timers=[["broken", "P1D"]])
    town.after(days=2)

    worker.fire_timers()

    assert worker.next_timer() == town.clock.now() + TIMERS.first


def test_a_timer_that_keeps_failing_becomes_an_incident(town, worker):
    instance_id = town.start(timers=[["broken", "P1D"]])
    town.after(days=2)

    rounds_until_quiet(town, worker)

    with town.reading() as work:
        (incident,) = town.incidents.open(work)
    assert incident.instance_id == instance_id
    assert incident.kind == "timer"
    assert "steel" in incident.message
    assert worker.next_timer() is None


def test_an_incident_of_a_timer_can_be_retried(town, worker):
    town.start(timers=[["broken", "P1D"]])
    town.after(days=2)
    rounds_until_quiet(town, worker)

    with town.transaction() as work:
        (incident,) = town.incidents.open(work)
        town.incidents.retry(work, incident.id, by="beheerder")
    tally = worker.fire_timers()

    assert tally.failed == 1


def test_a_suspended_case_waits_and_catches_up(town, worker):
    instance_id = town.start(timers=[["reminder", "P1D"]])
    with town.transaction() as work:
        town.instances.suspend(work, instance_id, by="hoofd", reason="vraag")
    town.after(days=2)

    suspended = worker.fire_timers()
    with town.transaction() as work:
        town.instances.resume(work, instance_id, by="hoofd")
    resumed = worker.fire_timers()

    assert (suspended.fired, resumed.fired) == (0, 1)


def test_missed_periods_of_a_cycle_fire_once_and_the_ledger_shows_the_gap(town, worker):
    instance_id = town.start(timers=[["reminder", "R/P1D"]])
    town.after(days=5, hours=1)

    tally = worker.fire_timers()

    first, second = town.ledger(instance_id)
    assert tally.fired == 1
    assert (first.iteration, second.iteration) == (1, 6)
    assert second.due_at == NOON + timedelta(days=6)


def test_a_cycle_fires_as_often_as_it_says(town, worker):
    instance_id = town.start(timers=[["reminder", "R3/P1D"]])

    for _ in range(6):
        town.after(days=1)
        worker.fire_timers()

    assert kinds(town, instance_id).count("timer_fired") == 3


def test_a_timer_of_a_cancelled_case_never_fires(town, worker):
    instance_id = town.start(timers=[["reminder", "P1D"]])
    with town.transaction() as work:
        town.instances.cancel(work, instance_id, by="hoofd", reason="ingetrokken")
    town.after(days=2)

    worker.fire_timers()

    (timer,) = town.ledger(instance_id)
    assert timer.fired_at is None
    assert timer.cancelled_at == NOON


def test_a_deployed_timer_start_begins_a_case_at_each_of_its_moments(town, worker):
    town.deploy(["weekly", "R/2026-11-02T08:00/P1W"])

    for _ in range(3):
        town.after(days=7)
        worker.fire_timers()

    with town.reading() as work:
        starts = town.instances.of_case(work, "script-20261207T0700")
    assert len(starts) == 1
    assert worker.next_timer() == NOON.replace(month=12, day=21, hour=7)


def test_a_deployment_does_not_start_a_process_for_a_past_moment(town, worker):
    town.deploy(["once", "2026-11-25T12:59"], ["weekly", "R/2026-01-05T08:00/P1W"])

    tally = worker.fire_timers()

    assert tally.total == 0


def test_the_rule_of_a_timer_start_may_be_feel(town, worker):
    town.deploy(["later", '=now() + duration("P2D")'])

    assert worker.next_timer() == NOON + timedelta(days=2)


def test_a_timer_start_that_gives_no_moment_is_refused(town):
    with pytest.raises(TimerRuleError, match="geen variabelen"):
        town.deploy(["later", "=visit_date"])


def test_a_newer_version_takes_over_the_timer_start(town, worker):
    town.deploy(["daily", "R/P1D"])
    town.deploy(["daily", "R/P2D"])
    town.after(days=1)

    tally = worker.fire_timers()

    assert tally.fired == 0


def test_upcoming_timers_name_the_case(town):
    town.start(timers=[["breach", "P14D"], ["reminder", "P7D"]])

    with town.reading() as work:
        upcoming = town.timers.upcoming(work)

    assert [one.timer.element_id for one in upcoming] == ["reminder", "breach"]
    assert upcoming[0].label == "Kerkstraat 5"
