from datetime import timedelta

import pytest

from engine.retries import JOBS, MAIL, TIMERS, RetryStrategy

STRATEGY = RetryStrategy(
    attempts=4, first=timedelta(seconds=10), factor=3, longest=timedelta(minutes=1)
)


def test_each_failure_waits_longer_up_to_the_longest():
    waits = [STRATEGY.wait(failures) for failures in (1, 2, 3)]

    assert waits == [timedelta(seconds=s) for s in (10, 30, 60)]


def test_after_the_last_attempt_we_give_up():
    assert STRATEGY.wait(4) is None
    assert STRATEGY.wait(400) is None


def test_a_diagram_may_set_the_number_of_tries_but_not_none():
    assert STRATEGY.limited_to(1).wait(1) is None
    assert STRATEGY.limited_to(0).wait(0) == timedelta(seconds=10)


@pytest.mark.parametrize("strategy", [JOBS, MAIL, TIMERS])
def test_a_strategy_ends(strategy):
    waits = [strategy.wait(failures) for failures in range(1, strategy.attempts + 1)]

    assert waits[-1] is None
    assert all(wait > timedelta(0) for wait in waits[:-1])


def test_mail_outlasts_a_night_without_mail_server():
    waits = [MAIL.wait(failures) for failures in range(1, MAIL.attempts)]

    assert timedelta(hours=12) < sum(waits, timedelta()) < timedelta(days=1)
