"""How far minutes are."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workflows.minutes.model import Minutes, MinutesState

NOW = datetime(2026, 4, 20, 9, tzinfo=UTC)
LATER, BEFORE = NOW + timedelta(days=1), NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        ({}, MinutesState.DRAFT),
        ({"comments_until": LATER}, MinutesState.COMMENTS),
        ({"comments_until": BEFORE}, MinutesState.TO_APPROVE),
        ({"comments_until": BEFORE, "approved_at": NOW}, MinutesState.APPROVED),
        ({"approved_at": BEFORE, "sent_at": NOW}, MinutesState.SENT),
        ({"sent_at": BEFORE, "noted_on": date(2026, 4, 19)}, MinutesState.NOTED),
    ],
)
def test_the_state_is_that_of_the_last_thing_that_happened(facts, state):
    assert Minutes(meeting_number="KG-2026-1", **facts).state(NOW) is state


@pytest.mark.parametrize(
    ("facts", "taken"),
    [
        ({}, False),
        ({"comments_until": NOW}, True),
        ({"comments_until": BEFORE}, False),
        ({"comments_until": LATER, "approved_at": NOW}, False),
    ],
)
def test_comments_are_taken_within_the_term_and_before_the_approval(facts, taken):
    assert Minutes(meeting_number="KG-2026-1", **facts).takes_comments(NOW) is taken
