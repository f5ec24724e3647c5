"""Small rules around work groups, and the templates of their mails."""

from datetime import date

import pytest

from tests.unit.workflows.work_groups.samples import DAY, a_group
from workflows.letters import template_names
from workflows.work_groups.model import Frequency, compared_since, named_lines


@pytest.mark.parametrize(
    ("own", "core", "too_low"), [(2, 3, True), (3, 3, False), (0, 0, False)]
)
def test_a_group_that_meets_less_often_than_the_core_group_is_warned(
    own, core, too_low
):
    found = Frequency(since=date(2026, 1, 1), own=own, core=core)

    assert found.is_too_low is too_low


@pytest.mark.parametrize(
    ("founded", "since"),
    [(date(2026, 1, 5), date(2026, 1, 5)), (date(2020, 1, 1), date(2025, 3, 2))],
)
def test_meetings_are_compared_over_a_year_or_since_it_was_founded(founded, since):
    assert compared_since(founded, date(2026, 3, 2)) == since


def test_names_are_read_a_line_each_without_doubles():
    assert named_lines(" An Peeters\n\n- Joris  Nijs;\nAn Peeters\n") == (
        "An Peeters",
        "Joris Nijs",
    )


def test_a_proposal_to_close_waits_until_it_is_decided():
    waiting = a_group(proposed_at=DAY)
    decided = a_group(proposed_at=DAY, closing_decided_at=DAY)

    assert (waiting.awaits_closing, decided.awaits_closing) == (True, False)


def test_every_mail_has_a_template():
    assert set(template_names("work_groups")) == {
        "answered",
        "appointed",
        "feedback_missed",
        "feedback_missing",
        "founded",
        "on_agenda",
        "reminder",
        "without_responsible",
    }
