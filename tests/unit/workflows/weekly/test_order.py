from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.workflows.weekly.cases import MEETS_AT, a_case, a_task, in_days
from workflows.cases.model import CaseStatus
from workflows.weekly.model import Section
from workflows.weekly.order import in_order, outlook, section_of

SEEN = outlook(MEETS_AT, in_days(-7))
DAYS = st.integers(min_value=-40, max_value=40)
CASES = st.builds(
    a_case,
    st.integers(min_value=1, max_value=9999).map(lambda n: f"2026-{n:04d}"),
    due_at=st.none() | DAYS.map(in_days),
    is_ours=st.booleans(),
    status=st.sampled_from([CaseStatus.OPEN, CaseStatus.SUSPENDED]),
    opened_at=st.integers(min_value=-400, max_value=0).map(in_days),
)
LISTS = st.lists(CASES, max_size=25, unique_by=lambda case: case.number)


@pytest.mark.parametrize(
    ("facts", "section"),
    [
        ({"due_at": in_days(-1)}, Section.LATE),
        ({"due_at": in_days(-1), "is_ours": False}, Section.LATE),
        ({"due_at": MEETS_AT}, Section.THIS_WEEK),
        ({"due_at": in_days(6)}, Section.THIS_WEEK),
        ({"due_at": in_days(8), "is_ours": False}, Section.WAITING),
        ({"tasks": ()}, Section.WAITING),
        ({"status": CaseStatus.SUSPENDED}, Section.WAITING),
        ({"opened_at": in_days(-6)}, Section.NEW),
        ({"opened_at": in_days(-8)}, Section.REST),
    ],
)
def test_a_case_stands_in_the_first_part_that_fits(facts, section):
    assert section_of(a_case(**facts), SEEN) is section


def test_the_week_ends_with_the_day_before_the_next_meeting():
    day_before = datetime(2026, 3, 16, 22, 59, 59, tzinfo=UTC)
    same_day = day_before + timedelta(seconds=1)

    assert section_of(a_case(due_at=day_before), SEEN) is Section.THIS_WEEK
    assert section_of(a_case(due_at=same_day), SEEN) is Section.REST


def test_what_falls_due_before_the_meeting_is_late_at_the_meeting():
    made_the_day_before = in_days(-1)
    case = a_case(due_at=made_the_day_before + timedelta(hours=2))

    assert section_of(case, SEEN) is Section.LATE


def test_the_earliest_task_counts():
    tasks = (a_task(in_days(-2)), a_task(in_days(30)))

    assert section_of(a_case(tasks=tasks), SEEN) is Section.LATE


def test_a_first_meeting_calls_new_what_is_a_week_old():
    seen = outlook(MEETS_AT, None)

    assert section_of(a_case(opened_at=in_days(-6)), seen) is Section.NEW
    assert section_of(a_case(opened_at=in_days(-8)), seen) is Section.REST


@given(LISTS)
def test_each_case_stands_on_the_list_once(cases):
    placed = [case for _, case in in_order(cases, SEEN)]

    assert sorted(case.number for case in placed) == sorted(
        case.number for case in cases
    )


@given(LISTS)
def test_the_parts_follow_each_other_and_never_mix(cases):
    parts = [part for part, _ in groupby(in_order(cases, SEEN), lambda one: one[0])]

    assert parts == [part for part in Section if part in parts]


@given(LISTS)
def test_within_a_part_what_is_due_first_comes_first(cases):
    for _, group in groupby(in_order(cases, SEEN), lambda one: one[0]):
        for (_, earlier), (_, later) in pairwise(group):
            if later.due_at is not None:
                assert earlier.due_at is not None
                assert earlier.due_at <= later.due_at


@given(LISTS, st.randoms())
def test_the_order_does_not_depend_on_the_order_that_came_in(cases, random):
    shuffled = list(cases)
    random.shuffle(shuffled)

    assert in_order(shuffled, SEEN) == in_order(cases, SEEN)


@given(LISTS)
def test_nothing_late_stands_outside_the_first_part(cases):
    for part, case in in_order(cases, SEEN):
        is_late = case.due_at is not None and case.due_at < MEETS_AT
        assert is_late == (part is Section.LATE)
