"""What is kept for a while only goes by itself."""

from datetime import timedelta

from engine.forgetting import ANSWERS_KEPT, forget
from engine.persistence.repositories.idempotency import IdempotencyRepository


def test_the_answer_to_a_request_is_kept_for_a_week(engine, clock):
    with engine.transaction() as work:
        rows = IdempotencyRepository(work.session)
        rows.remember("scope", "old", "asked", {}, at=work.now - ANSWERS_KEPT)
        rows.remember("scope", "older", "asked", {}, at=work.now - timedelta(days=30))
        rows.remember("scope", "new", "asked", {}, at=work.now)

    with engine.transaction() as work:
        forgotten = forget(work)

    assert forgotten == 1
    with engine.transaction() as work:
        rows = IdempotencyRepository(work.session)
        assert rows.remember("scope", "older", "other", {}, at=work.now)
        assert not rows.remember("scope", "old", "asked", {}, at=work.now)
        assert not rows.remember("scope", "new", "asked", {}, at=work.now)


def test_a_message_that_nobody_fetched_is_dropped_when_its_time_is_up(engine, clock):
    with engine.transaction() as work:
        engine.messages.correlate(
            work,
            name="early",
            correlation_key="1",
            variables={},
            by="tester",
            time_to_live=timedelta(days=1),
        )
    clock.advance(timedelta(days=2))

    with engine.transaction() as work:
        assert forget(work) == 1
        assert forget(work) == 0
