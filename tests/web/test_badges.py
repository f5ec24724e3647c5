"""Due badges tell urgency in local days, by icon, text and colour."""

from datetime import UTC, datetime, timedelta

import pytest

from web.badges import Urgency, due_badge

NOON = datetime(2026, 11, 25, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("due_at", "urgency", "text"),
    [
        (NOON - timedelta(days=3), Urgency.LATE, "3 dagen te laat"),
        (NOON - timedelta(days=1), Urgency.LATE, "1 dag te laat"),
        (NOON - timedelta(hours=1), Urgency.LATE, "sinds vandaag te laat"),
        (NOON + timedelta(hours=1), Urgency.TODAY, "vandaag"),
        (NOON + timedelta(days=1), Urgency.SOON, "morgen"),
        (NOON + timedelta(days=3), Urgency.SOON, "za 28 nov"),
        (NOON + timedelta(days=4), Urgency.LATER, "zo 29 nov"),
        (NOON + timedelta(days=50), Urgency.LATER, "do 14 jan 2027"),
        (None, Urgency.NONE, "geen termijn"),
    ],
)
def test_a_due_date_is_weighed_against_today(due_at, urgency, text):
    badge = due_badge(due_at, now=NOON)

    assert (badge.urgency, badge.text) == (urgency, text)


def test_the_end_of_a_local_day_is_still_today():
    # 22:59 UTC is 23:59 in Brussels in winter.
    end_of_day = datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC)

    assert due_badge(end_of_day, now=NOON).urgency is Urgency.TODAY
